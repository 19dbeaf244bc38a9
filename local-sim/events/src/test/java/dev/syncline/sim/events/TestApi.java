// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An API with the namespaces default, closed (no mode that anyone has) and the key KEY. */
final class TestApi {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final String KEY = "da2-abcdefghijklmnopqrstuvwxyz";
  static final String EXPIRED = "da2-zzzzzzzzzzzzzzzzzzzzzzzzzz";
  static final Credentials GOOD = new Credentials.Key(KEY);

  private TestApi() {}

  static ApiConfig config() {
    return config(Set.of(AuthMode.API_KEY), Set.of(AuthMode.API_KEY));
  }

  static ApiConfig config(Set<AuthMode> providers, Set<AuthMode> modes) {
    return new ApiConfig(
        "api",
        providers,
        modes,
        modes,
        modes,
        Stream.of(
                new NamespaceConfig("default", Set.of(), Set.of()),
                new NamespaceConfig(
                    "closed", Set.of(AuthMode.AWS_IAM), Set.of(AuthMode.AWS_LAMBDA)))
            .collect(Collectors.toMap(NamespaceConfig::name, namespace -> namespace)),
        Map.of(
            KEY,
            new ApiKey(KEY, null, NOW.plus(Duration.ofDays(7))),
            EXPIRED,
            new ApiKey(EXPIRED, null, NOW)));
  }
}
