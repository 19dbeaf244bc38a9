// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.contract.QueueConsumers;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a mapping from a queue out of an operation's input and checks it. */
final class QueueMappingReader {
  private static final int DEFAULT_BATCH = 10;
  private static final int MAX_WITHOUT_WINDOW = 10;

  /** What only streams have. */
  private static final List<String> FOREIGN =
      List.of(
          "BisectBatchOnFunctionError",
          "MaximumRecordAgeInSeconds",
          "MaximumRetryAttempts",
          "ParallelizationFactor",
          "TumblingWindowInSeconds");

  private QueueMappingReader() {}

  /** Checks what AWS checks before it looks the function up. */
  static void verify(Input input) {
    if (input.has("StartingPosition")) {
      throw MappingErrors.invalid("StartingPosition is not valid for SQS event sources.");
    }
    if (MappingInput.destination(input, "OnFailure").isPresent()
        || MappingInput.destination(input, "OnSuccess").isPresent()) {
      throw MappingErrors.unsupported("DestinationConfig");
    }
  }

  static Mapping read(
      Input input,
      @Nullable Mapping before,
      MappingIdentity identity,
      QueueConsumers.Settings queue,
      Instant now) {
    FOREIGN.forEach(member -> MappingInput.refuse(input, member));
    MappingInput.refuseUnsupported(input);
    int batch =
        MappingInput.number(
            input, "BatchSize", 1, 10_000, before == null ? DEFAULT_BATCH : before.batchSize());
    int window =
        MappingInput.number(
            input,
            "MaximumBatchingWindowInSeconds",
            0,
            300,
            before == null ? 0 : (int) before.window().toSeconds());
    if (queue.fifo() && window > 0) {
      throw MappingErrors.invalid("Batching window is not supported for FIFO queues.");
    }
    if (queue.fifo() && batch > MAX_WITHOUT_WINDOW) {
      throw MappingErrors.invalid("FIFO queues support at most a batch size of 10.");
    }
    if (batch > MAX_WITHOUT_WINDOW && window == 0) {
      throw MappingErrors.invalid(
          "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater"
              + " than 10.");
    }
    return MappingInput.mapping(input, before, identity, batch, window, source(input, before), now);
  }

  private static MappingSource source(Input input, @Nullable Mapping before) {
    if (!input.has("ScalingConfig")) {
      return before == null ? new MappingSource.Queue(null) : before.source();
    }
    Input scaling = input.structure("ScalingConfig").orElseThrow().only("MaximumConcurrency");
    return new MappingSource.Queue(
        scaling.has("MaximumConcurrency")
            ? MappingInput.number(scaling, "MaximumConcurrency", 2, 1000, 2)
            : null);
  }
}
