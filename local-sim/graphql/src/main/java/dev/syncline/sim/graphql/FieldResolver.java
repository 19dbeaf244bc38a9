// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql;

import java.util.List;

/** Resolves a field. Thread-safe; calls may block. */
public interface FieldResolver {
  /**
   * How many calls of one level of the response this resolver takes at once; 1 for a resolver that
   * does not batch.
   */
  default int maxBatchSize() {
    return 1;
  }

  /**
   * Whether a call may wait for something. Calls of a resolver that does not are made on the thread
   * of the request, without a way to stop them at the request's deadline.
   */
  default boolean mayBlock() {
    return true;
  }

  /**
   * Resolves a field for one or more parents of the same level.
   *
   * @param calls at least one, at most {@link #maxBatchSize}
   * @return as many outcomes, in the same order
   */
  List<FieldOutcome> resolve(List<FieldCall> calls, RequestContext request);
}
