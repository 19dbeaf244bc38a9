// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.List;
import java.util.Set;

/** Methods and their responses. */
record MethodOperations(RestApiStore store) {
  /** The kinds of authorization without an authorizer. */
  private static final Set<String> UNCHECKED = Set.of("NONE", "AWS_IAM");

  static final String METHOD = ResourceOperations.ONE + "/methods/{httpMethod}";
  private static final String RESPONSE = METHOD + "/responses/{statusCode}";
  private static final Set<String> HTTP_METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "ANY");

  private static final Patch METHOD_PATCH =
      Patch.of(
              Patch.Kind.TEXT,
              "/authorizationType",
              "/authorizerId",
              "/operationName",
              "/requestValidatorId")
          .and(Patch.Kind.BOOL, "/apiKeyRequired")
          .and(Patch.Kind.VALUES, "/authorizationScopes")
          .and(Patch.Kind.BOOL_MAP, "/requestParameters/")
          .and(Patch.Kind.TEXT_MAP, "/requestModels/");
  private static final Patch RESPONSE_PATCH =
      Patch.of(Patch.Kind.BOOL_MAP, "/responseParameters/")
          .and(Patch.Kind.TEXT_MAP, "/responseModels/");

  List<Operation> operations() {
    StatusResponses responses =
        new StatusResponses(
            store,
            "methodResponses",
            false,
            RESPONSE_PATCH,
            MethodOperations::method,
            (api, input, response) -> checkResponse(api, response));
    return List.of(
        Operation.rest(
            "PutMethod",
            HttpBinding.put(METHOD, 201),
            this::put,
            "authorizationType",
            "authorizerId",
            "authorizationScopes",
            "apiKeyRequired",
            "operationName",
            "requestParameters",
            "requestModels",
            "requestValidatorId"),
        Operation.rest("GetMethod", HttpBinding.get(METHOD), this::get),
        Operation.rest("UpdateMethod", HttpBinding.patch(METHOD), this::update, "patchOperations"),
        Operation.rest("DeleteMethod", HttpBinding.delete(METHOD, 204), this::delete),
        Operation.rest(
            "PutMethodResponse",
            HttpBinding.put(RESPONSE, 201),
            responses::put,
            "responseParameters",
            "responseModels"),
        Operation.rest("GetMethodResponse", HttpBinding.get(RESPONSE), responses::get),
        Operation.rest(
            "UpdateMethodResponse",
            HttpBinding.patch(RESPONSE, 201),
            responses::update,
            "patchOperations"),
        Operation.rest(
            "DeleteMethodResponse", HttpBinding.delete(RESPONSE, 204), responses::delete));
  }

  private Output put(Input input, CallContext context) {
    String name = input.requiredText("httpMethod");
    if (!HTTP_METHODS.contains(name)) {
      throw GatewayErrors.badRequest(
          "Invalid HttpMethod specified. Valid options are"
              + " GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY");
    }
    return store.answer(
        input,
        api -> {
          ObjectNode resource = api.resource(input.requiredText("resourceId"));
          if (resource.path("resourceMethods").has(name)) {
            throw GatewayErrors.conflict("Method already exists for this resource");
          }
          ObjectNode method = input.json().deepCopy();
          method.remove(List.of("restApiId", "resourceId"));
          method.put("httpMethod", name);
          method.put("authorizationType", input.requiredText("authorizationType"));
          method.put("apiKeyRequired", input.bool("apiKeyRequired", false));
          check(api, method);
          ObjectNode methods =
              resource.get("resourceMethods") instanceof ObjectNode present
                  ? present
                  : resource.putObject("resourceMethods");
          methods.set(name, method);
          return method.deepCopy();
        });
  }

  private Output get(Input input, CallContext context) {
    return store.answer(input, api -> method(api, input).deepCopy());
  }

  private Output update(Input input, CallContext context) {
    return store.answer(
        input,
        api ->
            METHOD_PATCH.update(
                method(api, input),
                input,
                changed -> {
                  if (changed.path("requestValidatorId").asText("x").isEmpty()) {
                    changed.remove("requestValidatorId");
                  }
                  check(api, changed);
                }));
  }

  private Output delete(Input input, CallContext context) {
    return store.change(
        input,
        api -> {
          ObjectNode method = method(api, input);
          ObjectNode resource = api.resource(input.requiredText("resourceId"));
          if (resource.get("resourceMethods") instanceof ObjectNode methods) {
            methods.remove(method.get("httpMethod").asText());
          }
        });
  }

  private static void checkResponse(RestApi api, ObjectNode response) {
    for (var parameter : response.path("responseParameters").properties()) {
      if (!parameter.getKey().startsWith("method.response.header.")) {
        throw GatewayErrors.badRequest(
            "Invalid mapping expression specified: Validation Result: warnings : [], errors :"
                + " [Invalid mapping expression specified: "
                + parameter.getKey()
                + "]");
      }
    }
    requireModels(api, response.path("responseModels"));
  }

  private static void requireModels(RestApi api, JsonNode models) {
    for (var model : models.properties()) {
      String name = model.getValue().asText();
      if (!api.models.containsKey(name) && !Set.of("Empty", "Error").contains(name)) {
        throw GatewayErrors.badRequest("Invalid model identifier specified: " + name);
      }
    }
  }

  /** The method that the input addresses. */
  static ObjectNode method(RestApi api, Input input) {
    return api.method(input.requiredText("resourceId"), input.requiredText("httpMethod"));
  }

  private static void check(RestApi api, ObjectNode method) {
    String type = method.get("authorizationType").asText();
    if (!UNCHECKED.contains(type) && !Set.of("CUSTOM", PoolAuthorizer.TYPE).contains(type)) {
      throw GatewayErrors.badRequest(
          "The simulator does not support the authorizationType '"
              + type
              + "'; it has NONE, AWS_IAM, CUSTOM and COGNITO_USER_POOLS.");
    }
    String authorizer = method.path("authorizerId").asText("");
    ObjectNode known = api.authorizers.get(authorizer);
    if (!UNCHECKED.contains(type)
        && (known == null || PoolAuthorizer.is(known) != type.equals(PoolAuthorizer.TYPE))) {
      throw GatewayErrors.badRequest(
          "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or"
              + " COGNITO_USER_POOLS requires a valid authorizer.");
    }
    if (UNCHECKED.contains(type)) {
      method.remove("authorizerId");
    }
    String validator = method.path("requestValidatorId").asText("");
    if (!validator.isEmpty() && !api.validators.containsKey(validator)) {
      throw GatewayErrors.badRequest("Invalid Request Validator identifier specified");
    }
    requireModels(api, method.path("requestModels"));
  }
}
