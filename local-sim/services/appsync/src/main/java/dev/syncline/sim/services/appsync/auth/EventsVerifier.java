// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.auth;

import dev.syncline.sim.events.ApiConfig;
import dev.syncline.sim.events.AuthDecision;
import dev.syncline.sim.events.AuthProvider;
import dev.syncline.sim.events.AuthRequest;
import dev.syncline.sim.events.Credentials;
import dev.syncline.sim.events.EventsLimits;
import dev.syncline.sim.events.Refusal;
import dev.syncline.sim.events.Verifier;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.contract.AccessKeys;
import dev.syncline.sim.service.settings.SignatureCheck;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Verifies for every Event API. A token is checked by the provider whose issuer it names, any other
 * token by the Lambda authorizer. Thread-safe.
 */
public final class EventsVerifier implements Verifier {
  private final SignatureVerifier signatures;
  private final TokenVerifier tokens;
  private final LambdaAuthorizer functions;
  private final EventsAuthorizerForm form;
  private final Function<String, List<String>> hostsOfApi;

  /**
   * A verifier.
   *
   * @param issuer built in, for tokens of user pools
   * @param function calls authorizers
   * @param hostsOfApi the hosts at which the API of an id answers
   * @param limits limits of authorizers, and the choice of their input
   */
  public EventsVerifier(
      AccessKeys keys,
      SignatureCheck check,
      TokenIssuer issuer,
      FunctionCall function,
      Ids ids,
      Function<String, List<String>> hostsOfApi,
      String account,
      String region,
      EventsLimits limits) {
    this.signatures = new SignatureVerifier(keys, check, account, region, SignatureRules.EVENTS);
    this.tokens = new TokenVerifier(new IssuerKeys(issuer));
    this.functions = new LambdaAuthorizer(function);
    this.form = new EventsAuthorizerForm(ids, account, limits);
    this.hostsOfApi = hostsOfApi;
  }

  @Override
  public AuthDecision verify(ApiConfig api, AuthRequest request, Instant now) {
    return switch (request.credentials()) {
      case Credentials.Signature signature ->
          signatures.verify(signature, request, hostsOfApi.apply(api.apiId()), now);
      case Credentials.Token token -> token(api, token.value(), request, now);
      case Credentials.Key key -> Refusal.unauthorized("an API key is not verified here");
      case Credentials.None none -> Refusal.unauthorized("no credential was presented");
    };
  }

  private AuthDecision token(ApiConfig api, String token, AuthRequest request, Instant now) {
    Optional<TokenVerifier.Issued> issued = TokenVerifier.read(token);
    for (AuthProvider provider : api.authProviders()) {
      if (issued.isPresent()
          && provider instanceof AuthProvider.Cognito pool
          && tokens.by(issued.get(), pool.issuer())) {
        return tokens.verify(issued.get(), pool, request, now);
      }
      if (issued.isPresent()
          && provider instanceof AuthProvider.OpenIdConnect connect
          && tokens.by(issued.get(), connect.issuer())) {
        return tokens.verify(issued.get(), connect, request, now);
      }
    }
    for (AuthProvider provider : api.authProviders()) {
      if (provider instanceof AuthProvider.Lambda authorizer) {
        return functions.decide(authorizer, token, form.of(api, token, request), now);
      }
    }
    return Refusal.unauthorized(
        issued
            .map(found -> "no provider of the API has the issuer " + found.issuer())
            .orElse("the token is not a JSON web token, and the API has no Lambda authorizer"));
  }
}
