// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.oauth;

import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.services.cognito.pool.AppClient;
import dev.syncline.sim.services.cognito.pool.PoolStore;
import dev.syncline.sim.services.cognito.pool.UserPool;
import dev.syncline.sim.services.cognito.token.ClientSecrets;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Finds the client that makes a request, by Basic authentication or by the form. Thread-safe. */
record OAuthClients(PoolStore store) {
  /** The client of that id in the pool. */
  Optional<AppClient> find(UserPool pool, String id) {
    return store.findClient(id).filter(client -> client.poolId().equals(pool.id()));
  }

  /**
   * The client that proves itself.
   *
   * @throws OAuthRefusal {@code invalid_request} without a client, {@code invalid_client}
   */
  AppClient authenticated(UserPool pool, HttpRequest request, OAuthParameters form)
      throws OAuthRefusal {
    String id = form.text("client_id");
    String secret = form.text("client_secret");
    Optional<String> header = request.headers().first("authorization");
    if (header.isPresent()) {
      String[] pair = basic(header.get());
      if (!id.isEmpty() && !id.equals(pair[0])) {
        throw new OAuthRefusal("invalid_request", "client_id differs from the header");
      }
      id = pair[0];
      secret = pair[1];
    }
    if (id.isEmpty()) {
      throw new OAuthRefusal("invalid_request", "client_id is missing");
    }
    Optional<AppClient> client = find(pool, id);
    if (client.isEmpty() || !ClientSecrets.presents(client.get(), secret)) {
      throw new OAuthRefusal("invalid_client");
    }
    return client.get();
  }

  private static String[] basic(String header) throws OAuthRefusal {
    String scheme = "Basic ";
    if (header.regionMatches(true, 0, scheme, 0, scheme.length())) {
      try {
        byte[] plain = Base64.getDecoder().decode(header.substring(scheme.length()).strip());
        String[] pair = new String(plain, StandardCharsets.UTF_8).split(":", 2);
        if (pair.length == 2) {
          return pair;
        }
      } catch (IllegalArgumentException notBase64) {
        throw new OAuthRefusal("invalid_client");
      }
    }
    throw new OAuthRefusal("invalid_client");
  }
}
