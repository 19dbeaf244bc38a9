// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.auth;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.contract.TokenChecks;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Verifies tokens for other rooms. A user pool of the simulator has its own keys; the built-in
 * issuer acts as every other user pool and as the issuer at its own path. Thread-safe.
 */
public final class IssuedTokenChecks implements TokenChecks {
  private final SimClock clock;
  private final IssuerKeys keys;

  /** Checks with the keys of this issuer and of issuers on the network. */
  public IssuedTokenChecks(SimClock clock, TokenIssuer issuer) {
    this.clock = clock;
    this.keys = new IssuerKeys(issuer);
  }

  @Override
  public Result check(String token, String issuer) {
    Optional<TokenVerifier.Issued> read = TokenVerifier.read(token);
    if (read.isEmpty()) {
      return new Result.Invalid("the token is not a signed JSON web token with an issuer");
    }
    TokenVerifier.Issued issued = read.get();
    if (!keys.same(issued.issuer(), issuer)) {
      return new Result.Invalid("the issuer of the token is not " + issuer);
    }
    Instant now = clock.now();
    JWKSet published;
    try {
      published = isUserPool(issuer) ? keys.ofUserPool(issuer) : keys.ofIssuer(issuer, now);
    } catch (KeySourceException unreachable) {
      return new Result.Invalid(
          "the keys of " + issuer + " cannot be read: " + unreachable.getMessage());
    }
    return TokenVerifier.refusal(issued, published, now)
        .<Result>map(
            refusal ->
                new Result.Invalid(
                    refusal.reason(), refusal.reason().startsWith(TokenVerifier.EXPIRED)))
        .orElseGet(() -> new Result.Valid(TokenVerifier.json(issued.claims())));
  }

  private static boolean isUserPool(String issuer) {
    try {
      String host = URI.create(issuer).getHost();
      return host != null
          && host.toLowerCase(Locale.ROOT).matches("cognito-idp\\.[a-z0-9-]+\\.amazonaws\\.com");
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }
}
