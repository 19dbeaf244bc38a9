// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.handlers;

/** Where code belongs; it decides which modules it may import and what {@code util} does. */
public enum CodeKind {
  /** Handlers of a channel namespace. */
  EVENTS,
  /** Resolvers and functions of a GraphQL API. */
  GRAPHQL
}
