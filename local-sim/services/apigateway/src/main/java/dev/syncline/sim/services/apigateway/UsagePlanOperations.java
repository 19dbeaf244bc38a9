// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
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

/** Usage plans and the keys in them. */
record UsagePlanOperations(Ids ids, RestApiStore apis, UsagePlans plans) {
  private static final String ALL = "/usageplans";
  private static final String ONE = ALL + "/{usagePlanId}";
  private static final String KEYS = ONE + "/keys";
  private static final String KEY = KEYS + "/{keyId}";

  private static final Patch PATCH =
      Patch.of(Patch.Kind.TEXT, "/name", "/description", "/productCode", "/quota/period")
          .and(Patch.Kind.NUMBER, "/throttle/rateLimit")
          .and(Patch.Kind.INTEGER, "/throttle/burstLimit", "/quota/limit", "/quota/offset");

  List<Operation> operations() {
    return List.of(
        Operation.rest(
            "CreateUsagePlan",
            HttpBinding.post(ALL, 201),
            this::create,
            "name",
            "description",
            "apiStages",
            "throttle",
            "quota",
            "tags"),
        Operation.rest("GetUsagePlan", HttpBinding.get(ONE), this::get),
        Operation.rest(
            "GetUsagePlans", HttpBinding.get(ALL), this::list, "position", "keyId", "limit"),
        Operation.rest("UpdateUsagePlan", HttpBinding.patch(ONE), this::update, "patchOperations"),
        Operation.rest("DeleteUsagePlan", HttpBinding.delete(ONE, 202), this::delete),
        Operation.rest(
            "CreateUsagePlanKey", HttpBinding.post(KEYS, 201), this::createKey, "keyId", "keyType"),
        Operation.rest("GetUsagePlanKey", HttpBinding.get(KEY), this::getKey),
        Operation.rest(
            "GetUsagePlanKeys", HttpBinding.get(KEYS), this::listKeys, "position", "limit", "name"),
        Operation.rest("DeleteUsagePlanKey", HttpBinding.delete(KEY, 202), this::deleteKey));
  }

  private Output create(Input input, CallContext context) {
    ObjectNode json = input.json().deepCopy();
    String id = ids.lowerAlphanumeric(6);
    json.put("id", id);
    json.put("name", input.requiredText("name"));
    if (!json.has("apiStages")) {
      json.putArray("apiStages");
    }
    for (JsonNode stage : json.get("apiStages")) {
      requireStage(stage.path("apiId").asText(), stage.path("stage").asText());
    }
    check(json);
    plans.addPlan(id, new UsagePlans.Plan(json));
    return Output.of(json.deepCopy());
  }

  private Output get(Input input, CallContext context) {
    return Output.of(plans.withPlan(id(input), plan -> plan.json.deepCopy()));
  }

  private Output list(Input input, CallContext context) {
    String key = input.text("keyId").orElse("");
    return plans.withPlans(
        all ->
            RestApiOperations.page(
                all.stream()
                    .filter(plan -> key.isEmpty() || plan.keys.contains(key))
                    .map(plan -> plan.json)
                    .toList(),
                input));
  }

  private Output update(Input input, CallContext context) {
    return Output.of(
        plans.withPlan(
            id(input),
            plan -> {
              ObjectNode changed = plan.json.deepCopy();
              for (Input operation : input.structures("patchOperations")) {
                patch(changed, operation.only("op", "path", "value", "from"));
              }
              check(changed);
              plan.json.removeAll();
              plan.json.setAll(changed);
              plan.limitsChanged();
              return changed.deepCopy();
            }));
  }

  private void patch(ObjectNode plan, Input operation) {
    String path = operation.requiredText("path");
    boolean remove = operation.requiredText("op").equals("remove");
    if (path.equals("/apiStages")) {
      stage(plan, operation.requiredText("value"), remove);
    } else if ((path.equals("/throttle") || path.equals("/quota")) && remove) {
      plan.remove(path.substring(1));
    } else if (path.startsWith("/apiStages/")) {
      MethodThrottle.patch(plan, path, remove ? null : operation.requiredText("value"));
    } else {
      PATCH.apply(plan, operation, path);
    }
  }

  /** {@code api:stage}, as the patch operations name a stage. */
  private void stage(ObjectNode plan, String value, boolean remove) {
    String[] names = value.split(":", 2);
    if (names.length != 2) {
      throw GatewayErrors.badRequest("Invalid API stage '" + value + "'; it must be apiId:stage");
    }
    ArrayNode stages =
        plan.get("apiStages") instanceof ArrayNode there ? there : plan.putArray("apiStages");
    for (int i = stages.size() - 1; i >= 0; i--) {
      if (stages.get(i).path("apiId").asText().equals(names[0])
          && stages.get(i).path("stage").asText().equals(names[1])) {
        stages.remove(i);
      }
    }
    if (!remove) {
      requireStage(names[0], names[1]);
      stages.addObject().put("apiId", names[0]).put("stage", names[1]);
    }
  }

  private void requireStage(String apiId, String stage) {
    if (apis.stage(apiId, stage) == null) {
      throw GatewayErrors.stageNotFound(apiId, stage);
    }
  }

  private static void check(ObjectNode plan) {
    JsonNode throttle = plan.path("throttle");
    if (throttle.path("rateLimit").asDouble(0) < 0 || throttle.path("burstLimit").asInt(0) < 0) {
      throw GatewayErrors.badRequest("Usage plan throttle limits must not be negative");
    }
    JsonNode quota = plan.path("quota");
    if (quota.isObject()
        && (!UsagePlans.PERIODS.contains(quota.path("period").asText())
            || quota.path("limit").asInt(0) < 1)) {
      throw GatewayErrors.badRequest(
          "A usage plan's quota needs a limit of at least 1 and a period of " + UsagePlans.PERIODS);
    }
  }

  private Output delete(Input input, CallContext context) {
    String id = id(input);
    if (!plans.<Boolean>withPlan(id, plan -> plan.json.path("apiStages").isEmpty())) {
      // Terraform and CloudFormation take the stages off first, because of this.
      throw GatewayErrors.badRequest(
          "Cannot delete usage plan " + id + ", because it has API stages associated with it");
    }
    plans.removePlan(id);
    return Output.empty();
  }

  private Output createKey(Input input, CallContext context) {
    String type = input.requiredText("keyType");
    if (!type.equals("API_KEY")) {
      throw GatewayErrors.badRequest("Invalid key type specified: " + type);
    }
    String key = input.requiredText("keyId");
    plans.associate(id(input), key);
    return Output.of(plans.withKey(key, UsagePlanOperations::shownKey));
  }

  private Output getKey(Input input, CallContext context) {
    String key = requireKey(input);
    return Output.of(plans.withKey(key, UsagePlanOperations::shownKey));
  }

  private Output listKeys(Input input, CallContext context) {
    String name = input.text("name").orElse("");
    var shown = new ArrayList<ObjectNode>();
    for (String key : plans.withPlan(id(input), plan -> List.copyOf(plan.keys))) {
      ObjectNode one = plans.withKey(key, UsagePlanOperations::shownKey);
      if (one.path("name").asText().startsWith(name)) {
        shown.add(one);
      }
    }
    return RestApiOperations.page(shown, input);
  }

  private Output deleteKey(Input input, CallContext context) {
    String key = requireKey(input);
    plans.withPlan(id(input), plan -> plan.keys.remove(key));
    return Output.empty();
  }

  private String requireKey(Input input) {
    String key = input.requiredText("keyId");
    if (!plans.<Boolean>withPlan(id(input), plan -> plan.keys.contains(key))) {
      throw GatewayErrors.notFound("Usage Plan Key");
    }
    return key;
  }

  private static ObjectNode shownKey(ObjectNode key) {
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    shown.set("id", key.get("id"));
    shown.put("type", "API_KEY");
    shown.set("value", key.get("value"));
    if (key.has("name")) {
      shown.set("name", key.get("name"));
    }
    return shown;
  }

  private static String id(Input input) {
    return input.requiredText("usagePlanId");
  }
}
