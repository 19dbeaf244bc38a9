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
        providers.stream().map(TestApi::provider).toList(),
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

  private static AuthProvider provider(AuthMode mode) {
    return switch (mode) {
      case API_KEY -> new AuthProvider.ApiKeys();
      case AWS_IAM -> new AuthProvider.Iam();
      case AMAZON_COGNITO_USER_POOLS -> new AuthProvider.Cognito("pool", "us-east-1", null);
      case OPENID_CONNECT ->
          new AuthProvider.OpenIdConnect("https://issuer", null, Duration.ZERO, Duration.ZERO);
      case AWS_LAMBDA -> new AuthProvider.Lambda("arn", Duration.ZERO, null);
    };
  }
}
