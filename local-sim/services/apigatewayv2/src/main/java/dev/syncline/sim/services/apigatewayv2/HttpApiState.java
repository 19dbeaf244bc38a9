// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.state.Blobs;
import dev.syncline.sim.service.state.SavedForm;
import dev.syncline.sim.service.state.ServiceState;
import java.util.List;
import java.util.Map;

/**
 * HTTP APIs with their parts and deployments, as they are saved. Throttles and cached answers of
 * authorizers start again. Thread-safe.
 */
record HttpApiState(HttpApiStore store) implements ServiceState {
  private record Saved(List<SavedApi> apis) {}

  private record SavedApi(
      ObjectNode json,
      Map<HttpApiPart, Map<String, ObjectNode>> parts,
      Map<String, ObjectNode> deployed) {}

  @Override
  public JsonNode save(Blobs blobs) {
    return store.locked(
        apis ->
            SavedForm.PLAIN.write(
                new Saved(
                    apis.values().stream()
                        .map(api -> new SavedApi(api.json(), api.parts(), api.deployed()))
                        .toList())));
  }

  @Override
  public void restore(JsonNode saved, Blobs blobs) {
    Saved all = SavedForm.PLAIN.read(saved, Saved.class);
    store.locked(
        apis -> {
          for (SavedApi one : all.apis()) {
            HttpApi api = HttpApi.of(one.json());
            one.parts().forEach((part, parts) -> api.all(part).putAll(parts));
            api.deployed().putAll(one.deployed());
            apis.put(api.id(), api);
            store.serve(api);
          }
          return all;
        });
  }
}
