// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.Input;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the members that mappings of every source have, on top of what there was. */
final class MappingInput {
  private static final int MAX_FILTERS = 5;

  private MappingInput() {}

  /** The mapping that the input and the settings make. */
  static Mapping mapping(
      Input input,
      @Nullable Mapping before,
      MappingIdentity identity,
      int batchSize,
      int windowSeconds,
      MappingSource source,
      Instant now) {
    List<String> patterns = before == null ? List.of() : before.patterns();
    if (input.has("FilterCriteria")) {
      patterns = patterns(input);
    }
    return new Mapping(
        identity.uuid(),
        identity.arn(),
        identity.sourceArn(),
        identity.functionArn(),
        input.bool("Enabled", before == null || before.enabled()),
        batchSize,
        Duration.ofSeconds(windowSeconds),
        partialFailures(input, before),
        patterns,
        filter(patterns, source),
        now,
        source);
  }

  /** Refuses members with a value that mappings of no source support here. */
  static void refuseUnsupported(Input input) {
    for (String member : List.of("KMSKeyArn", "MetricsConfig", "LoggingConfig")) {
      if (input.has(member) && !empty(input.json().get(member))) {
        throw MappingErrors.invalid(
            "The simulator does not support " + member + " for event source mappings.");
      }
    }
  }

  /** Refuses a member with a value that mappings of this source do not have. */
  static void refuse(Input input, String member) {
    if (input.has(member) && !empty(input.json().get(member))) {
      throw MappingErrors.unsupported(member);
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

  /** The ARN of a destination for failures or for successes; empty where none is given. */
  static Optional<String> destination(Input input, String on) {
    return input
        .structure("DestinationConfig")
        .map(config -> config.only("OnSuccess", "OnFailure"))
        .flatMap(config -> config.structure(on))
        .flatMap(target -> target.only("Destination").text("Destination"))
        .filter(arn -> !arn.isEmpty());
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

  /** The filter that the patterns make. */
  static MessageFilter filter(List<String> texts, MappingSource source) {
    var patterns = new ArrayList<EventPattern>();
    for (String text : texts) {
      try {
        patterns.add(EventPattern.parse(text));
      } catch (EventPattern.InvalidPatternException reason) {
        boolean inWords = source instanceof MappingSource.Queue || reason.unsupported();
        throw MappingErrors.invalid(
            "Invalid filter pattern definition"
                + (inWords ? ": " + reason.getMessage() + "." : "."));
      }
    }
    return patterns.isEmpty() ? MessageFilter.ALL : new MessageFilter(patterns);
  }

  /** A whole number in a range. */
  static int number(Input input, String member, int least, int most, int fallback) {
    int value = input.integer(member).orElse(fallback);
    if (value < least || value > most) {
      throw MappingErrors.invalid(
          member + " must be from " + least + " to " + most + ", got " + value + ".");
    }
    return value;
  }
}
