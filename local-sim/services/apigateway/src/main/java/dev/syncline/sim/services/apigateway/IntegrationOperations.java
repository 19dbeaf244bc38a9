// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.List;

/** Integrations and their responses. */
record IntegrationOperations(RestApiStore store, IntegrationRules rules) {
  /** How long the gateway waits for an integration unless its time-out is set. */
  static final int DEFAULT_TIMEOUT_MILLIS = 29_000;

  private static final String INTEGRATION = MethodOperations.METHOD + "/integration";
  private static final String RESPONSE = INTEGRATION + "/responses/{statusCode}";

  private static final Patch PATCH =
      Patch.of(
              Patch.Kind.TEXT,
              "/uri",
              "/httpMethod",
              "/credentials",
              "/passthroughBehavior",
              "/contentHandling",
              "/connectionType",
              "/cacheNamespace")
          .and(Patch.Kind.INTEGER, "/timeoutInMillis")
          .and(Patch.Kind.LIST, "/cacheKeyParameters/")
          .and(Patch.Kind.TEXT_MAP, "/requestTemplates/", "/requestParameters/");
  private static final Patch RESPONSE_PATCH =
      Patch.of(Patch.Kind.TEXT, "/selectionPattern", "/contentHandling")
          .and(Patch.Kind.TEXT_MAP, "/responseParameters/", "/responseTemplates/");

  List<Operation> operations() {
    StatusResponses responses =
        new StatusResponses(
            store,
            "integrationResponses",
            true,
            RESPONSE_PATCH,
            IntegrationOperations::integration,
            IntegrationOperations::checkResponse);
    return List.of(
        Operation.rest(
            "PutIntegration",
            // The body has a member httpMethod too, which is the integration's.
            HttpBinding.put(
                ResourceOperations.ONE + "/methods/{resourceHttpMethod}/integration", 201),
            this::put,
            "httpMethod",
            "integrationHttpMethod",
            "type",
            "uri",
            "connectionType",
            "credentials",
            "requestParameters",
            "requestTemplates",
            "passthroughBehavior",
            "cacheNamespace",
            "cacheKeyParameters",
            "contentHandling",
            "timeoutInMillis",
            "responseTransferMode"),
        Operation.rest("GetIntegration", HttpBinding.get(INTEGRATION), this::get),
        Operation.rest(
            "UpdateIntegration", HttpBinding.patch(INTEGRATION), this::update, "patchOperations"),
        Operation.rest("DeleteIntegration", HttpBinding.delete(INTEGRATION, 204), this::delete),
        Operation.rest(
            "PutIntegrationResponse",
            HttpBinding.put(RESPONSE, 201),
            responses::put,
            "selectionPattern",
            "responseParameters",
            "responseTemplates",
            "contentHandling"),
        Operation.rest("GetIntegrationResponse", HttpBinding.get(RESPONSE), responses::get),
        Operation.rest(
            "UpdateIntegrationResponse",
            HttpBinding.patch(RESPONSE),
            responses::update,
            "patchOperations"),
        Operation.rest(
            "DeleteIntegrationResponse", HttpBinding.delete(RESPONSE, 204), responses::delete));
  }

  private Output put(Input input, CallContext context) {
    boolean fromWire = input.has("resourceHttpMethod");
    String method = input.requiredText(fromWire ? "resourceHttpMethod" : "httpMethod");
    String own = input.text(fromWire ? "httpMethod" : "integrationHttpMethod").orElse("");
    return store.answer(
        input,
        api -> {
          String resourceId = input.requiredText("resourceId");
          ObjectNode integration = input.json().deepCopy();
          integration.remove(
              List.of(
                  "restApiId",
                  "resourceId",
                  "resourceHttpMethod",
                  "httpMethod",
                  "integrationHttpMethod"));
          integration.put("type", input.requiredText("type"));
          if (!own.isEmpty()) {
            integration.put("httpMethod", own);
          }
          if (!integration.has("passthroughBehavior")) {
            integration.put("passthroughBehavior", "WHEN_NO_MATCH");
          }
          if (!integration.has("timeoutInMillis")) {
            integration.put("timeoutInMillis", DEFAULT_TIMEOUT_MILLIS);
          }
          if (!integration.has("cacheNamespace")) {
            integration.put("cacheNamespace", resourceId);
          }
          if (!integration.has("cacheKeyParameters")) {
            integration.putArray("cacheKeyParameters");
          }
          ObjectNode owner = api.method(resourceId, method);
          rules.require(owner, integration, context.account());
          owner.set("methodIntegration", integration);
          return integration.deepCopy();
        });
  }

  private Output get(Input input, CallContext context) {
    return store.answer(input, api -> integration(api, input).deepCopy());
  }

  private Output update(Input input, CallContext context) {
    return store.answer(
        input,
        api ->
            PATCH.update(
                integration(api, input),
                input,
                changed ->
                    rules.require(
                        MethodOperations.method(api, input), changed, context.account())));
  }

  private Output delete(Input input, CallContext context) {
    return store.change(
        input,
        api -> {
          integration(api, input);
          MethodOperations.method(api, input).remove("methodIntegration");
        });
  }

  private static ObjectNode integration(RestApi api, Input input) {
    return api.integration(input.requiredText("resourceId"), input.requiredText("httpMethod"));
  }

  private static void checkResponse(RestApi api, Input input, ObjectNode response) {
    ResponseMappings.requireValid(
        MethodOperations.method(api, input),
        integration(api, input).path("integrationResponses"),
        response);
  }
}
