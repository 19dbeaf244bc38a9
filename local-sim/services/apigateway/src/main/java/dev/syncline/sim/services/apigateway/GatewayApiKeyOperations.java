// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.List;

/** API keys. */
record GatewayApiKeyOperations(SimClock clock, Ids ids, UsagePlans plans) {
  private static final String ALL = "/apikeys";
  private static final String ONE = ALL + "/{apiKey}";
  private static final Patch PATCH =
      Patch.of(Patch.Kind.TEXT, "/name", "/description", "/customerId")
          .and(Patch.Kind.BOOL, "/enabled");

  List<Operation> operations() {
    return List.of(
        Operation.rest(
            "CreateApiKey",
            HttpBinding.post(ALL, 201),
            this::create,
            "name",
            "description",
            "enabled",
            "generateDistinctId",
            "value",
            "customerId",
            "tags"),
        Operation.rest("GetApiKey", HttpBinding.get(ONE), this::get, "includeValue"),
        Operation.rest(
            "GetApiKeys",
            HttpBinding.get(ALL),
            this::list,
            "position",
            "limit",
            "name",
            "customerId",
            "includeValues"),
        Operation.rest("UpdateApiKey", HttpBinding.patch(ONE), this::update, "patchOperations"),
        Operation.rest("DeleteApiKey", HttpBinding.delete(ONE, 202), this::delete));
  }

  private Output create(Input input, CallContext context) {
    ObjectNode key = JsonNodeFactory.instance.objectNode();
    String id = ids.lowerAlphanumeric(10);
    String value = input.text("value").orElseGet(() -> ids.lowerAlphanumeric(40));
    if (value.length() < 20 || value.length() > 128) {
      throw GatewayErrors.badRequest("API Key value should be at least 20 characters");
    }
    key.put("id", id);
    key.put("value", value);
    for (String member : List.of("name", "description", "customerId")) {
      input.text(member).ifPresent(text -> key.put(member, text));
    }
    key.put("enabled", input.bool("enabled", false));
    key.put("createdDate", clock.now().getEpochSecond());
    key.put("lastUpdatedDate", clock.now().getEpochSecond());
    key.putArray("stageKeys");
    Json.putUnlessEmpty(key, "tags", input.textMap("tags"));
    plans.addKey(id, key);
    return Output.of(key.deepCopy());
  }

  private Output get(Input input, CallContext context) {
    boolean withValue = input.bool("includeValue", false);
    return Output.of(plans.withKey(input.requiredText("apiKey"), key -> shown(key, withValue)));
  }

  private Output list(Input input, CallContext context) {
    boolean withValues = input.bool("includeValues", false);
    String name = input.text("name").orElse("");
    String customer = input.text("customerId").orElse("");
    return plans.withKeys(
        all ->
            RestApiOperations.page(
                all.stream()
                    .filter(key -> key.path("name").asText().startsWith(name))
                    .filter(
                        key ->
                            customer.isEmpty() || key.path("customerId").asText().equals(customer))
                    .map(key -> shown(key, withValues))
                    .toList(),
                input));
  }

  private Output update(Input input, CallContext context) {
    return Output.of(
        plans.withKey(
            input.requiredText("apiKey"),
            key -> {
              PATCH.apply(key, input);
              key.put("lastUpdatedDate", clock.now().getEpochSecond());
              return shown(key, false);
            }));
  }

  private Output delete(Input input, CallContext context) {
    plans.removeKey(input.requiredText("apiKey"));
    return Output.empty();
  }

  private static ObjectNode shown(ObjectNode key, boolean withValue) {
    ObjectNode shown = key.deepCopy();
    if (!withValue) {
      shown.remove("value");
    }
    return shown;
  }
}
