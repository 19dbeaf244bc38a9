// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.oauth;

import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.services.cognito.pool.PoolItems;
import dev.syncline.sim.services.cognito.pool.PoolStore;
import dev.syncline.sim.services.cognito.pool.UserPool;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the domain that a request is for: by {@code {prefix}.auth.{region}.amazoncognito.com}, or
 * by {@code /_aws/cognito/{domain or pool id}/…} on any host. Thread-safe.
 */
record OAuthSites(PoolStore store, PoolItems items) {
  private static final Pattern HOST =
      Pattern.compile("([a-z0-9-]+)\\.auth\\.([a-z0-9-]+)\\.amazoncognito\\.com");
  private static final Pattern PATH =
      Pattern.compile("(/_aws/cognito/([A-Za-z0-9_.-]{1,128}))(/.*)?");

  /** Whether a request is for a domain, also for one that does not exist. */
  static boolean claims(HttpRequest request) {
    return request.rawPath().startsWith("/_aws/cognito/")
        || HOST.matcher(request.hostName()).matches();
  }

  /** The domain; empty when no pool has it. */
  Optional<OAuthSite> find(HttpRequest request) {
    Matcher host = HOST.matcher(request.hostName());
    if (host.matches()) {
      return pool(host.group(1))
          .filter(pool -> pool.region().equals(host.group(2)))
          .map(pool -> new OAuthSite(pool, "", request.rawPath(), request));
    }
    Matcher path = PATH.matcher(request.rawPath());
    if (!path.matches()) {
      return Optional.empty();
    }
    String endpoint = path.group(3) == null ? "/" : path.group(3);
    return pool(path.group(2))
        .or(() -> store.findPool(path.group(2)))
        .map(pool -> new OAuthSite(pool, path.group(1), endpoint, request));
  }

  private Optional<UserPool> pool(String domain) {
    return items
        .anywhere(PoolItems.Kind.DOMAIN, domain)
        .flatMap(item -> store.findPool(item.poolId()));
  }
}
