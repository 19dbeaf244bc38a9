// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.List;

/** Deployments: snapshots of routes, integrations and authorizers. */
record HttpDeploymentOperations(HttpApiStore store) {
  private static final String ALL = HttpApiPart.DEPLOYMENT.all();
  private static final String ONE = HttpApiPart.DEPLOYMENT.one();

  List<Operation> operations() {
    return List.of(
        Operation.rest(
            "CreateDeployment",
            HttpBinding.post(ALL, 201),
            (in, call) -> create(in),
            "description",
            "stageName"),
        Operation.rest(
            "GetDeployment",
            HttpBinding.get(ONE),
            (in, call) -> store.read(in, api -> one(api, in))),
        Operation.rest(
            "GetDeployments",
            HttpBinding.get(ALL),
            (in, call) ->
                store.read(
                    in, api -> HttpApiParts.page(api.all(HttpApiPart.DEPLOYMENT).values(), in)),
            "maxResults",
            "nextToken"),
        Operation.rest(
            "UpdateDeployment", HttpBinding.patch(ONE), (in, call) -> update(in), "description"),
        Operation.rest("DeleteDeployment", HttpBinding.delete(ONE, 204), (in, call) -> delete(in)));
  }

  private Output create(Input input) {
    return store.change(
        input,
        api -> {
          ObjectNode stage =
              input.text("stageName").map(name -> api.one(HttpApiPart.STAGE, name)).orElse(null);
          if (stage != null && stage.path("autoDeploy").asBoolean()) {
            throw HttpApiErrors.badRequest(
                "Deployment ID cannot be set on stage "
                    + stage.path("stageName").asText()
                    + " because it has automatic deployments");
          }
          if (api.all(HttpApiPart.ROUTE).isEmpty()) {
            throw HttpApiErrors.badRequest(
                "At least one route is required before deploying the Api.");
          }
          ObjectNode deployment = store.deploy(api, input.text("description").orElse(""), false);
          if (stage != null) {
            stage.put("deploymentId", deployment.get("deploymentId").asText());
          }
          return deployment;
        });
  }

  private Output update(Input input) {
    return store.change(
        input,
        api -> {
          ObjectNode deployment = one(api, input);
          input.text("description").ifPresent(text -> deployment.put("description", text));
          return deployment;
        });
  }

  private Output delete(Input input) {
    return store.change(
        input,
        api -> {
          String id = one(api, input).get("deploymentId").asText();
          for (ObjectNode stage : api.all(HttpApiPart.STAGE).values()) {
            if (stage.path("deploymentId").asText().equals(id)) {
              throw HttpApiErrors.badRequest(
                  "Active stages pointing to this deployment must be moved or deleted");
            }
          }
          api.all(HttpApiPart.DEPLOYMENT).remove(id);
          api.deployed().remove(id);
          return Json.object();
        });
  }

  private static ObjectNode one(HttpApi api, Input input) {
    return api.one(HttpApiPart.DEPLOYMENT, input.requiredText("deploymentId"));
  }
}
