// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.asl.TaskResource;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.stepfunctions.integration.SdkNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the API of a service answers, to check a mocked result against, as TestState does. The
 * shapes are resources in {@code answers/}, one file a service, read when first asked for; mocks of
 * services without a file are not checked. Texts as recorded; those on lengths of texts that are
 * too long, and on numbers that are too small, are by analogy.
 *
 * <p>Thread-safe.
 */
final class AnswerShapes {
  /** Optimized integrations whose service has another name in the SDK. */
  private static final Map<String, String> OPTIMIZED =
      Map.of("states", "sfn", "events", "eventbridge", "bedrock", "bedrockruntime");

  private static final Map<String, Optional<JsonNode>> MODELS = new ConcurrentHashMap<>();

  private AnswerShapes() {}

  /**
   * Checks a mocked result.
   *
   * @param complete whether required fields must be there ({@code STRICT})
   * @throws AwsException naming the first field that does not fit
   */
  static void check(TaskResource resource, JsonNode result, boolean complete) {
    if (!isStructure(resource)) {
      return;
    }
    boolean sdk = resource.service().startsWith("aws-sdk:");
    String service =
        sdk
            ? resource.service().substring("aws-sdk:".length())
            : OPTIMIZED.getOrDefault(resource.service(), resource.service());
    if (!sdk && service.equals("apigateway")) {
      // apigateway:invoke calls somebody's API, not API Gateway's own.
      return;
    }
    String action = resource.action();
    if (resource.pattern() != TaskResource.Pattern.REQUEST_RESPONSE) {
      if (!service.equals("sfn")) {
        return;
      }
      action = "describeExecution";
    }
    JsonNode model = model(service).orElse(null);
    if (model == null) {
      return;
    }
    String shape = model.path("operations").path(capital(action)).asText("");
    if (!shape.isEmpty()) {
      new Check(model.path("shapes"), complete, sdk).value(result, shape, "");
    }
  }

  /** Whether a task's result is a service's answer; a token or a worker may bring anything. */
  static boolean isStructure(TaskResource resource) {
    return resource.kind() == TaskResource.Kind.SERVICE
        && resource.pattern() != TaskResource.Pattern.WAIT_FOR_TASK_TOKEN;
  }

  private static Optional<JsonNode> model(String service) {
    return MODELS.computeIfAbsent(service, AnswerShapes::read);
  }

  private static Optional<JsonNode> read(String service) {
    if (!service.chars().allMatch(Character::isLetterOrDigit)) {
      return Optional.empty();
    }
    try (InputStream file =
        AnswerShapes.class.getResourceAsStream("answers/" + service + ".json")) {
      return file == null ? Optional.empty() : Optional.of(Json.MAPPER.readTree(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read the shapes of " + service, unreadable);
    }
  }

  private static String capital(String name) {
    return name.isEmpty() ? name : Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private record Check(JsonNode shapes, boolean complete, boolean sdk) {
    private String shown(String member) {
      return sdk ? SdkNames.of(member) : capital(member);
    }

    void value(JsonNode value, String shapeName, String field) {
      JsonNode shape = shapes.path(shapeName);
      switch (shape.path("type").asText()) {
        case "structure" -> structure(value, shape, field);
        case "list" -> {
          require(value.isArray(), field, "must be an array");
          value.forEach(item -> value(item, shape.path("member").asText(), field));
        }
        case "map" -> {
          require(value.isObject(), field, "must be an object");
          value.forEach(item -> value(item, shape.path("value").asText(), field));
        }
        case "string" -> {
          text(value, shape, field);
          if (shape.has("enum")) {
            var allowed = new HashSet<String>();
            shape.path("enum").forEach(one -> allowed.add(one.asText()));
            require(allowed.contains(value.asText()), field, "is not an expected value");
          }
        }
        case "blob" -> text(value, shape, field);
        case "timestamp" -> require(value.isTextual(), field, "must be a string");
        case "integer", "long" -> {
          require(value.isIntegralNumber(), field, "must be a number");
          number(value, shape, field);
        }
        case "float", "double" -> {
          require(value.isNumber(), field, "must be a number");
          number(value, shape, field);
        }
        case "boolean" -> require(value.isBoolean(), field, "must be a boolean");
        default -> {
          // A document may be any JSON.
        }
      }
    }

    private void structure(JsonNode value, JsonNode shape, String field) {
      require(value.isObject(), field, "must be an object");
      if (complete) {
        for (JsonNode required : shape.path("required")) {
          String name = shown(required.asText());
          if (!value.has(name)) {
            throw broken("Required field '" + name + "' is missing");
          }
        }
      }
      for (Map.Entry<String, JsonNode> member : shape.path("members").properties()) {
        String name = shown(member.getKey());
        JsonNode given = value.get(name);
        if (given != null) {
          value(given, member.getValue().asText(), name);
        }
      }
    }

    private static void text(JsonNode value, JsonNode shape, String field) {
      require(value.isTextual(), field, "must be a string");
      int length = value.asText().length();
      require(length >= shape.path("min").asLong(0), field, "is smaller than the minimum length");
      require(
          length <= shape.path("max").asLong(Long.MAX_VALUE), field, "exceeds the maximum length");
    }

    private static void number(JsonNode value, JsonNode shape, String field) {
      require(
          !shape.has("min") || value.asDouble() >= shape.path("min").asDouble(),
          field,
          "is smaller than the minimum value");
      require(
          !shape.has("max") || value.asDouble() <= shape.path("max").asDouble(),
          field,
          "exceeds the maximum value");
    }

    private static void require(boolean fits, @Nullable String field, String otherwise) {
      if (!fits) {
        throw broken("Field '" + field + "' " + otherwise);
      }
    }

    private static AwsException broken(String what) {
      return AwsException.badRequest(
          "ValidationException", "Mock result schema validation error: " + what);
    }
  }
}
