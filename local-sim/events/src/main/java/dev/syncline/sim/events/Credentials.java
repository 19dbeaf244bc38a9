// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a client shows to prove who it is. A signature wins over a key, a key over a token. Never
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

  /** A Signature Version 4, as {@code Authorization}. */
  record Signature(String authorization) implements Credentials {
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

  /** Nothing. */
  record None() implements Credentials {}

  /** Reads them from headers; {@code header} looks a name up without regard to case. */
  static Credentials of(Function<String, Optional<String>> header) {
    Optional<String> authorization = header.apply("authorization").filter(v -> !v.isBlank());
    if (authorization.isPresent() && authorization.get().startsWith("AWS4-HMAC-SHA256")) {
      return new Signature(authorization.get());
    }
    Optional<String> key = header.apply("x-api-key").filter(v -> !v.isBlank());
    if (key.isPresent()) {
      return new Key(key.get());
    }
    return authorization.<Credentials>map(Token::new).orElseGet(None::new);
  }

  /**
   * Reads them from a JSON object whose members are headers, as in the {@code header-…} subprotocol
   * and in {@code authorization} of a frame. Anything but an object holds none.
   */
  static Credentials of(JsonNode headers) {
    return of(name -> member(headers, name));
  }

  /** A text member of a JSON object of headers, its name compared without regard to case. */
  static Optional<String> member(JsonNode headers, String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return headers.properties().stream()
        .filter(entry -> entry.getKey().toLowerCase(Locale.ROOT).equals(wanted))
        .filter(entry -> entry.getValue().isTextual())
        .map(entry -> entry.getValue().textValue())
        .findFirst();
  }
}
