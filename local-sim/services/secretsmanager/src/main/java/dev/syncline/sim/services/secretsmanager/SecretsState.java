// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.secretsmanager;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.state.Blobs;
import dev.syncline.sim.service.state.SavedForm;
import dev.syncline.sim.service.state.ServiceState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The saved form of secrets, with their values in clear text. Thread-safe. */
record SecretsState(SecretStore store) implements ServiceState {
  private record SavedSecret(
      String name,
      String arn,
      Instant created,
      Map<String, String> tags,
      List<Secret.Version> versions,
      @Nullable String description,
      @Nullable String kmsKey,
      @Nullable String owningService,
      Instant changed,
      @Nullable Instant accessed,
      @Nullable Instant deleteOn,
      @Nullable String policy) {}

  @Override
  public JsonNode save(Blobs blobs) {
    return store.exclusively(
        () -> SavedForm.PLAIN.write(store.all().stream().map(SecretsState::saved).toList()));
  }

  @Override
  public void restore(JsonNode saved, Blobs blobs) {
    for (SavedSecret secret : SavedForm.PLAIN.read(saved, SavedSecret[].class)) {
      store.add(secret(secret));
    }
  }

  private static SavedSecret saved(Secret secret) {
    return new SavedSecret(
        secret.name,
        secret.arn,
        secret.created,
        secret.tags,
        List.copyOf(secret.versions.values()),
        secret.description,
        secret.kmsKey,
        secret.owningService,
        secret.changed,
        secret.accessed,
        secret.deleteOn,
        secret.policy);
  }

  private static Secret secret(SavedSecret saved) {
    var secret = new Secret(saved.name, saved.arn, saved.created);
    secret.tags.putAll(saved.tags);
    saved.versions.forEach(version -> secret.versions.put(version.id(), version));
    secret.description = saved.description;
    secret.kmsKey = saved.kmsKey;
    secret.owningService = saved.owningService;
    secret.changed = saved.changed;
    secret.accessed = saved.accessed;
    secret.deleteOn = saved.deleteOn;
    secret.policy = saved.policy;
    return secret;
  }
}
