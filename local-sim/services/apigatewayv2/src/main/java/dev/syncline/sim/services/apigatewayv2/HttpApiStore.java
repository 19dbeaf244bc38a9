// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Exclusive;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.apigatewayv2.data.ServedApi;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All HTTP APIs, and what their stages serve. Edits happen under a lock, one operation at a time;
 * the data plane reads immutable snapshots without one. Thread-safe.
 */
final class HttpApiStore {
  /** The number of characters of an API's identifier. */
  static final int ID_LENGTH = 10;

  private final SimClock clock;
  private final Ids ids;
  private final Exclusive lock = new Exclusive();
  private final Map<String, HttpApi> apis = new LinkedHashMap<>();
  private final Map<String, ServedApi> served = new ConcurrentHashMap<>();

  HttpApiStore(SimClock clock, Ids ids) {
    this.clock = clock;
    this.ids = ids;
  }

  <T extends @Nullable Object> T locked(Function<Map<String, HttpApi>, T> work) {
    return lock.call(() -> work.apply(apis));
  }

  /** Answers from the API that the member {@code apiId} names. */
  Output read(Input input, Function<HttpApi, ObjectNode> work) {
    return locked(all -> Output.of(work.apply(require(all, input)).deepCopy()));
  }

  /**
   * Changes the API that the member {@code apiId} names, deploys the change to its stages with
   * automatic deployment, and serves the result.
   */
  Output change(Input input, Function<HttpApi, ObjectNode> work) {
    return locked(
        all -> {
          HttpApi api = require(all, input);
          ObjectNode answer = work.apply(api).deepCopy();
          deployAutomatically(api);
          serve(api);
          return Output.of(answer);
        });
  }

  /** Adds a new API and serves it. */
  Output add(HttpApi api) {
    return locked(
        all -> {
          all.put(api.id(), api);
          deployAutomatically(api);
          serve(api);
          return Output.of(api.json().deepCopy());
        });
  }

  void remove(Input input) {
    locked(
        all -> {
          String id = require(all, input).id();
          served.remove(id);
          return all.remove(id);
        });
  }

  /** What an API serves; null without such an API. */
  @Nullable ServedApi served(String apiId) {
    return served.get(apiId);
  }

  /** Publishes what the API now is to the data plane; called under the lock. */
  void serve(HttpApi api) {
    served.put(api.id(), ServedApi.of(api.json(), api.all(HttpApiPart.STAGE), api.deployed()));
  }

  /** A new deployment of the API as it is; called under the lock. */
  ObjectNode deploy(HttpApi api, String description, boolean automatic) {
    ObjectNode deployment = Json.object();
    String id = ids.lowerAlphanumeric(6);
    deployment.put("autoDeployed", automatic);
    deployment.put("createdDate", clock.now().toString());
    deployment.put("deploymentId", id);
    deployment.put("deploymentStatus", "DEPLOYED");
    Json.putIfPresent(deployment, "description", description.isEmpty() ? null : description);
    api.all(HttpApiPart.DEPLOYMENT).put(id, deployment);
    api.snapshot(id);
    return deployment;
  }

  private void deployAutomatically(HttpApi api) {
    String id = "";
    for (ObjectNode stage : api.all(HttpApiPart.STAGE).values()) {
      if (stage.path("autoDeploy").asBoolean()) {
        String replaced = stage.path("deploymentId").asText();
        if (id.isEmpty()) {
          id =
              deploy(
                      api,
                      "Automatic deployment triggered by changes to the Api configuration",
                      true)
                  .get("deploymentId")
                  .asText();
        }
        stage.put("deploymentId", id);
        stage.put("lastUpdatedDate", clock.now().toString());
        stage.put(
            "lastDeploymentStatusMessage",
            "Successfully deployed stage with deployment ID '" + id + "'");
        forget(api, replaced);
      }
    }
  }

  /** Automatic deployments that no stage serves any more would only grow the store. */
  private static void forget(HttpApi api, String deploymentId) {
    ObjectNode deployment = api.all(HttpApiPart.DEPLOYMENT).get(deploymentId);
    boolean inUse =
        api.all(HttpApiPart.STAGE).values().stream()
            .anyMatch(stage -> stage.path("deploymentId").asText().equals(deploymentId));
    if (deployment != null && deployment.get("autoDeployed").asBoolean() && !inUse) {
      api.all(HttpApiPart.DEPLOYMENT).remove(deploymentId);
      api.deployed().remove(deploymentId);
    }
  }

  /**
   * The API of the input.
   *
   * @throws AwsException when there is no such API
   */
  private static HttpApi require(Map<String, HttpApi> all, Input input) {
    String id = input.requiredText("apiId");
    HttpApi api = all.get(id);
    if (api == null) {
      throw HttpApiErrors.notFound("API", id);
    }
    return api;
  }
}
