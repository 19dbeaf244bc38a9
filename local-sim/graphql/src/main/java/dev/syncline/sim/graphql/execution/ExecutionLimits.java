// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

/**
 * What an API allows.
 *
 * @param queryDepth nesting levels of a selection; 0 without a limit
 * @param resolverCount runs of resolvers in a request; 0 for {@link #MAX_RESOLVERS}
 * @param introspection whether {@code __schema} and {@code __type} exist
 */
public record ExecutionLimits(int queryDepth, int resolverCount, boolean introspection) {
  /** Runs of resolvers in a request at most. */
  public static final int MAX_RESOLVERS = 10_000;

  /** The limits of an API without settings. */
  public static final ExecutionLimits DEFAULT = new ExecutionLimits(0, 0, true);

  /** The effective limit of resolver runs. */
  public int resolvers() {
    return resolverCount <= 0 ? MAX_RESOLVERS : Math.min(resolverCount, MAX_RESOLVERS);
  }
}
