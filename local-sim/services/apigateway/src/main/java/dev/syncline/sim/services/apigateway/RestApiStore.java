// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Exclusive;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Output;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All REST APIs, and what their stages serve. Edits happen under a lock, one operation at a time;
 * the data plane reads immutable snapshots without one. Thread-safe.
 */
final class RestApiStore {
  private final Exclusive lock = new Exclusive();
  private final Map<String, RestApi> apis = new LinkedHashMap<>();
  private final Map<String, DeployedStage> served = new ConcurrentHashMap<>();
  private final ObjectNode account = JsonNodeFactory.instance.objectNode();

  RestApiStore() {
    account.putObject("throttleSettings").put("burstLimit", 5000).put("rateLimit", 10000.0);
    account.putArray("features").add("UsagePlans");
    account.put("apiKeyVersion", "4");
  }

  <T extends @Nullable Object> T locked(Function<Map<String, RestApi>, T> work) {
    return lock.call(() -> work.apply(apis));
  }

  /** Works on the API that the member {@code restApiId} names. */
  <T extends @Nullable Object> T with(Input input, Function<RestApi, T> work) {
    return with(input.requiredText("restApiId"), work);
  }

  /** Answers from the API that the member {@code restApiId} names. */
  Output answer(Input input, Function<RestApi, ObjectNode> work) {
    return Output.of(with(input, work));
  }

  /** Changes the API that the member {@code restApiId} names; the answer is empty. */
  Output change(Input input, Consumer<RestApi> work) {
    with(
        input,
        api -> {
          work.accept(api);
          return true;
        });
    return Output.empty();
  }

  <T extends @Nullable Object> T with(String id, Function<RestApi, T> work) {
    return locked(
        all -> {
          RestApi api = all.get(id);
          if (api == null) {
            throw GatewayErrors.notFound("API");
          }
          return work.apply(api);
        });
  }

  /** The policy of an API; empty for an API without one. */
  Optional<String> policy(String apiId) {
    return locked(
        all ->
            Optional.ofNullable(all.get(apiId))
                .map(api -> api.json.path("policy").asText())
                .filter(policy -> !policy.isEmpty()));
  }

  /** Whether there is a REST API with this identifier. */
  boolean has(String apiId) {
    return locked(all -> all.containsKey(apiId));
  }

  ObjectNode account() {
    return account;
  }

  /** Publishes what a stage now is to the data plane; called under the lock. */
  void serve(RestApi api, ObjectNode stage) {
    String name = stage.get("stageName").asText();
    DeployedApi snapshot = api.deployment(stage.get("deploymentId").asText()).snapshot();
    served.put(
        api.id + "/" + name,
        DeployedStage.of(name, stage.get("deploymentId").asText(), stage, snapshot));
  }

  void withdraw(RestApi api, String stageName) {
    served.remove(api.id + "/" + stageName);
  }

  /** A deployed stage; null if the API has no such stage. */
  @Nullable DeployedStage stage(String apiId, String stageName) {
    return served.get(apiId + "/" + stageName);
  }
}
