// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.List;

/** Models: JSON schemas of request and response bodies. */
record ModelOperations(Ids ids, RestApiStore store) {
  private static final String MODELS = RestApiOperations.ONE + "/models";
  private static final String MODEL = MODELS + "/{modelName}";
  private static final Patch PATCH = Patch.of(Patch.Kind.TEXT, "/schema", "/description");

  List<Operation> operations() {
    return List.of(
        Operation.rest(
            "CreateModel",
            HttpBinding.post(MODELS, 201),
            this::create,
            "name",
            "description",
            "schema",
            "contentType"),
        Operation.rest("GetModel", HttpBinding.get(MODEL), this::get, "flatten"),
        Operation.rest(
            "GetModels",
            HttpBinding.get(MODELS),
            (input, context) ->
                store.with(input, api -> RestApiOperations.page(api.models.values(), input)),
            "position",
            "limit"),
        Operation.rest("UpdateModel", HttpBinding.patch(MODEL), this::update, "patchOperations"),
        Operation.rest("DeleteModel", HttpBinding.delete(MODEL, 202), this::delete));
  }

  private Output create(Input input, CallContext context) {
    String name = input.requiredText("name");
    if (!name.matches("[A-Za-z0-9]+")) {
      throw GatewayErrors.badRequest("Model name must be alphanumeric: " + name);
    }
    ModelSchema.parse(input.text("schema").orElse("{}"));
    return store.answer(
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
        });
  }

  private Output get(Input input, CallContext context) {
    return store.answer(input, api -> model(api, input).deepCopy());
  }

  private Output update(Input input, CallContext context) {
    return store.answer(
        input,
        api ->
            PATCH.update(
                model(api, input),
                input,
                changed -> ModelSchema.parse(changed.path("schema").asText("{}"))));
  }

  private Output delete(Input input, CallContext context) {
    return store.change(
        input,
        api -> {
          model(api, input);
          api.models.remove(input.requiredText("modelName"));
        });
  }

  private static ObjectNode model(RestApi api, Input input) {
    String name = input.requiredText("modelName");
    ObjectNode model = api.models.get(name);
    if (model == null) {
      throw GatewayErrors.modelNotFound(name);
    }
    return model;
  }
}
