// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.eventbridge;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** The authorization of a connection. Immutable. */
sealed interface ConnectionAuthorization {
  /** The type as the API spells it. */
  String type();

  /** A header of the given name. */
  record ApiKey(String name, String value) implements ConnectionAuthorization {
    static final String TYPE = "API_KEY";

    @Override
    public String type() {
      return TYPE;
    }

    Map.Entry<String, String> header() {
      return Map.entry(name, value);
    }

    @Override
    public String toString() {
      return "ApiKey[" + name + "]";
    }
  }

  /** HTTP Basic authentication. */
  record Basic(String username, String password) implements ConnectionAuthorization {
    static final String TYPE = "BASIC";

    @Override
    public String type() {
      return TYPE;
    }

    Map.Entry<String, String> header() {
      byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
      return Map.entry("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    @Override
    public String toString() {
      return "Basic[" + username + "]";
    }
  }

  /**
   * A token of the client-credentials grant, fetched when it is first needed.
   *
   * @param method GET, POST or PUT
   * @param parameters further parameters of the request for a token
   */
  record OAuth(
      String endpoint,
      String method,
      String clientId,
      String clientSecret,
      InvocationParameters parameters)
      implements ConnectionAuthorization {
    static final String TYPE = "OAUTH_CLIENT_CREDENTIALS";

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public String toString() {
      return "OAuth[" + endpoint + ", " + clientId + "]";
    }
  }
}
