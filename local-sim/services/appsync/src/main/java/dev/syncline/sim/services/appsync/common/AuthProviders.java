// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.common;

import dev.syncline.sim.events.AuthMode;
import dev.syncline.sim.events.AuthProvider;
import dev.syncline.sim.kernel.BoundedPattern;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Input;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads {@code eventConfig.authProviders}. Source of members and bounds: the service's model. */
public final class AuthProviders {
  private static final int MAX_TTL_SECONDS = 3600;

  private AuthProviders() {}

  /**
   * Reads them.
   *
   * @throws AwsException naming the member that is missing or wrong
   */
  public static List<AuthProvider> read(Input config) {
    var providers = new ArrayList<AuthProvider>();
    Set<AuthProvider> seen = new HashSet<>();
    for (Input item : config.structures("authProviders")) {
      AppSyncErrors.onlySupported(
          item,
          "authProviders",
          List.of("authType", "cognitoConfig", "openIDConnectConfig", "lambdaAuthorizerConfig"));
      AuthProvider provider = provider(item);
      boolean single =
          !(provider instanceof AuthProvider.OpenIdConnect)
              && !(provider instanceof AuthProvider.Cognito);
      if (!seen.add(provider)
          || (single && providers.stream().anyMatch(other -> other.mode() == provider.mode()))) {
        throw AppSyncErrors.badRequest("'authProviders' has " + provider.mode() + " twice.");
      }
      providers.add(provider);
    }
    if (providers.isEmpty()) {
      throw AppSyncErrors.badRequest("'eventConfig.authProviders' is required.");
    }
    return providers;
  }

  private static AuthProvider provider(Input item) {
    String name = AppSyncErrors.required(item, "authType");
    AuthMode mode =
        AuthMode.named(name)
            .orElseThrow(
                () ->
                    AppSyncErrors.badRequest(
                        "'" + name + "' in 'authProviders' is not an authType."));
    requireOnly(item, mode);
    return switch (mode) {
      case API_KEY -> new AuthProvider.ApiKeys();
      case AWS_IAM -> new AuthProvider.Iam();
      case AMAZON_COGNITO_USER_POOLS -> {
        Input config = config(item, "cognitoConfig", mode);
        AppSyncErrors.onlySupported(
            config, "cognitoConfig", List.of("userPoolId", "awsRegion", "appIdClientRegex"));
        yield cognito(config);
      }
      case OPENID_CONNECT -> openIdConnect(config(item, "openIDConnectConfig", mode));
      case AWS_LAMBDA -> lambda(config(item, "lambdaAuthorizerConfig", mode), 0);
    };
  }

  /** Reads the provider of a user pool. */
  public static AuthProvider cognito(Input config) {
    return new AuthProvider.Cognito(
        AppSyncErrors.required(config, "userPoolId"),
        AppSyncErrors.required(config, "awsRegion"),
        pattern(config, "appIdClientRegex"));
  }

  /** Reads the provider of an OpenID Connect issuer. */
  public static AuthProvider openIdConnect(Input config) {
    AppSyncErrors.onlySupported(
        config, "openIDConnectConfig", List.of("issuer", "clientId", "iatTTL", "authTTL"));
    String issuer = AppSyncErrors.required(config, "issuer");
    try {
      URI address = URI.create(issuer);
      if (address.getHost() == null) {
        throw AppSyncErrors.badRequest("'issuer' must be an absolute URL, not '" + issuer + "'.");
      }
    } catch (IllegalArgumentException malformed) {
      throw AppSyncErrors.badRequest("'issuer' must be a URL, not '" + issuer + "'.");
    }
    return new AuthProvider.OpenIdConnect(
        issuer, pattern(config, "clientId"), millis(config, "iatTTL"), millis(config, "authTTL"));
  }

  /**
   * Reads the provider of a Lambda authorizer.
   *
   * @param defaultTtlSeconds how long an answer is cached when the configuration does not tell
   */
  public static AuthProvider lambda(Input config, int defaultTtlSeconds) {
    AppSyncErrors.onlySupported(
        config,
        "lambdaAuthorizerConfig",
        List.of("authorizerUri", "authorizerResultTtlInSeconds", "identityValidationExpression"));
    int ttl = config.integer("authorizerResultTtlInSeconds").orElse(defaultTtlSeconds);
    if (ttl < 0 || ttl > MAX_TTL_SECONDS) {
      throw AppSyncErrors.badRequest(
          "'authorizerResultTtlInSeconds' must be 0 to " + MAX_TTL_SECONDS + ", not " + ttl + ".");
    }
    return new AuthProvider.Lambda(
        AppSyncErrors.required(config, "authorizerUri"),
        Duration.ofSeconds(ttl),
        pattern(config, "identityValidationExpression"));
  }

  /**
   * The configuration that a mode needs.
   *
   * @throws AwsException when it is missing
   */
  public static Input config(Input item, String member, AuthMode mode) {
    return item.structure(member)
        .orElseThrow(
            () ->
                AppSyncErrors.badRequest(
                    "'" + member + "' is required for the authType " + mode + "."));
  }

  /** A configuration for another type than the provider's is a mistake, not to be ignored. */
  private static void requireOnly(Input item, AuthMode mode) {
    String own =
        switch (mode) {
          case API_KEY, AWS_IAM -> "";
          case AMAZON_COGNITO_USER_POOLS -> "cognitoConfig";
          case OPENID_CONNECT -> "openIDConnectConfig";
          case AWS_LAMBDA -> "lambdaAuthorizerConfig";
        };
    for (String member :
        List.of("cognitoConfig", "openIDConnectConfig", "lambdaAuthorizerConfig")) {
      if (!member.equals(own) && item.has(member)) {
        throw AppSyncErrors.badRequest(
            "'" + member + "' is not allowed with the authType " + mode + ".");
      }
    }
  }

  private static @Nullable String pattern(Input config, String member) {
    String pattern = config.text(member).filter(text -> !text.isEmpty()).orElse(null);
    if (pattern != null) {
      try {
        BoundedPattern.of(pattern);
      } catch (PatternSyntaxException malformed) {
        throw AppSyncErrors.badRequest("'" + member + "' is not a regular expression: " + pattern);
      }
    }
    return pattern;
  }

  private static Duration millis(Input config, String member) {
    long millis = config.longInteger(member).orElse(0);
    if (millis < 0) {
      throw AppSyncErrors.badRequest("'" + member + "' must not be negative.");
    }
    return Duration.ofMillis(millis);
  }
}
