// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The settings of a mapping that only one kind of source has. */
sealed interface MappingSource {
  /** Adds the members that the API shows. */
  void describe(ObjectNode mapping);

  /** Why the mapping is in its state, as the API says it for this kind of source. */
  String transitionReason();

  /**
   * A queue.
   *
   * @param mostConcurrent the limit of concurrent batches; null when it was not set
   */
  record Queue(@Nullable Integer mostConcurrent) implements MappingSource {
    @Override
    public void describe(ObjectNode mapping) {
      if (mostConcurrent != null) {
        mapping.putObject("ScalingConfig").put("MaximumConcurrency", mostConcurrent);
      }
    }

    @Override
    public String transitionReason() {
      return "USER_INITIATED";
    }
  }

  /**
   * The stream of a table.
   *
   * @param startingPosition {@code TRIM_HORIZON} or {@code LATEST}
   * @param bisect whether a batch that failed is cut in two
   * @param maxAgeSeconds older records are dropped; -1 for as old as the stream keeps them
   * @param maxRetries how often a batch is tried again; -1 for until its records are too old
   * @param parallelization the number of batches of a shard at a time
   * @param tumblingSeconds the length of a tumbling window, 0 for none
   * @param onFailure the ARN that hears of records that were dropped; null for none
   */
  record Stream(
      String startingPosition,
      boolean bisect,
      int maxAgeSeconds,
      int maxRetries,
      int parallelization,
      int tumblingSeconds,
      @Nullable String onFailure)
      implements MappingSource {
    /** How long a stream keeps its records. */
    private static final Duration RETENTION = Duration.ofHours(24);

    Duration maxAge() {
      return maxAgeSeconds < 0 ? RETENTION : Duration.ofSeconds(maxAgeSeconds);
    }

    @Override
    public void describe(ObjectNode mapping) {
      mapping
          .put("StartingPosition", startingPosition)
          .put("BisectBatchOnFunctionError", bisect)
          .put("MaximumRecordAgeInSeconds", maxAgeSeconds)
          .put("MaximumRetryAttempts", maxRetries)
          .put("ParallelizationFactor", parallelization)
          .put("TumblingWindowInSeconds", tumblingSeconds);
      ObjectNode destination = mapping.putObject("DestinationConfig").putObject("OnFailure");
      if (onFailure != null) {
        destination.put("Destination", onFailure);
      }
    }

    @Override
    public String transitionReason() {
      return "User action";
    }
  }
}
