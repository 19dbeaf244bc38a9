// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.token;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.contract.UserPoolTokens;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.settings.CognitoSettings;
import dev.syncline.sim.service.state.SavedForm;
import dev.syncline.sim.services.cognito.pool.PoolItems;
import dev.syncline.sim.services.cognito.pool.PoolStore;
import dev.syncline.sim.services.cognito.pool.TriggerCalls;
import java.util.List;
import java.util.Map;

/** The tokens of the room: everything that is created once. Thread-safe. */
public final class TokenParts {
  /** Private keys, sessions and refresh tokens' digests; not the tokens. */
  private record Saved(
      Map<String, TokenKeys.SavedKeys> keys,
      List<TokenSession> sessions,
      List<TokenStore.Refresh> refreshTokens) {}

  private final TokenKeys keys;
  private final TokenStore sessions = new TokenStore();
  private final PoolTokenService service;
  private final PoolTokenContract contract;
  private final List<Operation> operations;
  private final TokenIssuers issuers;

  /** The tokens of the pools in {@code store}. */
  public TokenParts(
      ServiceContext context, PoolStore store, PoolItems items, TriggerCalls triggers) {
    this.issuers =
        new TokenIssuers(
            store,
            items,
            context.settings().get(CognitoSettings.class, CognitoSettings.DEFAULT),
            context.endpoint());
    this.keys = new TokenKeys(context.ids());
    this.service =
        new PoolTokenService(
            context.clock(),
            context.ids().split("tokens"),
            store,
            keys,
            sessions,
            issuers,
            new PreTokenTrigger(triggers));
    this.contract = new PoolTokenContract(keys, issuers);
    this.operations = new TokenOperations(store, service).operations();
  }

  /** Issues and verifies tokens. */
  public PoolTokenService service() {
    return service;
  }

  /** The keys for other rooms. */
  public UserPoolTokens contract() {
    return contract;
  }

  /** The operations of refresh tokens. */
  public List<Operation> operations() {
    return operations;
  }

  /** The documents that verifiers fetch. */
  public HttpEndpoint endpoint() {
    return new PoolKeyEndpoint(keys, issuers);
  }

  /** The saved form. */
  public JsonNode save() {
    return SavedForm.PLAIN.write(
        new Saved(keys.saved(), sessions.sessions(), sessions.refreshTokens()));
  }

  /** Restores the result of {@link #save}. */
  public void restore(JsonNode saved) {
    Saved read = SavedForm.PLAIN.read(saved, Saved.class);
    keys.restore(read.keys());
    read.sessions().forEach(sessions::add);
    read.refreshTokens().forEach(sessions::add);
  }
}
