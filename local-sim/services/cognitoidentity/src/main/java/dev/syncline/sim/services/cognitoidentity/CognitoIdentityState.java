// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognitoidentity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.state.Blobs;
import dev.syncline.sim.service.state.SavedForm;
import dev.syncline.sim.service.state.ServiceState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The saved form of pools, identities and the key that signs tokens. Thread-safe. */
record CognitoIdentityState(IdentityPoolStore store, IdentityTokens tokens)
    implements ServiceState {
  private record Saved(
      List<IdentityPool> pools, List<PoolIdentity> identities, @Nullable String tokenKey) {}

  @Override
  public JsonNode save(Blobs blobs) {
    return store.exclusively(
        () ->
            SavedForm.PLAIN.write(
                new Saved(store.pools(), store.identities(), tokens.saved().orElse(null))));
  }

  @Override
  public void restore(JsonNode saved, Blobs blobs) {
    Saved all = SavedForm.PLAIN.read(saved, Saved.class);
    all.pools().forEach(store::add);
    all.identities().forEach(store::put);
    if (all.tokenKey() != null) {
      tokens.restore(all.tokenKey());
    }
  }
}
