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
import java.util.Map;
import java.util.Set;

/** Methods and their responses. */
final class MethodOperations {
  static final String METHOD = ResourceOperations.ONE + "/methods/{httpMethod}";
  private static final String RESPONSE = METHOD + "/responses/{statusCode}";
  private static final Set<String> HTTP_METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "ANY");

  private static final Patch METHOD_PATCH =
      new Patch(
          Map.of(
              "/authorizationType", Patch.Kind.TEXT,
              "/apiKeyRequired", Patch.Kind.BOOL,
              "/operationName", Patch.Kind.TEXT,
              "/requestValidatorId", Patch.Kind.TEXT,
              "/requestParameters/", Patch.Kind.BOOL_MAP,
              "/requestModels/", Patch.Kind.TEXT_MAP));
  private static final Patch RESPONSE_PATCH =
      new Patch(
          Map.of(
              "/responseParameters/", Patch.Kind.BOOL_MAP,
              "/responseModels/", Patch.Kind.TEXT_MAP));

  private final RestApiStore store;

  MethodOperations(RestApiStore store) {
    this.store = store;
  }

  List<Operation> operations() {
    return List.of(
        Operation.rest(
            "PutMethod",
            HttpBinding.of("PUT", METHOD, 201),
            this::put,
            "restApiId",
            "resourceId",
            "httpMethod",
            "authorizationType",
            "apiKeyRequired",
            "operationName",
            "requestParameters",
            "requestModels",
            "requestValidatorId"),
        Operation.rest(
            "GetMethod",
            HttpBinding.of("GET", METHOD, 200),
            this::get,
            "restApiId",
            "resourceId",
            "httpMethod"),
        Operation.rest(
            "UpdateMethod",
            HttpBinding.of("PATCH", METHOD, 200),
            this::update,
            "restApiId",
            "resourceId",
            "httpMethod",
            "patchOperations"),
        Operation.rest(
            "DeleteMethod",
            HttpBinding.of("DELETE", METHOD, 204),
            this::delete,
            "restApiId",
            "resourceId",
            "httpMethod"),
        Operation.rest(
            "PutMethodResponse",
            HttpBinding.of("PUT", RESPONSE, 201),
            this::putResponse,
            "restApiId",
            "resourceId",
            "httpMethod",
            "statusCode",
            "responseParameters",
            "responseModels"),
        Operation.rest(
            "GetMethodResponse",
            HttpBinding.of("GET", RESPONSE, 200),
            this::getResponse,
            "restApiId",
            "resourceId",
            "httpMethod",
            "statusCode"),
        Operation.rest(
            "UpdateMethodResponse",
            HttpBinding.of("PATCH", RESPONSE, 201),
            this::updateResponse,
            "restApiId",
            "resourceId",
            "httpMethod",
            "statusCode",
            "patchOperations"),
        Operation.rest(
            "DeleteMethodResponse",
            HttpBinding.of("DELETE", RESPONSE, 204),
            this::deleteResponse,
            "restApiId",
            "resourceId",
            "httpMethod",
            "statusCode"));
  }

  private Output put(Input input, CallContext context) {
    String name = input.requiredText("httpMethod");
    if (!HTTP_METHODS.contains(name)) {
      throw GatewayErrors.badRequest(
          "Invalid HttpMethod specified. Valid options are"
              + " GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY");
    }
    return Output.of(
        store.with(
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
                  resource.get("resourceMethods") instanceof ObjectNode there
                      ? there
                      : resource.putObject("resourceMethods");
              methods.set(name, method);
              return method.deepCopy();
            }));
  }

  private Output get(Input input, CallContext context) {
    return Output.of(store.with(input, api -> method(api, input).deepCopy()));
  }

  private Output update(Input input, CallContext context) {
    return Output.of(
        store.with(
            input,
            api -> {
              ObjectNode method = method(api, input);
              ObjectNode changed = method.deepCopy();
              METHOD_PATCH.apply(changed, input);
              if (changed.path("requestValidatorId").asText("x").isEmpty()) {
                changed.remove("requestValidatorId");
              }
              check(api, changed);
              method.removeAll();
              method.setAll(changed);
              return changed;
            }));
  }

  private Output delete(Input input, CallContext context) {
    store.with(
        input,
        api -> {
          ObjectNode method = method(api, input);
          ObjectNode resource = api.resource(input.requiredText("resourceId"));
          if (resource.get("resourceMethods") instanceof ObjectNode methods) {
            methods.remove(method.get("httpMethod").asText());
          }
          return true;
        });
    return Output.empty();
  }

  private Output putResponse(Input input, CallContext context) {
    return Output.of(
        store.with(
            input,
            api -> {
              ObjectNode method = method(api, input);
              ObjectNode response = readResponse(input);
              if (method.path("methodResponses").has(response.get("statusCode").asText())) {
                throw GatewayErrors.conflict("Response already exists for this resource");
              }
              checkResponse(api, response);
              storeResponse(method, "methodResponses", response);
              return response.deepCopy();
            }));
  }

  private Output getResponse(Input input, CallContext context) {
    return Output.of(
        store.with(
            input, api -> response(method(api, input), "methodResponses", input).deepCopy()));
  }

  private Output updateResponse(Input input, CallContext context) {
    return Output.of(
        store.with(
            input,
            api -> {
              ObjectNode method = method(api, input);
              ObjectNode response = response(method, "methodResponses", input).deepCopy();
              RESPONSE_PATCH.apply(response, input);
              checkResponse(api, response);
              storeResponse(method, "methodResponses", response);
              return response.deepCopy();
            }));
  }

  private Output deleteResponse(Input input, CallContext context) {
    store.with(
        input,
        api -> {
          deleteResponse(method(api, input), "methodResponses", input);
          return true;
        });
    return Output.empty();
  }

  /** The response that the input describes, not stored yet. */
  static ObjectNode readResponse(Input input) {
    String status = input.requiredText("statusCode");
    if (!status.matches("[1-5]\\d\\d")) {
      throw GatewayErrors.badRequest("Invalid status code specified: " + status);
    }
    ObjectNode response = input.json().deepCopy();
    response.remove(List.of("restApiId", "resourceId", "httpMethod"));
    return response.put("statusCode", status);
  }

  /** Stores a response, in the place of one of its status code. */
  static void storeResponse(ObjectNode owner, String member, ObjectNode response) {
    ObjectNode responses =
        owner.get(member) instanceof ObjectNode there ? there : owner.putObject(member);
    responses.set(response.get("statusCode").asText(), response);
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

  static ObjectNode response(ObjectNode owner, String member, Input input) {
    if (owner.path(member).get(input.requiredText("statusCode")) instanceof ObjectNode response) {
      return response;
    }
    throw GatewayErrors.noResponse();
  }

  static void deleteResponse(ObjectNode owner, String member, Input input) {
    ObjectNode response = response(owner, member, input);
    if (owner.get(member) instanceof ObjectNode responses) {
      responses.remove(response.get("statusCode").asText());
    }
  }

  private static ObjectNode method(RestApi api, Input input) {
    return api.method(input.requiredText("resourceId"), input.requiredText("httpMethod"));
  }

  private static void check(RestApi api, ObjectNode method) {
    String type = method.get("authorizationType").asText();
    if (!type.equals("NONE")) {
      throw GatewayErrors.badRequest(
          "The simulator does not support the authorizationType '" + type + "'; it has NONE.");
    }
    String validator = method.path("requestValidatorId").asText("");
    if (!validator.isEmpty() && !api.validators.containsKey(validator)) {
      throw GatewayErrors.badRequest("Invalid Request Validator identifier specified");
    }
    requireModels(api, method.path("requestModels"));
  }
}
