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
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The public keys of issuers. A user pool of the simulator has its own. The built-in issuer acts as
 * every other user pool, which the simulator could not reach, and as the issuer at its own path.
 * The {@code .well-known/openid-configuration} of another issuer is fetched, over the real network
 * and in real time, and cached for {@link #KEPT}. An issuer has five seconds for each whole answer.
 * Thread-safe.
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
  private final Map<String, JWKSet> byDocument = new ConcurrentHashMap<>();

  IssuerKeys(TokenIssuer builtIn) {
    this(builtIn, TIMEOUT);
  }

  /** With another time-out, in real time. */
  IssuerKeys(TokenIssuer builtIn, Duration timeout) {
    this.builtIn = builtIn;
    this.timeout = timeout;
  }

  private record Kept(JWKSet keys, Instant until) {}

  /** The keys of a user pool; those of the built-in issuer for a pool that is not here. */
  JWKSet ofUserPool(String issuer) {
    return builtIn.poolKeys(issuer).map(this::parsed).orElseGet(builtIn::publicKeys);
  }

  /** Whether both name one issuer. A pool that is here may be named by its address on the port. */
  boolean same(String issuer, String configured) {
    String one = withoutSlash(issuer);
    String other = withoutSlash(configured);
    return one.equals(other)
        || (poolId(one).equals(poolId(other))
            && builtIn.poolKeys(one).isPresent()
            && builtIn.poolKeys(other).isPresent());
  }

  private static String withoutSlash(String issuer) {
    return issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
  }

  private static String poolId(String issuer) {
    return issuer.substring(issuer.lastIndexOf('/') + 1);
  }

  private JWKSet parsed(String document) {
    JWKSet known = byDocument.get(document);
    if (known != null) {
      return known;
    }
    if (byDocument.size() >= MAX_ISSUERS) {
      byDocument.clear();
    }
    try {
      JWKSet keys = JWKSet.parse(document);
      byDocument.put(document, keys);
      return keys;
    } catch (ParseException impossible) {
      throw new IllegalStateException("a pool's keys cannot be read", impossible);
    }
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
    Optional<String> pool = builtIn.poolKeys(withoutSlash(issuer));
    if (pool.isPresent()) {
      return parsed(pool.get());
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
