// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the input members that operations on state machines and activities share. Texts as
 * recorded.
 */
final class MachineInput {
  private static final List<String> TYPES = List.of("STANDARD", "EXPRESS");
  private static final List<String> LOG_LEVELS = List.of("ALL", "ERROR", "FATAL", "OFF");
  private static final List<String> ENCRYPTION =
      List.of("AWS_OWNED_KEY", "CUSTOMER_MANAGED_KMS_KEY");
  private static final int MAX_TAGS = 50;

  private MachineInput() {}

  static String type(Input input) {
    String type = input.text("type").orElse("STANDARD");
    Limits.requireOneOf(type, "type", TYPES);
    return type;
  }

  static String role(String arn) {
    if (!arn.startsWith("arn:")) {
      throw StepFunctionsErrors.invalidRoleArn(arn);
    }
    return arn;
  }

  /** The settings in the input; where one is not given, the present one or the default. */
  static StateMachine.Settings settings(Input input, StateMachine.@Nullable Settings present) {
    return new StateMachine.Settings(
        present == null || input.has("loggingConfiguration") ? logging(input) : present.logging(),
        present == null || input.has("tracingConfiguration") ? tracing(input) : present.tracing(),
        present == null || input.has("encryptionConfiguration")
            ? encryption(input)
            : present.encryption());
  }

  private static JsonNode logging(Input input) {
    ObjectNode json = Json.object();
    var given = input.structure("loggingConfiguration");
    given.ifPresent(logging -> logging.only("level", "includeExecutionData", "destinations"));
    String level = given.flatMap(logging -> logging.text("level")).orElse("OFF");
    Limits.requireOneOf(level, "loggingConfiguration.level", LOG_LEVELS);
    json.put("level", level);
    json.put(
        "includeExecutionData",
        given.map(logging -> logging.bool("includeExecutionData", false)).orElse(false));
    List<JsonNode> destinations =
        given.map(logging -> logging.list("destinations")).orElse(List.of());
    boolean named =
        destinations.stream()
            .allMatch(one -> !one.at("/cloudWatchLogsLogGroup/logGroupArn").asText("").isEmpty());
    if (destinations.size() > 1 || (!level.equals("OFF") && (destinations.isEmpty() || !named))) {
      throw StepFunctionsErrors.logDestinations();
    }
    if (given.isPresent() && given.get().has("destinations")) {
      json.putArray("destinations").addAll(destinations);
    }
    return json;
  }

  private static boolean tracing(Input input) {
    return input
        .structure("tracingConfiguration")
        .map(tracing -> tracing.only("enabled").bool("enabled", false))
        .orElse(false);
  }

  /** The encryption configuration as given; nothing is encrypted here. */
  static @Nullable JsonNode encryption(Input input) {
    Input given = input.structure("encryptionConfiguration").orElse(null);
    if (given == null) {
      return null;
    }
    given.only("type", "kmsKeyId", "kmsDataKeyReusePeriodSeconds");
    String type = given.requiredText("type");
    Limits.requireOneOf(type, "encryptionConfiguration.type", ENCRYPTION);
    boolean own = type.equals("CUSTOMER_MANAGED_KMS_KEY");
    if (own != given.has("kmsKeyId")) {
      throw StepFunctionsErrors.encryptionKey();
    }
    return given.json().deepCopy();
  }

  static Map<String, String> tags(Input input) {
    var tags = new LinkedHashMap<String, String>();
    for (Input tag : input.structures("tags")) {
      tags.put(tag.text("key").orElse(""), tag.text("value").orElse(""));
    }
    requireOwn(tags.keySet());
    return requireFew(tags);
  }

  /** Refuses keys that belong to AWS: recorded. */
  static void requireOwn(Collection<String> keys) {
    if (keys.stream().anyMatch(key -> key.startsWith("aws:"))) {
      throw StepFunctionsErrors.systemTag();
    }
  }

  static Map<String, String> requireFew(Map<String, String> tags) {
    if (tags.size() > MAX_TAGS) {
      throw StepFunctionsErrors.tooManyTags(MAX_TAGS);
    }
    return tags;
  }

  /** Whether {@code includedData} asks for all of it. */
  static boolean allData(Input input) {
    String included = input.text("includedData").orElse("ALL_DATA");
    Limits.requireOneOf(included, "includedData", List.of("ALL_DATA", "METADATA_ONLY"));
    return included.equals("ALL_DATA");
  }

  /** The description of a version, which goes with publishing only. */
  static @Nullable String versionDescription(Input input) {
    String description = input.text("versionDescription").orElse(null);
    if (description != null && !input.bool("publish", false)) {
      throw StepFunctionsErrors.validation(
          "Version description can only be set when publish is true");
    }
    return Limits.atMost(description, "versionDescription", 256);
  }
}
