// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.cache;

/** {@code apiCachingBehavior} of an API's cache. */
public enum CachingBehavior {
  /** Every resolver's result, by arguments, source and identity. */
  FULL_REQUEST_CACHING,
  /** The results of resolvers that have a caching configuration. */
  PER_RESOLVER_CACHING,
  /** Whole responses of queries. */
  OPERATION_LEVEL_CACHING
}
