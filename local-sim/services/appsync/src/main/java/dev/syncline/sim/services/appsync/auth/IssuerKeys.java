// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import dev.syncline.sim.service.http.OutsideHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The public keys of issuers. The built-in issuer acts as every user pool, which the simulator
 * could not reach, and as the issuer at its own path. The {@code .well-known/openid-configuration}
 * of another issuer is fetched, over the real network and in real time, and cached for {@link
 * #KEPT}. An issuer has five seconds for each whole answer. Thread-safe.
 */
final class IssuerKeys {
  private static final Duration KEPT = Duration.ofMinutes(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int MAX_ISSUERS = 100;
  private static final int MAX_BYTES = 256 * 1024;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TokenIssuer builtIn;
  private final Duration timeout;
  private final Map<String, Kept> byIssuer = new ConcurrentHashMap<>();

  IssuerKeys(TokenIssuer builtIn) {
    this(builtIn, TIMEOUT);
  }

  /** With another time-out, in real time. */
  IssuerKeys(TokenIssuer builtIn, Duration timeout) {
    this.builtIn = builtIn;
    this.timeout = timeout;
  }

  private record Kept(JWKSet keys, Instant until) {}

  JWKSet ofUserPool() {
    return builtIn.publicKeys();
  }

  /**
   * The keys of an issuer.
   *
   * @throws KeySourceException when they cannot be read, with the reason
   */
  JWKSet ofIssuer(String issuer, Instant now) throws KeySourceException {
    URI address = URI.create(issuer.endsWith("/") ? issuer : issuer + "/");
    if (address.getPath().equals(TokenIssuer.PATH + "/")) {
      return builtIn.publicKeys();
    }
    Kept kept = byIssuer.get(issuer);
    if (kept != null && now.isBefore(kept.until())) {
      return kept.keys();
    }
    try {
      JsonNode configuration =
          JSON.readTree(read(address.resolve(".well-known/openid-configuration")));
      String jwksUri = configuration.path("jwks_uri").asText();
      if (jwksUri.isEmpty()) {
        throw new KeySourceException("its openid-configuration has no jwks_uri");
      }
      JWKSet keys = JWKSet.parse(read(URI.create(jwksUri)));
      if (byIssuer.size() >= MAX_ISSUERS) {
        byIssuer.clear();
      }
      byIssuer.put(issuer, new Kept(keys, now.plus(KEPT)));
      return keys;
    } catch (IOException | ParseException | IllegalArgumentException failure) {
      throw new KeySourceException(String.valueOf(failure.getMessage()), failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new KeySourceException("interrupted", interrupted);
    }
  }

  private String read(URI address) throws IOException, InterruptedException, KeySourceException {
    var request = java.net.http.HttpRequest.newBuilder(address).GET().build();
    HttpResponse<byte[]> answer = OutsideHttp.exchange(request, timeout, MAX_BYTES);
    if (answer.statusCode() != 200) {
      throw new KeySourceException(address + " answered " + answer.statusCode());
    }
    return new String(answer.body(), StandardCharsets.UTF_8);
  }
}
