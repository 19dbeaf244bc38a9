// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.eventbridge;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** How a connection proves who calls. Immutable. */
sealed interface Authorization {
  /** The type as the API spells it. */
  String type();

  /** The header that carries it. */
  Map.Entry<String, String> header();

  /** A header of the given name. */
  record ApiKey(String name, String value) implements Authorization {
    static final String TYPE = "API_KEY";

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Map.Entry<String, String> header() {
      return Map.entry(name, value);
    }

    @Override
    public String toString() {
      return "ApiKey[" + name + "]";
    }
  }

  /** HTTP Basic authentication. */
  record Basic(String username, String password) implements Authorization {
    static final String TYPE = "BASIC";

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Map.Entry<String, String> header() {
      byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
      return Map.entry("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    @Override
    public String toString() {
      return "Basic[" + username + "]";
    }
  }
}
