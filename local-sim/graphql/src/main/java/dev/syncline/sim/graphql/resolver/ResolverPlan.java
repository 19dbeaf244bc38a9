// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.resolver;

import java.util.List;

/** What a resolver runs. Immutable and thread-safe if its codes are. */
public sealed interface ResolverPlan {
  /** The size of a batch when none is configured. */
  int DEFAULT_BATCH_SIZE = 5;

  /**
   * A request part, a data source and a response part.
   *
   * @param name for logs: the id of the function; empty for a unit resolver
   * @param dataSource the name of the data source
   * @param maxBatchSize how many {@code BatchInvoke} documents go in one call; 0 when it is not
   *     configured
   */
  record Step(String name, StepCode code, String dataSource, int maxBatchSize) {
    int batchSize() {
      return maxBatchSize > 0 ? maxBatchSize : DEFAULT_BATCH_SIZE;
    }
  }

  /** A unit resolver. */
  record Unit(Step step) implements ResolverPlan {
    /** A unit resolver from its parts. */
    public Unit(StepCode code, String dataSource, int maxBatchSize) {
      this(new Step("", code, dataSource, maxBatchSize));
    }
  }

  /**
   * A pipeline resolver.
   *
   * @param around runs before and after the functions
   */
  record Pipeline(StepCode around, List<Step> functions) implements ResolverPlan {
    /** Copies the list. */
    public Pipeline {
      functions = List.copyOf(functions);
    }
  }
}
