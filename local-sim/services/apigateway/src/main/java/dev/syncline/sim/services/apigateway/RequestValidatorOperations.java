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
import java.util.List;

/** Request validators: which parts of a request are checked. */
record RequestValidatorOperations(Ids ids, RestApiStore store) {
  private static final String VALIDATORS = RestApiOperations.ONE + "/requestvalidators";
  private static final String VALIDATOR = VALIDATORS + "/{requestValidatorId}";
  private static final Patch PATCH =
      Patch.of(Patch.Kind.TEXT, "/name")
          .and(Patch.Kind.BOOL, "/validateRequestBody", "/validateRequestParameters");

  List<Operation> operations() {
    return List.of(
        Operation.rest(
            "CreateRequestValidator",
            HttpBinding.post(VALIDATORS, 201),
            this::create,
            "name",
            "validateRequestBody",
            "validateRequestParameters"),
        Operation.rest(
            "GetRequestValidator",
            HttpBinding.get(VALIDATOR),
            (input, context) ->
                Output.of(store.with(input, api -> validator(api, input).deepCopy()))),
        Operation.rest(
            "GetRequestValidators",
            HttpBinding.get(VALIDATORS),
            (input, context) ->
                store.with(input, api -> RestApiOperations.page(api.validators.values(), input)),
            "position",
            "limit"),
        Operation.rest(
            "UpdateRequestValidator",
            HttpBinding.patch(VALIDATOR),
            this::update,
            "patchOperations"),
        Operation.rest("DeleteRequestValidator", HttpBinding.delete(VALIDATOR, 202), this::delete));
  }

  private Output create(Input input, CallContext context) {
    return store.answer(
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
        });
  }

  private Output update(Input input, CallContext context) {
    return store.answer(input, api -> PATCH.update(validator(api, input), input, changed -> {}));
  }

  private Output delete(Input input, CallContext context) {
    return store.change(
        input,
        api -> {
          validator(api, input);
          api.validators.remove(input.requiredText("requestValidatorId"));
        });
  }

  private static ObjectNode validator(RestApi api, Input input) {
    ObjectNode validator = api.validators.get(input.requiredText("requestValidatorId"));
    if (validator == null) {
      throw GatewayErrors.notFound("Request Validator");
    }
    return validator;
  }
}
