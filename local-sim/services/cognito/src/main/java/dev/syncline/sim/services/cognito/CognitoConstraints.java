// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.models.ModelMember;
import dev.syncline.sim.service.models.ModelOperation;
import dev.syncline.sim.service.models.ModelShape;
import dev.syncline.sim.service.models.ModelShape.Limits;
import dev.syncline.sim.service.models.ServiceModel;
import dev.syncline.sim.services.cognito.pool.CognitoErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What AWS's front end does for every operation: it checks the constraints of the published model
 * before the operation reads its input, and answers with no bytes where the operation has no
 * output. The model is read at the first call. Thread-safe.
 */
final class CognitoConstraints {
  /** Patterns in recorded errors that differ from the published model. */
  private static final Map<String, String> RECORDED_PATTERNS =
      Map.of("PasswordType", "^[\\S]+.*[\\S]+$");

  private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();
  private static final int MAX_DEPTH = 16;

  private final List<String> broken = new ArrayList<>();
  private final ServiceModel model;

  private CognitoConstraints(ServiceModel model) {
    this.model = model;
  }

  /** The operation, with its input checked first. */
  static Operation checked(Operation operation) {
    Supplier<ServiceModel> model = () -> ServiceModel.of("cognito-idp");
    return new Operation(
        operation.name(),
        operation.http(),
        operation.members(),
        operation.rawBody(),
        (input, context) -> {
          ServiceModel known = model.get();
          ModelOperation published = known.operation(operation.name());
          published.input().ifPresent(shape -> check(known, shape, input));
          Output output = translated(() -> operation.handler().handle(input, context));
          return published.output().isPresent() ? output : Output.raw(200, Map.of(), new byte[0]);
        });
  }

  /** The errors of this service for what other services call a validation error. */
  private static Output translated(Supplier<Output> call) {
    try {
      return call.get();
    } catch (AwsException error) {
      if (error.code().equals("ValidationException")) {
        throw CognitoErrors.invalidParameter(error.text());
      }
      throw error;
    }
  }

  private static void check(ServiceModel model, ModelShape.Structure shape, Input input) {
    var check = new CognitoConstraints(model);
    check.structure(shape, input.json(), "", 0);
    if (!check.broken.isEmpty()) {
      throw CognitoErrors.invalidParameter(
          check.broken.size()
              + (check.broken.size() == 1 ? " validation error" : " validation errors")
              + " detected: "
              + String.join("; ", check.broken));
    }
  }

  private void structure(ModelShape.Structure shape, JsonNode value, String path, int depth) {
    for (ModelMember member : shape.members().values()) {
      ModelShape of = model.shape(member);
      String at = path + lower(member.name());
      JsonNode given = value.path(member.name());
      if (!given.isMissingNode() && !given.isNull()) {
        value(of, given, at, depth + 1);
      } else if (shape.required().contains(member.name())) {
        add(of.sensitive() ? "Value" : "Value null", at, "not be null");
      }
    }
  }

  private static String lower(String name) {
    // The first word in capitals is lowered as a whole, as in smsMfaConfiguration of SMSMfa….
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  private void value(ModelShape shape, JsonNode value, String path, int depth) {
    if (depth > MAX_DEPTH) {
      throw CognitoErrors.invalidParameter("The input has too many levels at '" + path + "'.");
    }
    switch (shape) {
      case ModelShape.Structure structure -> {
        require(value.isObject(), value, "Structure");
        structure(structure, value, path + ".", depth);
      }
      case ModelShape.Sequence list -> {
        require(value.isArray(), value, "List");
        bounds(list.limits(), "Value '" + value + "'", value.size(), "length", path);
        for (int i = 0; i < value.size(); i++) {
          value(
              model.shape(list.member()),
              value.get(i),
              path + "." + (i + 1) + ".member",
              depth + 1);
        }
      }
      case ModelShape.Dictionary map -> {
        require(value.isObject(), value, "Map");
        ModelShape of = model.shape(map.value());
        value
            .properties()
            .forEach(
                entry ->
                    value(
                        of, entry.getValue(), path + "." + entry.getKey() + ".member", depth + 1));
      }
      case ModelShape.Text text -> {
        require(value.isTextual(), value, "String");
        text(text, value.asText(), path);
      }
      case ModelShape.Numeric number -> {
        require(value.isNumber(), value, number.type().integral() ? "Integer" : "Double");
        bounds(number.limits(), "Value '" + value + "'", value.asDouble(), "value", path);
      }
      case ModelShape.Flag unused -> require(value.isBoolean(), value, "Boolean");
      case ModelShape.Blob unused -> require(value.isTextual(), value, "Blob");
      case ModelShape.Timestamp unused -> {
        // No input of this service that is supported has one.
      }
    }
  }

  private void text(ModelShape.Text shape, String value, String path) {
    String shown = shape.sensitive() ? "Value" : "Value '" + value + "'";
    String pattern = RECORDED_PATTERNS.getOrDefault(shape.name(), shape.pattern().orElse(""));
    if (!pattern.isEmpty() && !matches(pattern, value)) {
      add(shown, path, "satisfy regular expression pattern: " + pattern);
    }
    bounds(shape.limits(), shown, value.codePointCount(0, value.length()), "length", path);
    if (!shape.allowed().isEmpty() && !shape.allowed().contains(value)) {
      add(shown, path, "satisfy enum value set: " + shape.allowed());
    }
  }

  private static boolean matches(String pattern, String value) {
    return PATTERNS.computeIfAbsent(pattern, Pattern::compile).matcher(value).matches();
  }

  private void bounds(Limits limits, String shown, double given, String what, String path) {
    limits
        .min()
        .filter(min -> given < min.doubleValue())
        .ifPresent(
            min ->
                add(
                    shown,
                    path,
                    "have " + what + " greater than or equal to " + min.toPlainString()));
    limits
        .max()
        .filter(max -> given > max.doubleValue())
        .ifPresent(
            max ->
                add(shown, path, "have " + what + " less than or equal to " + max.toPlainString()));
  }

  private void add(String shown, String path, String rule) {
    broken.add(shown + " at '" + path + "' failed to satisfy constraint: Member must " + rule);
  }

  /** AWS's parser refuses another JSON type than the shape's. */
  private static void require(boolean fits, JsonNode value, String type) {
    if (fits) {
      return;
    }
    if (value.isObject()) {
      throw CognitoErrors.serialization("Start of structure or map found where not expected.");
    }
    if (value.isArray()) {
      throw CognitoErrors.serialization("Start of list found where not expected");
    }
    String found =
        value.isTextual()
            ? "STRING_VALUE"
            : value.isBoolean()
                ? value.asBoolean() ? "TRUE_VALUE" : "FALSE_VALUE"
                : value.isIntegralNumber() ? "NUMBER_VALUE" : "DECIMAL_VALUE";
    throw CognitoErrors.serialization(found + " can not be converted to a" + article(type) + type);
  }

  private static String article(String type) {
    return type.equals("Integer") ? "n " : " ";
  }
}
