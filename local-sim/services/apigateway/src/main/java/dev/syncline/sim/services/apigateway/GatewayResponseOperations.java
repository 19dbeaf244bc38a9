// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gateway responses: the responses of the gateway itself, by type. */
record GatewayResponseOperations(RestApiStore store) {
  private static final String RESPONSES = RestApiOperations.ONE + "/gatewayresponses";
  private static final String RESPONSE = RESPONSES + "/{responseType}";
  private static final Patch PATCH =
      Patch.of(Patch.Kind.TEXT, "/statusCode")
          .and(Patch.Kind.TEXT_MAP, "/responseParameters/", "/responseTemplates/");

  List<Operation> operations() {
    return List.of(
        Operation.rest(
            "PutGatewayResponse",
            HttpBinding.put(RESPONSE, 201),
            this::put,
            "statusCode",
            "responseParameters",
            "responseTemplates"),
        Operation.rest("GetGatewayResponse", HttpBinding.get(RESPONSE), this::get),
        Operation.rest(
            "GetGatewayResponses", HttpBinding.get(RESPONSES), this::list, "position", "limit"),
        Operation.rest(
            "UpdateGatewayResponse", HttpBinding.patch(RESPONSE), this::update, "patchOperations"),
        Operation.rest("DeleteGatewayResponse", HttpBinding.delete(RESPONSE, 202), this::delete));
  }

  private Output put(Input input, CallContext context) {
    GatewayResponseType type = type(input);
    return store.answer(
        input,
        api -> {
          ObjectNode response = input.json().deepCopy();
          response.remove("restApiId");
          check(response);
          api.gatewayResponses.put(type.name(), response);
          return shown(type, response);
        });
  }

  private Output get(Input input, CallContext context) {
    GatewayResponseType type = type(input);
    return store.answer(input, api -> shown(type, api.gatewayResponses.get(type.name())));
  }

  private Output list(Input input, CallContext context) {
    return store.with(
        input,
        api -> {
          var all = new ArrayList<ObjectNode>();
          for (GatewayResponseType type : GatewayResponseType.values()) {
            all.add(shown(type, api.gatewayResponses.get(type.name())));
          }
          return RestApiOperations.page(all, input);
        });
  }

  private Output update(Input input, CallContext context) {
    GatewayResponseType type = type(input);
    return store.answer(
        input,
        api -> {
          ObjectNode response = shown(type, api.gatewayResponses.get(type.name()));
          response.remove("defaultResponse");
          PATCH.apply(response, input);
          check(response);
          api.gatewayResponses.put(type.name(), response);
          return shown(type, response);
        });
  }

  private Output delete(Input input, CallContext context) {
    GatewayResponseType type = type(input);
    return store.change(
        input,
        api -> {
          if (api.gatewayResponses.remove(type.name()) == null) {
            throw GatewayErrors.notFound("Gateway response type");
          }
        });
  }

  private static void check(ObjectNode response) {
    String status = response.path("statusCode").asText("");
    if (!status.isEmpty() && !status.matches("[1-5]\\d\\d")) {
      throw GatewayErrors.badRequest("Invalid status code specified: " + status);
    }
    Templates.requireSupported(response.path("responseTemplates"));
    for (var parameter : response.path("responseParameters").properties()) {
      if (!parameter.getKey().startsWith("gatewayresponse.header.")
          || !ParameterMapping.isSupported(parameter.getValue().asText())) {
        throw GatewayErrors.badRequest(
            "The simulator supports gatewayresponse.header.… from 'static values', context.…,"
                + " stageVariables.… and method.request.…, not "
                + parameter.getKey()
                + " = "
                + parameter.getValue().asText());
      }
    }
  }

  private static ObjectNode shown(GatewayResponseType type, @Nullable ObjectNode own) {
    ObjectNode shown = own == null ? JsonNodeFactory.instance.objectNode() : own.deepCopy();
    shown.put("responseType", type.name());
    shown.put("defaultResponse", own == null);
    if (own == null && type.status() > 0) {
      shown.put("statusCode", Integer.toString(type.status()));
    }
    if (!shown.has("responseParameters")) {
      shown.putObject("responseParameters");
    }
    if (!shown.has("responseTemplates")) {
      shown
          .putObject("responseTemplates")
          .put("application/json", "{\"message\":$context.error.messageString}");
    }
    return shown;
  }

  private static GatewayResponseType type(Input input) {
    String name = input.requiredText("responseType");
    for (GatewayResponseType type : GatewayResponseType.values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    throw GatewayErrors.notFound("Gateway response type");
  }
}
