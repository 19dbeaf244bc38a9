// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.cognito.pool.AppClient;
import dev.syncline.sim.services.cognito.pool.CognitoErrors;
import dev.syncline.sim.services.cognito.pool.PoolStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The operations of refresh tokens. Thread-safe. */
record TokenOperations(PoolStore store, PoolTokenService tokens) {
  List<Operation> operations() {
    return List.of(
        Operation.of(
            "GetTokensFromRefreshToken: RefreshToken, ClientId, ClientSecret, DeviceKey,"
                + " ClientMetadata",
            this::refresh),
        Operation.of("RevokeToken: Token, ClientId, ClientSecret", this::revoke));
  }

  private Output refresh(Input input, CallContext context) {
    String token = input.requiredText("RefreshToken");
    String clientId = input.requiredText("ClientId");
    AppClient client =
        store.findClient(clientId).orElseThrow(() -> CognitoErrors.noClient(clientId));
    if (!ClientSecrets.presents(client, input.text("ClientSecret").orElse(""))) {
      throw TokenErrors.wrongSecret(clientId);
    }
    ObjectNode result = tokens.exchange(client, token, metadata(input));
    return Output.of(Json.object().set("AuthenticationResult", result));
  }

  private Output revoke(Input input, CallContext context) {
    String token = input.requiredText("Token");
    AppClient client =
        store
            .findClient(input.requiredText("ClientId"))
            .filter(known -> ClientSecrets.presents(known, input.text("ClientSecret").orElse("")))
            .orElseThrow(TokenErrors::invalidClientOrSecret);
    if (!client.revocation()) {
      throw TokenErrors.revocationOff();
    }
    tokens.revoke(client, token);
    return Output.empty();
  }

  private static Map<String, String> metadata(Input input) {
    var metadata = new LinkedHashMap<String, String>();
    input
        .node("ClientMetadata")
        .ifPresent(
            map ->
                map.properties()
                    .forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asText())));
    return metadata;
  }
}
