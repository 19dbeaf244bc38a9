// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.token;

import dev.syncline.sim.service.settings.CognitoSettings;
import dev.syncline.sim.services.cognito.pool.PoolStore;
import dev.syncline.sim.services.cognito.pool.UserPool;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What {@code iss} names. Thread-safe.
 *
 * @param endpoint the URL of the port
 */
record TokenIssuers(PoolStore store, CognitoSettings settings, Supplier<URI> endpoint) {
  /** The issuer of a pool's tokens. */
  String of(UserPool pool) {
    return settings.issuer() == CognitoSettings.Issuer.LOCAL ? local(pool) : pool.issuer();
  }

  private String local(UserPool pool) {
    return port() + pool.id();
  }

  private String port() {
    String base = endpoint.get().toString();
    return base.endsWith("/") ? base : base + "/";
  }

  /** The URL of a pool's OAuth domain; empty when it has none. */
  Optional<String> domain(UserPool pool) {
    String custom = pool.setting("/CustomDomain").asText();
    String prefix = pool.setting("/Domain").asText();
    String name = custom.isEmpty() ? prefix : custom;
    if (name.isEmpty()) {
      return Optional.empty();
    }
    if (settings.issuer() == CognitoSettings.Issuer.LOCAL) {
      return Optional.of(port() + "_aws/cognito/" + name);
    }
    return Optional.of(
        custom.isEmpty()
            ? "https://" + prefix + ".auth." + pool.region() + ".amazoncognito.com"
            : "https://" + custom);
  }

  /** The pool that an issuer names; empty when this simulator has no such pool. */
  Optional<UserPool> pool(String issuer) {
    return store
        .findPool(issuer.substring(issuer.lastIndexOf('/') + 1))
        .filter(pool -> issuer.equals(pool.issuer()) || issuer.equals(of(pool)));
  }
}
