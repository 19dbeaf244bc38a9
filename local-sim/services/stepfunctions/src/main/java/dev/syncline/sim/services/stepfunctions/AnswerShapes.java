// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.asl.TaskResource;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.models.ModelMember;
import dev.syncline.sim.service.models.ModelOperation;
import dev.syncline.sim.service.models.ModelShape;
import dev.syncline.sim.service.models.ModelShape.Limits;
import dev.syncline.sim.service.models.ServiceModel;
import dev.syncline.sim.services.stepfunctions.integration.SdkNames;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Checks mocked results against the output shapes of the services' models, as TestState does. A
 * model is read when it is first used; mocks of services without a {@link ServiceModel} are not
 * checked. Texts as recorded; those on lengths of texts that are too long, and on numbers that are
 * too small, are by analogy.
 *
 * <p>Thread-safe.
 */
final class AnswerShapes {
  /** Optimized integrations whose service has another name in the SDK. */
  private static final Map<String, String> OPTIMIZED =
      Map.of("states", "sfn", "events", "eventbridge", "bedrock", "bedrockruntime");

  /**
   * Maxima that TestState applies where the published model has a larger one, by SDK name and shape
   * (recorded).
   */
  private static final Map<String, BigDecimal> RECORDED_MAX =
      Map.of("lambda.MemorySize", BigDecimal.valueOf(10240));

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
      // apigateway:invoke calls a deployed API, not the API of API Gateway.
      return;
    }
    String action = resource.action();
    if (resource.pattern() != TaskResource.Pattern.REQUEST_RESPONSE) {
      if (!service.equals("sfn")) {
        return;
      }
      action = "describeExecution";
    }
    String operation = capital(action);
    model(service)
        .ifPresent(
            model ->
                model
                    .findOperation(operation)
                    .flatMap(ModelOperation::output)
                    .ifPresent(shape -> new Check(model, complete, sdk).value(result, shape, "")));
  }

  /** Whether a task's result is a service's answer; a token or a worker may return any value. */
  static boolean isStructure(TaskResource resource) {
    return resource.kind() == TaskResource.Kind.SERVICE
        && resource.pattern() != TaskResource.Pattern.WAIT_FOR_TASK_TOKEN;
  }

  /** Integrations use the SDK's names only, not the other names of a model. */
  private static Optional<ServiceModel> model(String service) {
    return ServiceModel.find(service).filter(model -> sdkName(model).equals(service));
  }

  private static String sdkName(ServiceModel model) {
    return model.serviceId().replace(" ", "").toLowerCase(Locale.ROOT);
  }

  private static String capital(String name) {
    return name.isEmpty() ? name : Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private record Check(ServiceModel model, boolean complete, boolean sdk) {
    private String shown(String member) {
      return sdk ? SdkNames.of(member) : capital(member);
    }

    void value(JsonNode value, ModelShape shape, String field) {
      switch (shape) {
        case ModelShape.Structure structure -> structure(value, structure, field);
        case ModelShape.Sequence list -> {
          require(value.isArray(), field, "must be an array");
          value.forEach(item -> value(item, model.shape(list.member()), field));
        }
        case ModelShape.Dictionary map -> {
          require(value.isObject(), field, "must be an object");
          value.forEach(item -> value(item, model.shape(map.value()), field));
        }
        case ModelShape.Text text -> {
          text(value, text.limits(), field);
          require(
              text.allowed().isEmpty() || text.allowed().contains(value.asText()),
              field,
              "is not an expected value");
        }
        case ModelShape.Blob blob -> text(value, blob.limits(), field);
        case ModelShape.Timestamp time -> require(value.isTextual(), field, "must be a string");
        case ModelShape.Numeric number -> {
          boolean fits = number.type().integral() ? value.isIntegralNumber() : value.isNumber();
          require(fits, field, "must be a number");
          number(value, number, field);
        }
        case ModelShape.Flag flag -> require(value.isBoolean(), field, "must be a boolean");
      }
    }

    private void structure(JsonNode value, ModelShape.Structure shape, String field) {
      if (shape.document()) {
        return;
      }
      require(value.isObject(), field, "must be an object");
      if (complete) {
        for (String required : shape.required()) {
          String name = shown(required);
          if (!value.has(name)) {
            throw broken("Required field '" + name + "' is missing");
          }
        }
      }
      for (ModelMember member : shape.members().values()) {
        String name = shown(member.name());
        JsonNode given = value.get(name);
        if (given != null) {
          value(given, model.shape(member), name);
        }
      }
    }

    private static void text(JsonNode value, Limits limits, String field) {
      require(value.isTextual(), field, "must be a string");
      int length = value.asText().length();
      require(atLeast(length, limits.min()), field, "is smaller than the minimum length");
      require(atMost(length, limits.max()), field, "exceeds the maximum length");
    }

    private void number(JsonNode value, ModelShape.Numeric shape, String field) {
      // Not a BigDecimal: 1e400 is read as infinity.
      double number = value.asDouble();
      BigDecimal recorded = RECORDED_MAX.get(sdkName(model) + "." + shape.name());
      Optional<BigDecimal> max = recorded == null ? shape.limits().max() : Optional.of(recorded);
      require(atLeast(number, shape.limits().min()), field, "is smaller than the minimum value");
      require(atMost(number, max), field, "exceeds the maximum value");
    }

    private static boolean atLeast(double value, Optional<BigDecimal> min) {
      return min.isEmpty() || value >= min.get().doubleValue();
    }

    private static boolean atMost(double value, Optional<BigDecimal> max) {
      return max.isEmpty() || value <= max.get().doubleValue();
    }

    private static void require(boolean fits, String field, String otherwise) {
      if (!fits) {
        throw broken("Field '" + field + "' " + otherwise);
      }
    }

    private static AwsException broken(String what) {
      return StepFunctionsErrors.validation("Mock result schema validation error: " + what);
    }
  }
}
