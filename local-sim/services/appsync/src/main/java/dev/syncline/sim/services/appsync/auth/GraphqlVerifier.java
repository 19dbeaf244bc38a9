// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.events.ApiKey;
import dev.syncline.sim.events.AuthDecision;
import dev.syncline.sim.events.AuthMode;
import dev.syncline.sim.events.AuthProvider;
import dev.syncline.sim.events.AuthRequest;
import dev.syncline.sim.events.Credentials;
import dev.syncline.sim.events.EventOperation;
import dev.syncline.sim.events.JsonText;
import dev.syncline.sim.events.Refusal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.contract.AccessKeys;
import dev.syncline.sim.service.settings.SignatureCheck;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Verifies the credentials of requests to GraphQL APIs. The form of the credential chooses the
 * mode: a signature is for IAM, {@code x-api-key} for API keys, a JSON web token for the user pool
 * or issuer that it names, any other token for the Lambda authorizer. Texts of the refusals: as
 * users of AppSync report them. Thread-safe. Blocks while an authorizer runs.
 */
public final class GraphqlVerifier {
  private static final int MAX_CONTEXT_BYTES = 5 * 1024 * 1024;

  private final SimClock clock;
  private final SignatureVerifier signatures;
  private final TokenVerifier tokens;
  private final LambdaAuthorizer functions;
  private final String account;

  /**
   * A verifier.
   *
   * @param issuer built in, for tokens of user pools
   * @param function calls authorizers
   */
  public GraphqlVerifier(
      SimClock clock,
      AccessKeys keys,
      SignatureCheck check,
      TokenIssuer issuer,
      FunctionCall function,
      String account,
      String region) {
    this.clock = clock;
    this.signatures = new SignatureVerifier(keys, check, account, region, SignatureRules.GRAPHQL);
    this.tokens = new TokenVerifier(new IssuerKeys(issuer));
    this.functions = new LambdaAuthorizer(function);
    this.account = account;
  }

  /**
   * What is verified of an API. Immutable.
   *
   * @param hosts at which the API answers
   * @param providers the primary one first
   * @param keys by id
   * @param deniesByDefault whether the primary user pool has the default action DENY
   */
  public record Api(
      String apiId,
      List<String> hosts,
      List<AuthProvider> providers,
      Map<String, ApiKey> keys,
      boolean deniesByDefault) {
    /** Copies the collections. */
    public Api {
      hosts = List.copyOf(hosts);
      providers = List.copyOf(providers);
      keys = Map.copyOf(keys);
    }

    private boolean has(AuthMode mode) {
      return providers.stream().anyMatch(provider -> provider.mode() == mode);
    }

    private boolean hasTokens() {
      return has(AuthMode.AMAZON_COGNITO_USER_POOLS) || has(AuthMode.OPENID_CONNECT);
    }
  }

  /** Decides at the present time. */
  public GraphqlAdmission verify(Api api, GraphqlCall call) {
    return switch (call.credentials()) {
      case Credentials.None none -> refused(missing(api));
      case Credentials.Key key -> key(api, key, call);
      case Credentials.Signature signature -> signature(api, signature, call);
      case Credentials.Token token -> token(api, token.value(), call);
    };
  }

  private static Refusal missing(Api api) {
    String reason = "no credential was presented";
    return switch (api.providers().getFirst().mode()) {
      case API_KEY -> Refusal.unauthorized(reason);
      case AWS_IAM -> unauthorized("Missing authorization header", reason);
      case AMAZON_COGNITO_USER_POOLS, OPENID_CONNECT, AWS_LAMBDA ->
          unauthorized("Valid authorization header not provided.", reason);
    };
  }

  private GraphqlAdmission key(Api api, Credentials.Key presented, GraphqlCall call) {
    if (!api.has(AuthMode.API_KEY)) {
      String authorization = call.caller().headers().getOrDefault("authorization", "");
      return authorization.isBlank()
          ? refused(
              api.hasTokens()
                  ? missing(api)
                  : Refusal.unauthorized("the API does not accept API keys"))
          : token(api, authorization, call);
    }
    ApiKey key = api.keys().get(presented.value());
    if (key == null) {
      return refused(Refusal.unauthorized("the API key is not one of this API"));
    }
    if (!key.valid(clock.now())) {
      return refused(Refusal.unauthorized("the API key expired at " + key.expires()));
    }
    return new GraphqlAdmission.Admitted(
        new GraphqlCaller(AuthMode.API_KEY, NullNode.instance, Set.of(), Set.of(), null));
  }

  private GraphqlAdmission signature(Api api, Credentials.Signature shown, GraphqlCall call) {
    if (!api.has(AuthMode.AWS_IAM)) {
      String reason = "the API does not accept signatures";
      return refused(
          api.hasTokens()
              ? unauthorized("Unable to parse JWT token.", reason)
              : Refusal.unauthorized(reason));
    }
    AuthDecision decision = signatures.verify(shown, request(call), api.hosts(), clock.now());
    String key = decision instanceof AuthDecision.Granted granted ? granted.accessKeyId() : null;
    return admission(
        decision,
        identity ->
            new GraphqlCaller(
                AuthMode.AWS_IAM,
                identity,
                Set.of(),
                Set.of(),
                identity.path("userArn").asText(),
                key));
  }

  private GraphqlAdmission token(Api api, String token, GraphqlCall call) {
    Instant now = clock.now();
    Optional<TokenVerifier.Issued> issued = TokenVerifier.read(token);
    if (issued.isPresent() && api.hasTokens()) {
      return issued(api, issued.get(), call, now);
    }
    for (AuthProvider provider : api.providers()) {
      if (provider instanceof AuthProvider.Lambda authorizer) {
        return admission(
            functions.decide(authorizer, token, new Question(api.apiId(), token, call), now),
            answer ->
                new GraphqlCaller(
                    AuthMode.AWS_LAMBDA,
                    answer.path("identity"),
                    Set.of(),
                    texts(answer.path("deniedFields")),
                    null));
      }
    }
    String reason = "the token is not a JSON web token, and the API has no Lambda authorizer";
    return refused(
        api.hasTokens()
            ? unauthorized("Unable to parse JWT token.", reason)
            : Refusal.unauthorized("the API does not accept tokens"));
  }

  /** A token is not offered to the Lambda authorizer of an API that also verifies tokens itself. */
  private GraphqlAdmission issued(
      Api api, TokenVerifier.Issued token, GraphqlCall call, Instant now) {
    for (AuthProvider provider : api.providers()) {
      if (provider instanceof AuthProvider.Cognito pool && tokens.by(token, pool.issuer())) {
        return expired(token, now)
            .orElseGet(
                () ->
                    admission(
                        tokens.verify(token, pool, request(call), now),
                        identity -> cognito(api, identity)));
      }
      if (provider instanceof AuthProvider.OpenIdConnect connect
          && tokens.by(token, connect.issuer())) {
        return expired(token, now)
            .orElseGet(
                () ->
                    admission(
                        tokens.verify(token, connect, request(call), now),
                        identity ->
                            new GraphqlCaller(
                                AuthMode.OPENID_CONNECT, identity, Set.of(), Set.of(), null)));
      }
    }
    return refused(Refusal.unauthorized("no provider of the API has the issuer " + token.issuer()));
  }

  private static Optional<GraphqlAdmission> expired(TokenVerifier.Issued token, Instant now) {
    var expires = token.claims().getExpirationTime();
    return expires == null || now.isBefore(expires.toInstant())
        ? Optional.empty()
        : Optional.of(
            refused(
                unauthorized("Token has expired.", "the token expired at " + expires.toInstant())));
  }

  private static GraphqlCaller cognito(Api api, ObjectNode identity) {
    identity.put("defaultAuthStrategy", api.deniesByDefault() ? "DENY" : "ALLOW");
    return new GraphqlCaller(
        AuthMode.AMAZON_COGNITO_USER_POOLS,
        identity,
        texts(identity.path("groups")),
        Set.of(),
        null);
  }

  private static GraphqlAdmission admission(
      AuthDecision decision, Function<ObjectNode, GraphqlCaller> caller) {
    return switch (decision) {
      case Refusal refusal -> refused(refusal);
      case AuthDecision.Granted granted -> {
        ObjectNode identity = granted.identity();
        yield new GraphqlAdmission.Admitted(
            caller.apply(identity == null ? JsonNodeFactory.instance.objectNode() : identity));
      }
    };
  }

  private static AuthRequest request(GraphqlCall call) {
    return new AuthRequest(
        EventOperation.PUBLISH, call.credentials(), call.caller(), null, call.signedBodies());
  }

  private static Set<String> texts(JsonNode array) {
    var texts = new HashSet<String>();
    array.forEach(element -> texts.add(element.asText()));
    return texts;
  }

  private static GraphqlAdmission refused(Refusal refusal) {
    return new GraphqlAdmission.Refused(refusal);
  }

  private static Refusal unauthorized(String message, String reason) {
    return new Refusal(401, "UnauthorizedException", message, reason);
  }

  /** What a Lambda authorizer is asked. Source: the guide's page on authorization. */
  private final class Question implements LambdaAuthorizer.Form {
    private final String apiId;
    private final String token;
    private final GraphqlCall call;

    Question(String apiId, String token, GraphqlCall call) {
      this.apiId = apiId;
      this.token = token;
      this.call = call;
    }

    /** The answer is cached by the token alone. */
    @Override
    public String scope() {
      return apiId;
    }

    @Override
    public ObjectNode event() {
      ObjectNode event = JsonNodeFactory.instance.objectNode().put("authorizationToken", token);
      ObjectNode context =
          event
              .putObject("requestContext")
              .put("apiId", apiId)
              .put("accountId", account)
              .put("requestId", call.requestId())
              .put("queryString", call.query())
              .put("operationName", call.operationName());
      context.set("variables", call.variables());
      ObjectNode headers = event.putObject("requestHeaders");
      call.caller().headers().forEach(headers::put);
      return event;
    }

    @Override
    public AuthDecision granted(JsonNode answer) {
      JsonNode context = answer.path("resolverContext");
      if (JsonText.utf8Length(context.toString()) > MAX_CONTEXT_BYTES) {
        return Refusal.unauthorized(
            "the authorizer's resolverContext is larger than " + MAX_CONTEXT_BYTES + " bytes");
      }
      ObjectNode granted = JsonNodeFactory.instance.objectNode();
      granted
          .putObject("identity")
          .set(
              "resolverContext",
              context.isObject() ? context : JsonNodeFactory.instance.objectNode());
      granted.set("deniedFields", answer.path("deniedFields"));
      return new AuthDecision.Granted(AuthMode.AWS_LAMBDA, granted);
    }
  }
}
