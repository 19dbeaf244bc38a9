// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
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

/** Deployments, which are immutable snapshots, and the stages that serve them. */
record DeploymentOperations(SimClock clock, Ids ids, RestApiStore store, UsagePlans plans) {
  private static final String DEPLOYMENTS = RestApiOperations.ONE + "/deployments";
  private static final String DEPLOYMENT = DEPLOYMENTS + "/{deploymentId}";
  private static final String STAGES = RestApiOperations.ONE + "/stages";
  private static final String STAGE = STAGES + "/{stageName}";
  private static final Patch DEPLOYMENT_PATCH = Patch.of(Patch.Kind.TEXT, "/description");

  List<Operation> operations() {
    return List.of(
        Operation.rest(
            "CreateDeployment",
            HttpBinding.post(DEPLOYMENTS, 201),
            this::createDeployment,
            "stageName",
            "stageDescription",
            "description",
            "cacheClusterEnabled",
            "variables",
            "tracingEnabled"),
        Operation.rest("GetDeployment", HttpBinding.get(DEPLOYMENT), this::getDeployment, "embed"),
        Operation.rest(
            "GetDeployments",
            HttpBinding.get(DEPLOYMENTS),
            this::listDeployments,
            "position",
            "limit"),
        Operation.rest(
            "UpdateDeployment",
            HttpBinding.patch(DEPLOYMENT),
            this::updateDeployment,
            "patchOperations"),
        Operation.rest(
            "DeleteDeployment", HttpBinding.delete(DEPLOYMENT, 202), this::deleteDeployment),
        Operation.rest(
            "CreateStage",
            HttpBinding.post(STAGES, 201),
            this::createStage,
            "stageName",
            "deploymentId",
            "description",
            "cacheClusterEnabled",
            "variables",
            "tracingEnabled",
            "tags"),
        Operation.rest("GetStage", HttpBinding.get(STAGE), this::getStage),
        Operation.rest("GetStages", HttpBinding.get(STAGES), this::listStages, "deploymentId"),
        Operation.rest(
            "UpdateStage", HttpBinding.patch(STAGE), this::updateStage, "patchOperations"),
        Operation.rest("DeleteStage", HttpBinding.delete(STAGE, 202), this::deleteStage));
  }

  private Output createDeployment(Input input, CallContext context) {
    return store.answer(
        input,
        api -> {
          ObjectNode json = JsonNodeFactory.instance.objectNode();
          String id = ids.lowerAlphanumeric(6);
          json.put("id", id);
          input.text("description").ifPresent(text -> json.put("description", text));
          json.put("createdDate", clock.now().getEpochSecond());
          api.deployments.put(id, RestApi.Deployment.of(api, json));
          String stageName = input.text("stageName").orElse("");
          if (!stageName.isEmpty()) {
            ObjectNode stage = api.stages.get(stageName);
            if (stage == null) {
              stage = newStage(api, stageName, id, input);
              input.text("stageDescription").ifPresent(stageText(stage, "description"));
            } else {
              stage.put("deploymentId", id);
            }
            touch(stage);
            store.serve(api, stage);
          }
          return json.deepCopy();
        });
  }

  private static java.util.function.Consumer<String> stageText(ObjectNode stage, String member) {
    return text -> stage.put(member, text);
  }

  private Output getDeployment(Input input, CallContext context) {
    return store.answer(
        input, api -> api.deployment(input.requiredText("deploymentId")).json().deepCopy());
  }

  private Output listDeployments(Input input, CallContext context) {
    return store.with(
        input,
        api ->
            RestApiOperations.page(
                api.deployments.values().stream().map(RestApi.Deployment::json).toList(), input));
  }

  private Output updateDeployment(Input input, CallContext context) {
    return store.answer(
        input,
        api -> {
          ObjectNode json = api.deployment(input.requiredText("deploymentId")).json();
          DEPLOYMENT_PATCH.apply(json, input);
          return json.deepCopy();
        });
  }

  private Output deleteDeployment(Input input, CallContext context) {
    return store.change(
        input,
        api -> {
          String id = input.requiredText("deploymentId");
          api.deployment(id);
          boolean served =
              api.stages.values().stream()
                  .anyMatch(stage -> stage.get("deploymentId").asText().equals(id));
          if (served) {
            throw GatewayErrors.badRequest(
                "Active stages pointing to this deployment must be moved or deleted");
          }
          api.deployments.remove(id);
        });
  }

  private Output createStage(Input input, CallContext context) {
    String name = input.requiredText("stageName");
    if (!name.matches("[A-Za-z0-9_-]{1,128}")) {
      throw GatewayErrors.badRequest(
          "Stage name only allows a-zA-Z0-9_- and at most 128 characters: " + name);
    }
    return store.answer(
        input,
        api -> {
          if (api.stages.containsKey(name)) {
            throw GatewayErrors.conflict("Stage already exists");
          }
          String deployment = input.requiredText("deploymentId");
          api.deployment(deployment);
          ObjectNode stage = newStage(api, name, deployment, input);
          input.text("description").ifPresent(stageText(stage, "description"));
          store.serve(api, stage);
          return stage.deepCopy();
        });
  }

  private ObjectNode newStage(RestApi api, String name, String deploymentId, Input input) {
    if (input.bool("cacheClusterEnabled", false)) {
      throw GatewayErrors.badRequest("The simulator does not support cacheClusterEnabled.");
    }
    ObjectNode stage = JsonNodeFactory.instance.objectNode();
    stage.put("stageName", name);
    stage.put("deploymentId", deploymentId);
    stage.put("cacheClusterEnabled", false);
    stage.put("cacheClusterStatus", "NOT_AVAILABLE");
    stage.putObject("methodSettings");
    stage.put("tracingEnabled", input.bool("tracingEnabled", false));
    Json.putUnlessEmpty(stage, "variables", input.textMap("variables"));
    Json.putUnlessEmpty(stage, "tags", input.textMap("tags"));
    stage.put("createdDate", clock.now().getEpochSecond());
    touch(stage);
    api.stages.put(name, stage);
    return stage;
  }

  private Output getStage(Input input, CallContext context) {
    return store.answer(input, api -> api.stage(input.requiredText("stageName")).deepCopy());
  }

  private Output listStages(Input input, CallContext context) {
    String deployment = input.text("deploymentId").orElse("");
    return store.answer(
        input,
        api -> {
          ObjectNode answer = JsonNodeFactory.instance.objectNode();
          ArrayNode items = answer.putArray("item");
          for (ObjectNode stage : api.stages.values()) {
            if (deployment.isEmpty() || stage.get("deploymentId").asText().equals(deployment)) {
              items.add(stage.deepCopy());
            }
          }
          return answer;
        });
  }

  private Output updateStage(Input input, CallContext context) {
    return store.answer(
        input,
        api -> {
          ObjectNode stage = api.stage(input.requiredText("stageName"));
          ObjectNode changed = stage.deepCopy();
          StagePatch.apply(changed, input);
          api.deployment(changed.get("deploymentId").asText());
          stage.removeAll();
          stage.setAll(changed);
          touch(stage);
          store.serve(api, stage);
          return stage.deepCopy();
        });
  }

  private Output deleteStage(Input input, CallContext context) {
    return store.change(
        input,
        api -> {
          String name = input.requiredText("stageName");
          api.stage(name);
          api.stages.remove(name);
          store.withdraw(api, name);
          plans.forget(api.id, name);
        });
  }

  private void touch(ObjectNode stage) {
    stage.put("lastUpdatedDate", clock.now().getEpochSecond());
  }
}
