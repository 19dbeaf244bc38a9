// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.models.ModelMember;
import dev.syncline.sim.service.models.ModelShape;
import dev.syncline.sim.service.models.ModelShape.Limits;
import dev.syncline.sim.service.models.ServiceModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * The constraints of the service's published model ({@link ServiceModel}), checked before an
 * operation reads its input, as by AWS's front end: one {@code ValidationException} lists all
 * violations, in the order of the members. Values that the model calls sensitive are not shown.
 * Words as recorded; those of a value of the wrong type are by use.
 *
 * <p>Thread-safe.
 */
final class InputConstraints {
  /** Enumerations that AWS lists in another order than the published model (recorded). */
  private static final Map<String, List<String>> RECORDED_ORDER =
      Map.of(
          "ExecutionStatus",
          List.of("SUCCEEDED", "TIMED_OUT", "PENDING_REDRIVE", "ABORTED", "FAILED", "RUNNING"));

  private static final int MAX_SHOWN_LENGTH = 4096;

  private final ServiceModel model = ServiceModel.of("stepfunctions");
  private final List<String> broken = new ArrayList<>();

  private InputConstraints() {}

  /** The operation, with its input checked first. */
  static Operation checked(Operation operation) {
    return new Operation(
        operation.name(),
        operation.http(),
        operation.members(),
        operation.rawBody(),
        (input, context) -> {
          new InputConstraints().checkOperation(operation.name(), input.json());
          return operation.handler().handle(input, context);
        });
  }

  /** Refuses an input that breaks the constraints of a shape. */
  static void check(String shape, JsonNode input) {
    var constraints = new InputConstraints();
    constraints.check(constraints.model.shape(shape), input);
  }

  private void checkOperation(String operation, JsonNode input) {
    model.operation(operation).input().ifPresent(shape -> check(shape, input));
  }

  private void check(ModelShape shape, JsonNode input) {
    value(shape, input, "");
    if (!broken.isEmpty()) {
      throw StepFunctionsErrors.constraints(broken);
    }
  }

  private void value(ModelShape shape, JsonNode value, String path) {
    switch (shape) {
      case ModelShape.Structure structure -> {
        requireType(value.isObject(), value, "structure");
        structure(structure, value, path);
      }
      case ModelShape.Sequence list -> {
        requireType(value.isArray(), value, "list");
        length(list.limits(), shown(list, value), value.size(), path);
        for (int i = 0; i < value.size(); i++) {
          value(model.shape(list.member()), value.get(i), path + "." + (i + 1) + ".member");
        }
      }
      case ModelShape.Text text -> {
        requireType(value.isTextual(), value, "String");
        text(text, value.asText(), path);
      }
      case ModelShape.Flag flag -> requireType(value.isBoolean(), value, "Boolean");
      case ModelShape.Numeric number -> {
        String type =
            switch (number.type()) {
              case INTEGER -> "Integer";
              case LONG -> "Long";
              case FLOAT, DOUBLE -> "Float";
            };
        requireType(value.isNumber(), value, type);
        number(number.limits(), value, path);
      }
      case ModelShape.Dictionary unused -> throw unsupported(shape);
      case ModelShape.Blob unused -> throw unsupported(shape);
      case ModelShape.Timestamp unused -> throw unsupported(shape);
    }
  }

  /** No present input of this service has one; a later model may. */
  private static IllegalStateException unsupported(ModelShape shape) {
    return new IllegalStateException("The input shape " + shape.name() + " cannot be checked yet");
  }

  private void structure(ModelShape.Structure shape, JsonNode value, String path) {
    for (ModelMember member : shape.members().values()) {
      String name = member.name();
      String at = path.isEmpty() ? name : path + "." + name;
      JsonNode given = value.get(name);
      if (given != null && !given.isNull()) {
        value(model.shape(member), given, at);
      } else if (shape.required().contains(name)) {
        boolean sensitive = model.shape(member).sensitive();
        add(sensitive ? "Value" : "Value null", at, "not be null");
      }
    }
  }

  private void text(ModelShape.Text shape, String value, String path) {
    boolean hidden = shape.sensitive() || value.length() > MAX_SHOWN_LENGTH;
    String shown = hidden ? "Value" : "Value '" + value + "'";
    length(shape.limits(), shown, value.codePointCount(0, value.length()), path);
    Optional<String> pattern = shape.pattern();
    if (pattern.isPresent() && !Pattern.matches(pattern.get(), value)) {
      add(shown, path, "satisfy regular expression pattern: " + pattern.get());
    }
    List<String> allowed = RECORDED_ORDER.getOrDefault(shape.name(), shape.allowed());
    // An empty text counts as none where there is a list of values.
    if (!allowed.isEmpty() && !value.isEmpty() && !allowed.contains(value)) {
      add(shown, path, "satisfy enum value set: " + allowed);
    }
  }

  private void length(Limits limits, String shown, int length, String path) {
    bounds(limits, shown, length, "length", path);
  }

  private void number(Limits limits, JsonNode value, String path) {
    // Not a BigDecimal: 1e400 is read as infinity.
    bounds(limits, "Value '" + value.asText() + "'", value.asDouble(), "value", path);
  }

  private void bounds(Limits limits, String shown, double given, String what, String path) {
    limits
        .max()
        .filter(max -> given > max.doubleValue())
        .ifPresent(
            max ->
                add(shown, path, "have " + what + " less than or equal to " + max.toPlainString()));
    limits
        .min()
        .filter(min -> given < min.doubleValue())
        .ifPresent(
            min ->
                add(
                    shown,
                    path,
                    "have " + what + " greater than or equal to " + min.toPlainString()));
  }

  private void add(String shown, String path, String rule) {
    broken.add(shown + " at '" + path + "' failed to satisfy constraint: Member must " + rule);
  }

  /** A list as AWS's own classes print it. */
  private String shown(ModelShape.Sequence shape, JsonNode list) {
    ModelShape element = model.shape(shape.member());
    var all = new StringJoiner(", ", "Value '[", "]'");
    for (JsonNode given : list) {
      if (!given.isObject()) {
        all.add(given.asText());
        continue;
      }
      var fields = new StringJoiner(", ", element.name() + "(", ")");
      if (element instanceof ModelShape.Structure structure) {
        for (String field : structure.members().keySet()) {
          fields.add(field + "=" + given.path(field).asText("null"));
        }
      }
      all.add(fields.toString());
    }
    return all.toString();
  }

  private static void requireType(boolean fits, JsonNode value, String type) {
    if (!fits) {
      throw StepFunctionsErrors.wrongType(value, type);
    }
  }
}
