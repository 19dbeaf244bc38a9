// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Models, request validators and gateway responses. */
final class PartOperations {
  private static final String MODELS = ApiOperations.ONE + "/models";
  private static final String MODEL = MODELS + "/{modelName}";
  private static final String VALIDATORS = ApiOperations.ONE + "/requestvalidators";
  private static final String VALIDATOR = VALIDATORS + "/{requestValidatorId}";
  private static final String RESPONSES = ApiOperations.ONE + "/gatewayresponses";
  private static final String RESPONSE = RESPONSES + "/{responseType}";

  private static final Patch MODEL_PATCH =
      new Patch(Map.of("/schema", Patch.Kind.TEXT, "/description", Patch.Kind.TEXT));
  private static final Patch VALIDATOR_PATCH =
      new Patch(
          Map.of(
              "/name", Patch.Kind.TEXT,
              "/validateRequestBody", Patch.Kind.BOOL,
              "/validateRequestParameters", Patch.Kind.BOOL));
  private static final Patch RESPONSE_PATCH =
      new Patch(
          Map.of(
              "/statusCode", Patch.Kind.TEXT,
              "/responseParameters/", Patch.Kind.TEXT_MAP,
              "/responseTemplates/", Patch.Kind.TEXT_MAP));

  private final Ids ids;
  private final RestApiStore store;

  PartOperations(Ids ids, RestApiStore store) {
    this.ids = ids;
    this.store = store;
  }

  List<Operation> operations() {
    var all = new ArrayList<Operation>();
    all.add(
        Operation.rest(
            "CreateModel",
            HttpBinding.of("POST", MODELS, 201),
            this::createModel,
            "restApiId",
            "name",
            "description",
            "schema",
            "contentType"));
    all.add(
        Operation.rest(
            "GetModel",
            HttpBinding.of("GET", MODEL, 200),
            this::getModel,
            "restApiId",
            "modelName",
            "flatten"));
    all.add(
        Operation.rest(
            "GetModels",
            HttpBinding.of("GET", MODELS, 200),
            (input, context) ->
                store.with(input, api -> ApiOperations.page(api.models.values(), input)),
            "restApiId",
            "position",
            "limit"));
    all.add(
        Operation.rest(
            "UpdateModel",
            HttpBinding.of("PATCH", MODEL, 200),
            this::updateModel,
            "restApiId",
            "modelName",
            "patchOperations"));
    all.add(
        Operation.rest(
            "DeleteModel",
            HttpBinding.of("DELETE", MODEL, 202),
            this::deleteModel,
            "restApiId",
            "modelName"));
    all.add(
        Operation.rest(
            "CreateRequestValidator",
            HttpBinding.of("POST", VALIDATORS, 201),
            this::createValidator,
            "restApiId",
            "name",
            "validateRequestBody",
            "validateRequestParameters"));
    all.add(
        Operation.rest(
            "GetRequestValidator",
            HttpBinding.of("GET", VALIDATOR, 200),
            (input, context) ->
                Output.of(store.with(input, api -> validator(api, input).deepCopy())),
            "restApiId",
            "requestValidatorId"));
    all.add(
        Operation.rest(
            "GetRequestValidators",
            HttpBinding.of("GET", VALIDATORS, 200),
            (input, context) ->
                store.with(input, api -> ApiOperations.page(api.validators.values(), input)),
            "restApiId",
            "position",
            "limit"));
    all.add(
        Operation.rest(
            "UpdateRequestValidator",
            HttpBinding.of("PATCH", VALIDATOR, 200),
            this::updateValidator,
            "restApiId",
            "requestValidatorId",
            "patchOperations"));
    all.add(
        Operation.rest(
            "DeleteRequestValidator",
            HttpBinding.of("DELETE", VALIDATOR, 202),
            this::deleteValidator,
            "restApiId",
            "requestValidatorId"));
    all.add(
        Operation.rest(
            "PutGatewayResponse",
            HttpBinding.of("PUT", RESPONSE, 201),
            this::putResponse,
            "restApiId",
            "responseType",
            "statusCode",
            "responseParameters",
            "responseTemplates"));
    all.add(
        Operation.rest(
            "GetGatewayResponse",
            HttpBinding.of("GET", RESPONSE, 200),
            this::getResponse,
            "restApiId",
            "responseType"));
    all.add(
        Operation.rest(
            "GetGatewayResponses",
            HttpBinding.of("GET", RESPONSES, 200),
            this::listResponses,
            "restApiId",
            "position",
            "limit"));
    all.add(
        Operation.rest(
            "UpdateGatewayResponse",
            HttpBinding.of("PATCH", RESPONSE, 200),
            this::updateResponse,
            "restApiId",
            "responseType",
            "patchOperations"));
    all.add(
        Operation.rest(
            "DeleteGatewayResponse",
            HttpBinding.of("DELETE", RESPONSE, 202),
            this::deleteResponse,
            "restApiId",
            "responseType"));
    return all;
  }

  private Output createModel(Input input, CallContext context) {
    String name = input.requiredText("name");
    if (!name.matches("[A-Za-z0-9]+")) {
      throw GatewayErrors.badRequest("Model name must be alphanumeric: " + name);
    }
    ModelSchema.parse(input.text("schema").orElse("{}"));
    return Output.of(
        store.with(
            input,
            api -> {
              if (api.models.containsKey(name)) {
                throw GatewayErrors.conflict("Model name already exists for this REST API");
              }
              ObjectNode model = input.json().deepCopy();
              model.remove("restApiId");
              model.put("id", ids.lowerAlphanumeric(6));
              model.put("contentType", input.requiredText("contentType"));
              api.models.put(name, model);
              return model.deepCopy();
            }));
  }

  private Output getModel(Input input, CallContext context) {
    return Output.of(store.with(input, api -> model(api, input).deepCopy()));
  }

  private Output updateModel(Input input, CallContext context) {
    return Output.of(
        store.with(
            input,
            api -> {
              ObjectNode model = model(api, input);
              ObjectNode changed = model.deepCopy();
              MODEL_PATCH.apply(changed, input);
              ModelSchema.parse(changed.path("schema").asText("{}"));
              model.setAll(changed);
              return changed;
            }));
  }

  private Output deleteModel(Input input, CallContext context) {
    store.with(
        input,
        api -> {
          model(api, input);
          api.models.remove(input.requiredText("modelName"));
          return true;
        });
    return Output.empty();
  }

  private Output createValidator(Input input, CallContext context) {
    return Output.of(
        store.with(
            input,
            api -> {
              ObjectNode validator = JsonNodeFactory.instance.objectNode();
              String id = ids.lowerAlphanumeric(6);
              validator.put("id", id);
              input.text("name").ifPresent(name -> validator.put("name", name));
              validator.put("validateRequestBody", input.bool("validateRequestBody", false));
              validator.put(
                  "validateRequestParameters", input.bool("validateRequestParameters", false));
              api.validators.put(id, validator);
              return validator.deepCopy();
            }));
  }

  private Output updateValidator(Input input, CallContext context) {
    return Output.of(
        store.with(
            input,
            api -> {
              ObjectNode validator = validator(api, input);
              ObjectNode changed = validator.deepCopy();
              VALIDATOR_PATCH.apply(changed, input);
              validator.removeAll();
              validator.setAll(changed);
              return changed;
            }));
  }

  private Output deleteValidator(Input input, CallContext context) {
    store.with(
        input,
        api -> {
          validator(api, input);
          api.validators.remove(input.requiredText("requestValidatorId"));
          return true;
        });
    return Output.empty();
  }

  private Output putResponse(Input input, CallContext context) {
    GatewayResponseType type = type(input);
    return Output.of(
        store.with(
            input,
            api -> {
              ObjectNode response = input.json().deepCopy();
              response.remove("restApiId");
              check(response);
              api.gatewayResponses.put(type.name(), response);
              return shown(type, response);
            }));
  }

  private Output getResponse(Input input, CallContext context) {
    GatewayResponseType type = type(input);
    return Output.of(store.with(input, api -> shown(type, api.gatewayResponses.get(type.name()))));
  }

  private Output listResponses(Input input, CallContext context) {
    return store.with(
        input,
        api -> {
          var all = new ArrayList<ObjectNode>();
          for (GatewayResponseType type : GatewayResponseType.values()) {
            all.add(shown(type, api.gatewayResponses.get(type.name())));
          }
          return ApiOperations.page(all, input);
        });
  }

  private Output updateResponse(Input input, CallContext context) {
    GatewayResponseType type = type(input);
    return Output.of(
        store.with(
            input,
            api -> {
              ObjectNode response = shown(type, api.gatewayResponses.get(type.name()));
              response.remove("defaultResponse");
              RESPONSE_PATCH.apply(response, input);
              check(response);
              api.gatewayResponses.put(type.name(), response);
              return shown(type, response);
            }));
  }

  private Output deleteResponse(Input input, CallContext context) {
    GatewayResponseType type = type(input);
    store.with(
        input,
        api -> {
          if (api.gatewayResponses.remove(type.name()) == null) {
            throw GatewayErrors.notFound("Gateway response type");
          }
          return true;
        });
    return Output.empty();
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

  private static ObjectNode shown(
      GatewayResponseType type, @org.jspecify.annotations.Nullable ObjectNode own) {
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

  private static ObjectNode model(RestApi api, Input input) {
    String name = input.requiredText("modelName");
    ObjectNode model = api.models.get(name);
    if (model == null) {
      throw new dev.syncline.sim.service.AwsException(
          "NotFoundException", 404, "Invalid model name specified: " + name);
    }
    return model;
  }

  private static ObjectNode validator(RestApi api, Input input) {
    ObjectNode validator = api.validators.get(input.requiredText("requestValidatorId"));
    if (validator == null) {
      throw GatewayErrors.notFound("Request Validator");
    }
    return validator;
  }
}
