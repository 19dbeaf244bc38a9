// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.state.Blobs;
import dev.syncline.sim.service.state.SavedForm;
import dev.syncline.sim.service.state.ServiceState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * REST APIs with their deployments and stages, keys and usage plans, as they are saved. Throttles
 * start again; the quotas that keys have used are kept. Thread-safe.
 */
record GatewayState(RestApiStore store, UsagePlans plans) implements ServiceState {
  private record Saved(ObjectNode account, List<SavedApi> apis, UsagePlans.Saved plans) {}

  private record SavedApi(
      String id,
      RestApi.Parts parts,
      Map<String, SavedDeployment> deployments,
      Map<String, ObjectNode> stages) {}

  private record SavedDeployment(ObjectNode json, RestApi.Parts source) {}

  @Override
  public JsonNode save(Blobs blobs) {
    return store.locked(
        apis ->
            SavedForm.PLAIN.write(
                new Saved(
                    store.account(),
                    apis.values().stream().map(GatewayState::saved).toList(),
                    plans.saved())));
  }

  @Override
  public void restore(JsonNode saved, Blobs blobs) {
    saved.path("apis").forEach(GatewayState::addAuthorizers);
    Saved all = SavedForm.PLAIN.read(saved, Saved.class);
    store.locked(
        apis -> {
          store.account().removeAll();
          store.account().setAll(all.account);
          for (SavedApi one : all.apis) {
            RestApi api = api(one);
            apis.put(api.id, api);
            api.stages.values().forEach(stage -> store.serve(api, stage));
          }
          return all;
        });
    plans.restore(all.plans);
  }

  /** What was saved before there were authorizers has none. */
  private static void addAuthorizers(JsonNode api) {
    addAuthorizersTo(api.path("parts"));
    api.path("deployments").forEach(one -> addAuthorizersTo(one.path("source")));
  }

  private static void addAuthorizersTo(JsonNode parts) {
    if (parts instanceof ObjectNode there && !there.has("authorizers")) {
      there.putObject("authorizers");
    }
  }

  private static SavedApi saved(RestApi api) {
    var deployments = new LinkedHashMap<String, SavedDeployment>();
    api.deployments.forEach(
        (id, deployment) ->
            deployments.put(id, new SavedDeployment(deployment.json(), deployment.source())));
    return new SavedApi(api.id, api.parts(), deployments, api.stages);
  }

  private static RestApi api(SavedApi saved) {
    RestApi api = RestApi.of(saved.id, saved.parts);
    saved.deployments.forEach(
        (id, one) ->
            api.deployments.put(id, RestApi.Deployment.of(saved.id, one.json, one.source)));
    api.stages.putAll(saved.stages);
    return api;
  }
}
