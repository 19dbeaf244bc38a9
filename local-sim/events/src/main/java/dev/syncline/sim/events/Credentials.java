// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The credentials of a client. A signature takes precedence over a key, a key over a token. Never
 * printed: {@code toString} gives the kind only. Immutable.
 */
public sealed interface Credentials {

  /** An API key, as {@code x-api-key}. */
  record Key(String value) implements Credentials {
    @Override
    public String toString() {
      return "an API key";
    }
  }

  /**
   * A Signature Version 4, as {@code Authorization}.
   *
   * @param headers every header sent with it, names in lower case: the signature lists those that
   *     it signs
   */
  record Signature(String authorization, Map<String, String> headers) implements Credentials {
    /** Copies the map. */
    public Signature {
      headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
      return "a signature";
    }
  }

  /** Any other {@code Authorization}: a JSON web token or a token for a Lambda authorizer. */
  record Token(String value) implements Credentials {
    @Override
    public String toString() {
      return "a token";
    }
  }

  /** No credentials. */
  record None() implements Credentials {}

  /** Reads them from headers, names in lower case. */
  static Credentials of(Map<String, String> headers) {
    String authorization = headers.getOrDefault("authorization", "");
    if (authorization.startsWith("AWS4-HMAC-SHA256")) {
      return new Signature(authorization, headers);
    }
    String key = headers.getOrDefault("x-api-key", "");
    if (!key.isBlank()) {
      return new Key(key);
    }
    return authorization.isBlank() ? new None() : new Token(authorization);
  }

  /**
   * Reads them from a JSON object whose members are headers, as in the {@code header-…} subprotocol
   * and in {@code authorization} of a frame. Any other value has no credentials.
   */
  static Credentials of(JsonNode headers) {
    return of(headers(headers));
  }

  /** The text members of a JSON object of headers, names in lower case. */
  static Map<String, String> headers(JsonNode object) {
    var headers = new HashMap<String, String>();
    object
        .properties()
        .forEach(
            entry -> {
              if (entry.getValue().isTextual()) {
                headers.putIfAbsent(
                    entry.getKey().toLowerCase(Locale.ROOT), entry.getValue().textValue());
              }
            });
    return headers;
  }
}
