// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which operations a credential permits. Denies by default: a credential must be verified
 * by a provider of the API, and its mode must be among those of the operation. A namespace's modes
 * replace the API's defaults. Thread-safe; has no state.
 */
public final class Authorizer {
  private Authorizer() {}

  /** Whether the mode that verified a credential may open a realtime connection. */
  public static AuthDecision connect(ApiConfig api, AuthDecision decision) {
    if (decision instanceof AuthDecision.Granted granted
        && !api.connectModes().contains(granted.mode())) {
      return Refusal.unauthorized(granted.mode() + " is not a connection mode of the API");
    }
    return decision;
  }

  /**
   * Whether this API accepts the credential, if no {@link Verifier} is needed; empty if a verifier
   * must decide.
   */
  public static Optional<AuthDecision> atOnce(ApiConfig api, Credentials credentials, Instant now) {
    return switch (credentials) {
      case Credentials.Key key -> Optional.of(apiKey(api, key, now));
      case Credentials.Signature signature -> asked(api, Set.of(AuthMode.AWS_IAM), signature);
      case Credentials.Token token ->
          asked(
              api,
              Set.of(
                  AuthMode.AMAZON_COGNITO_USER_POOLS, AuthMode.OPENID_CONNECT, AuthMode.AWS_LAMBDA),
              token);
      case Credentials.None none ->
          Optional.of(
              new Refusal(
                  401,
                  "UnauthorizedException",
                  "Missing authorization header",
                  "no credential was presented"));
    };
  }

  /** Whether this API accepts the credential. Blocks when {@code verifier} does. */
  public static AuthDecision authenticate(
      ApiConfig api, AuthRequest request, Verifier verifier, Instant now) {
    return atOnce(api, request.credentials(), now)
        .orElseGet(() -> verifier.verify(api, request, now));
  }

  /** Why a credential of that mode may not do the operation in the namespace; empty if it may. */
  public static Optional<Refusal> refusal(
      ApiConfig api,
      EventOperation operation,
      String namespace,
      AuthMode mode,
      EventsBehaviour behaviour) {
    NamespaceConfig config = api.namespaces().get(namespace);
    if (config == null) {
      String reason = "the API has no channel namespace '" + namespace + "'";
      return Optional.of(
          behaviour.unknownNamespaceNotFound()
              ? new Refusal(404, "NotFoundException", null, reason)
              : Refusal.forbidden(reason));
    }
    Set<AuthMode> modes =
        switch (operation) {
          case CONNECT -> api.connectModes();
          case PUBLISH -> narrowed(config.publishModes(), api.publishModes());
          case SUBSCRIBE -> narrowed(config.subscribeModes(), api.subscribeModes());
        };
    if (!modes.contains(mode)) {
      return Optional.of(
          Refusal.forbidden(
              mode + " may not " + operation + " in the channel namespace '" + namespace + "'"));
    }
    return Optional.empty();
  }

  private static Set<AuthMode> narrowed(Set<AuthMode> ofNamespace, Set<AuthMode> ofApi) {
    return ofNamespace.isEmpty() ? ofApi : ofNamespace;
  }

  private static AuthDecision apiKey(ApiConfig api, Credentials.Key presented, Instant now) {
    if (!api.providers().contains(AuthMode.API_KEY)) {
      return Refusal.unauthorized("the API does not accept API keys");
    }
    ApiKey key = api.keys().get(presented.value());
    if (key == null) {
      return Refusal.unauthorized("the API key is not one of this API");
    }
    if (!key.valid(now)) {
      return Refusal.unauthorized("the API key expired at " + key.expires());
    }
    return new AuthDecision.Granted(AuthMode.API_KEY);
  }

  private static Optional<AuthDecision> asked(
      ApiConfig api, Set<AuthMode> verifiers, Credentials credentials) {
    return verifiers.stream().anyMatch(api.providers()::contains)
        ? Optional.empty()
        : Optional.of(
            Refusal.unauthorized("the API does not accept the credential " + credentials));
  }
}
