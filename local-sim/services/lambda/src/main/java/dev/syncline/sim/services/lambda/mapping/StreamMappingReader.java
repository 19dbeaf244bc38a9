// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.service.Constraints;
import dev.syncline.sim.service.Input;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads a mapping from a stream out of an operation's input and checks it. */
final class StreamMappingReader {
  private static final int DEFAULT_BATCH = 100;
  private static final int MIN_AGE = 60;
  private static final List<String> POSITIONS = List.of("LATEST", "AT_TIMESTAMP", "TRIM_HORIZON");

  private StreamMappingReader() {}

  /** Checks what AWS checks before it looks anything up. */
  static void verify(Input input) {
    Constraints.of(input)
        .range("BatchSize", 1, 10_000)
        .range("MaximumBatchingWindowInSeconds", 0, 300)
        .range("ParallelizationFactor", 1, 10)
        .oneOf("StartingPosition", POSITIONS)
        .range("MaximumRecordAgeInSeconds", -1, 604_800)
        .range("MaximumRetryAttempts", -1, 10_000)
        .range("TumblingWindowInSeconds", 0, 900)
        .verify();
  }

  /** Checks the starting position of a new mapping. */
  static void verifyStart(Input input, String streamArn) {
    String position = input.text("StartingPosition").orElse("");
    if (position.isEmpty()) {
      throw MappingErrors.invalid(
          "1 validation error detected: Value null at 'startingPosition' failed to satisfy"
              + " constraint: Member must not be null.");
    }
    if (position.equals("AT_TIMESTAMP")) {
      throw MappingErrors.invalid("Unsupported starting position for arn type: " + streamArn);
    }
  }

  /**
   * The mapping.
   *
   * @param has whether the simulator has a service, which decides about destinations
   */
  static Mapping read(
      Input input,
      @Nullable Mapping before,
      MappingIdentity identity,
      Predicate<String> has,
      Instant now) {
    MappingInput.refuse(input, "ScalingConfig");
    MappingInput.refuseUnsupported(input);
    if (MappingInput.destination(input, "OnSuccess").isPresent()) {
      throw MappingErrors.unsupported("DestinationConfig.OnSuccess");
    }
    MappingSource.Stream old = before == null ? null : (MappingSource.Stream) before.source();
    int age =
        input.integer("MaximumRecordAgeInSeconds").orElse(old == null ? -1 : old.maxAgeSeconds());
    if (age >= 0 && age < MIN_AGE) {
      throw MappingErrors.invalid(
          "MaximumRecordAgeInSeconds must be -1, or from 60 to 604800, got " + age + ".");
    }
    int tumbling =
        input.integer("TumblingWindowInSeconds").orElse(old == null ? 0 : old.tumblingSeconds());
    if (tumbling > 0) {
      throw MappingErrors.invalid(
          "The simulator does not support TumblingWindowInSeconds above 0 for event source"
              + " mappings.");
    }
    int batch =
        input.integer("BatchSize").orElse(before == null ? DEFAULT_BATCH : before.batchSize());
    int window =
        input
            .integer("MaximumBatchingWindowInSeconds")
            .orElse(before == null ? 0 : (int) before.window().toSeconds());
    var source =
        new MappingSource.Stream(
            old == null ? input.requiredText("StartingPosition") : old.startingPosition(),
            input.bool("BisectBatchOnFunctionError", old != null && old.bisect()),
            age,
            input.integer("MaximumRetryAttempts").orElse(old == null ? -1 : old.maxRetries()),
            input.integer("ParallelizationFactor").orElse(old == null ? 1 : old.parallelization()),
            tumbling,
            input.has("DestinationConfig")
                ? destination(input, has)
                : old == null ? null : old.onFailure());
    return MappingInput.mapping(input, before, identity, batch, window, source, now);
  }

  private static @Nullable String destination(Input input, Predicate<String> has) {
    String arn = MappingInput.destination(input, "OnFailure").orElse("");
    if (arn.isEmpty()) {
      return null;
    }
    String service = Arn.isArn(arn) ? Arn.parse(arn).service() : "";
    if (!FailureDestination.SERVICES.contains(service) || arn.endsWith(".fifo")) {
      throw MappingErrors.invalid("The provided destination config DestinationConfig is invalid.");
    }
    if (!has.test(service)) {
      throw MappingErrors.invalid(
          "The simulator does not support the service '"
              + service
              + "' as a destination of event source mappings.");
    }
    return arn;
  }
}
