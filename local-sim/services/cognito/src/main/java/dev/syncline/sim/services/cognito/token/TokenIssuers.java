// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.token;

import dev.syncline.sim.service.settings.CognitoSettings;
import dev.syncline.sim.services.cognito.pool.PoolItems;
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
record TokenIssuers(
    PoolStore store, PoolItems items, CognitoSettings settings, Supplier<URI> endpoint) {
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
    return items.list(pool.id(), PoolItems.Kind.DOMAIN).stream()
        .findFirst()
        .map(
            domain ->
                domain(
                    pool,
                    domain.path("Domain").asText(),
                    !domain.path("CustomDomainConfig").isEmpty()));
  }

  private String domain(UserPool pool, String name, boolean custom) {
    if (settings.issuer() == CognitoSettings.Issuer.LOCAL) {
      return port() + "_aws/cognito/" + name;
    }
    return custom
        ? "https://" + name
        : "https://" + name + ".auth." + pool.region() + ".amazoncognito.com";
  }

  /** The pool that an issuer names; empty when this simulator has no such pool. */
  Optional<UserPool> pool(String issuer) {
    return store
        .findPool(issuer.substring(issuer.lastIndexOf('/') + 1))
        .filter(pool -> issuer.equals(pool.issuer()) || issuer.equals(of(pool)));
  }
}
