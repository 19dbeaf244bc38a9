// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * The constraints of the service's published model ({@code inputs.json}), checked before an
 * operation looks at its input, as AWS's front end does: one {@code ValidationException} tells all
 * that are broken, in the order of the members. Values that the model calls sensitive are not told.
 * Words as recorded; those of a value of the wrong type are by use.
 *
 * <p>Thread-safe.
 */
final class InputConstraints {
  private static final JsonNode MODEL = model();
  private static final int LONGEST_SHOWN = 4096;

  private final List<String> broken = new ArrayList<>();

  private InputConstraints() {}

  /** The operation, with its input checked first. */
  static Operation checked(Operation operation) {
    String shape = MODEL.path("operations").path(operation.name()).asText();
    return new Operation(
        operation.name(),
        operation.http(),
        operation.members(),
        operation.rawBody(),
        (input, context) -> {
          check(shape, input.json());
          return operation.handler().handle(input, context);
        });
  }

  /** Refuses an input that breaks the constraints of a shape. */
  static void check(String shape, JsonNode input) {
    var constraints = new InputConstraints();
    constraints.value(shape, input, "");
    List<String> broken = constraints.broken;
    if (!broken.isEmpty()) {
      throw AwsException.badRequest(
          "ValidationException",
          broken.size()
              + (broken.size() == 1 ? " validation error" : " validation errors")
              + " detected: "
              + String.join("; ", broken));
    }
  }

  private void value(String shapeName, JsonNode value, String path) {
    JsonNode shape = MODEL.path("shapes").path(shapeName);
    switch (shape.path("type").asText()) {
      case "structure" -> {
        requireType(value.isObject(), value, "structure");
        structure(shape, value, path);
      }
      case "list" -> {
        requireType(value.isArray(), value, "list");
        length(shape, shown(shapeName, value), value.size(), path);
        for (int i = 0; i < value.size(); i++) {
          value(shape.path("member").asText(), value.get(i), path + "." + (i + 1) + ".member");
        }
      }
      case "string" -> {
        requireType(value.isTextual(), value, "String");
        text(shape, value.asText(), path);
      }
      case "boolean" -> requireType(value.isBoolean(), value, "Boolean");
      case "integer" -> {
        requireType(value.isNumber(), value, "Integer");
        number(shape, value, path);
      }
      case "long" -> {
        requireType(value.isNumber(), value, "Long");
        number(shape, value, path);
      }
      default -> {
        requireType(value.isNumber(), value, "Float");
        number(shape, value, path);
      }
    }
  }

  private void structure(JsonNode shape, JsonNode value, String path) {
    var required = new ArrayList<String>();
    shape.path("required").forEach(name -> required.add(name.asText()));
    for (Map.Entry<String, JsonNode> member : shape.path("members").properties()) {
      String name = member.getKey();
      String at = path.isEmpty() ? name : path + "." + name;
      String memberShape = member.getValue().asText();
      JsonNode given = value.get(name);
      if (given != null && !given.isNull()) {
        value(memberShape, given, at);
      } else if (required.contains(name)) {
        boolean sensitive = MODEL.path("shapes").path(memberShape).path("sensitive").asBoolean();
        add(sensitive ? "Value" : "Value null", at, "not be null");
      }
    }
  }

  private void text(JsonNode shape, String value, String path) {
    boolean hidden = shape.path("sensitive").asBoolean() || value.length() > LONGEST_SHOWN;
    String shown = hidden ? "Value" : "Value '" + value + "'";
    length(shape, shown, value.codePointCount(0, value.length()), path);
    JsonNode pattern = shape.path("pattern");
    if (pattern.isTextual() && !Pattern.matches(pattern.asText(), value)) {
      add(shown, path, "satisfy regular expression pattern: " + pattern.asText());
    }
    if (shape.has("enum")) {
      var allowed = new ArrayList<String>();
      shape.path("enum").forEach(one -> allowed.add(one.asText()));
      // An empty text counts as none where there is a list of values.
      if (!value.isEmpty() && !allowed.contains(value)) {
        add(shown, path, "satisfy enum value set: " + allowed);
      }
    }
  }

  private void length(JsonNode shape, String shown, int length, String path) {
    if (length > shape.path("max").asInt(Integer.MAX_VALUE)) {
      add(shown, path, "have length less than or equal to " + shape.path("max").asInt());
    }
    if (length < shape.path("min").asInt(0)) {
      add(shown, path, "have length greater than or equal to " + shape.path("min").asInt());
    }
  }

  private void number(JsonNode shape, JsonNode value, String path) {
    String shown = "Value '" + value.asText() + "'";
    if (shape.has("max") && value.asDouble() > shape.path("max").asDouble()) {
      add(shown, path, "have value less than or equal to " + shape.path("max").asText());
    }
    if (shape.has("min") && value.asDouble() < shape.path("min").asDouble()) {
      add(shown, path, "have value greater than or equal to " + shape.path("min").asText());
    }
  }

  private void add(String shown, String path, String rule) {
    broken.add(shown + " at '" + path + "' failed to satisfy constraint: Member must " + rule);
  }

  /** A list as AWS's own classes print it. */
  private static String shown(String shapeName, JsonNode list) {
    String member = MODEL.path("shapes").path(shapeName).path("member").asText();
    var all = new StringJoiner(", ", "Value '[", "]'");
    for (JsonNode element : list) {
      if (!element.isObject()) {
        all.add(element.asText());
        continue;
      }
      var fields = new StringJoiner(", ", member + "(", ")");
      for (Map.Entry<String, JsonNode> field :
          MODEL.path("shapes").path(member).path("members").properties()) {
        fields.add(field.getKey() + "=" + element.path(field.getKey()).asText("null"));
      }
      all.add(fields.toString());
    }
    return all.toString();
  }

  private static void requireType(boolean fits, JsonNode value, String type) {
    if (!fits) {
      throw AwsException.badRequest(
          "SerializationException",
          switch (value.getNodeType()) {
            case OBJECT -> "Start of structure or map found where not expected.";
            case ARRAY -> "Start of list found where not expected";
            case NUMBER -> "NUMBER_VALUE can not be converted to a " + type;
            case BOOLEAN ->
                (value.asBoolean() ? "TRUE_VALUE" : "FALSE_VALUE")
                    + " can not be converted to a "
                    + type;
            default -> "STRING_VALUE can not be converted to a " + type;
          });
    }
  }

  private static JsonNode model() {
    try (InputStream file =
        Objects.requireNonNull(InputConstraints.class.getResourceAsStream("inputs.json"))) {
      return Json.MAPPER.readTree(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read inputs.json", unreadable);
    }
  }
}
