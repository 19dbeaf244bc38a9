// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.contract.QueueConsumers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a mapping from an operation's input, over the previous mapping, and checks it. */
final class MappingReader {
  static final List<String> MEMBERS =
      List.of(
          "FunctionName",
          "Enabled",
          "BatchSize",
          "FilterCriteria",
          "MaximumBatchingWindowInSeconds",
          "FunctionResponseTypes",
          "ScalingConfig",
          "DestinationConfig",
          "KMSKeyArn",
          "MetricsConfig",
          "LoggingConfig");

  private static final int DEFAULT_BATCH = 10;
  private static final int MAX_WITHOUT_WINDOW = 10;
  private static final int MAX_FILTERS = 5;

  private MappingReader() {}

  static Mapping read(
      Input input,
      @Nullable Mapping before,
      String uuid,
      String arn,
      String queueArn,
      String functionArn,
      QueueConsumers.Settings queue,
      Instant now) {
    refuseUnsupported(input);
    int batch =
        number(input, "BatchSize", 1, 10_000, before == null ? DEFAULT_BATCH : before.batchSize());
    int window =
        number(
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
    List<String> patterns = before == null ? List.of() : before.patterns();
    if (input.has("FilterCriteria")) {
      patterns = patterns(input);
    }
    return new Mapping(
        uuid,
        arn,
        queueArn,
        functionArn,
        input.bool("Enabled", before == null || before.enabled()),
        batch,
        Duration.ofSeconds(window),
        partialFailures(input, before),
        concurrency(input, before),
        patterns,
        filter(patterns),
        now);
  }

  private static void refuseUnsupported(Input input) {
    input
        .structure("DestinationConfig")
        .map(config -> config.only("OnSuccess", "OnFailure"))
        .filter(
            config ->
                config
                        .structure("OnFailure")
                        .filter(target -> target.has("Destination"))
                        .isPresent()
                    || config
                        .structure("OnSuccess")
                        .filter(target -> target.has("Destination"))
                        .isPresent())
        .ifPresent(
            config -> {
              throw MappingErrors.invalid(
                  "Unsupported DestinationConfig parameter for given event source mapping type.");
            });
    for (String member : List.of("KMSKeyArn", "MetricsConfig", "LoggingConfig")) {
      if (input.has(member) && !empty(input.json().get(member))) {
        throw MappingErrors.invalid(
            "The simulator does not support " + member + " for event source mappings.");
      }
    }
  }

  private static boolean empty(JsonNode value) {
    if (value.isValueNode()) {
      return value.asText().isEmpty();
    }
    for (JsonNode part : value) {
      if (!empty(part)) {
        return false;
      }
    }
    return true;
  }

  private static boolean partialFailures(Input input, @Nullable Mapping before) {
    if (!input.has("FunctionResponseTypes")) {
      return before != null && before.partialFailures();
    }
    List<String> types = input.texts("FunctionResponseTypes");
    if (!Set.of("ReportBatchItemFailures").containsAll(types)) {
      throw MappingErrors.invalid(
          "FunctionResponseTypes may hold ReportBatchItemFailures and nothing else.");
    }
    return !types.isEmpty();
  }

  private static @Nullable Integer concurrency(Input input, @Nullable Mapping before) {
    if (!input.has("ScalingConfig")) {
      return before == null ? null : before.mostConcurrent();
    }
    Input scaling = input.structure("ScalingConfig").orElseThrow().only("MaximumConcurrency");
    return scaling.has("MaximumConcurrency")
        ? number(scaling, "MaximumConcurrency", 2, 1000, 2)
        : null;
  }

  private static List<String> patterns(Input input) {
    var patterns = new ArrayList<String>();
    for (Input filter :
        input.structure("FilterCriteria").orElseThrow().only("Filters").structures("Filters")) {
      patterns.add(filter.only("Pattern").text("Pattern").orElse("{}"));
    }
    if (patterns.size() > MAX_FILTERS) {
      throw MappingErrors.invalid("A mapping may have at most " + MAX_FILTERS + " filters.");
    }
    return patterns;
  }

  /** The filter of the patterns. */
  static MessageFilter filter(List<String> texts) {
    var patterns = new ArrayList<EventPattern>();
    for (String text : texts) {
      try {
        patterns.add(EventPattern.parse(text));
      } catch (EventPattern.InvalidPatternException reason) {
        throw MappingErrors.invalid(
            "Invalid filter pattern definition: " + reason.getMessage() + ".");
      }
    }
    return patterns.isEmpty() ? MessageFilter.ALL : new MessageFilter(patterns);
  }

  private static int number(Input input, String member, int least, int most, int fallback) {
    int value = input.integer(member).orElse(fallback);
    if (value < least || value > most) {
      throw MappingErrors.invalid(
          member + " must be from " + least + " to " + most + ", got " + value + ".");
    }
    return value;
  }
}
