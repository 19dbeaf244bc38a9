// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.oauth;

import dev.syncline.sim.services.cognito.pool.AppClient;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A request of {@code /oauth2/authorize} or {@code /login} whose client and redirect_uri are
 * registered: answers may go there. Immutable.
 *
 * @param redirectUri one of the client's, character by character
 * @param code whether a code is asked for, and not tokens
 * @param challenge PKCE's code_challenge; empty for none
 */
record AuthorizeRequest(
    AppClient client,
    String redirectUri,
    boolean code,
    List<String> scopes,
    String state,
    String nonce,
    String challenge,
    String prompt) {
  private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");

  /** A client with a redirect_uri of its own. */
  record Target(AppClient client, String redirectUri, boolean fragment, String state) {
    /** The address that tells an error. */
    String refusal(OAuthRefusal refusal) {
      return OAuthAnswers.with(
          redirectUri,
          fragment ? '#' : '?',
          parameters(
              "error",
              refusal.error(),
              "error_description",
              refusal.description(),
              "state",
              state));
    }
  }

  /**
   * Reads the rest of a request.
   *
   * @throws OAuthRefusal what the target is told
   */
  static AuthorizeRequest of(Target target, OAuthParameters parameters) throws OAuthRefusal {
    AppClient client = target.client();
    String type = parameters.text("response_type");
    if (!type.equals("code") && !type.equals("token")) {
      throw new OAuthRefusal("invalid_request", "response_type must be code or token");
    }
    boolean code = type.equals("code");
    if (!client.settings().path("AllowedOAuthFlowsUserPoolClient").asBoolean()
        || !client.texts("AllowedOAuthFlows").contains(code ? "code" : "implicit")) {
      throw new OAuthRefusal("unauthorized_client");
    }
    List<String> providers = client.texts("SupportedIdentityProviders");
    String provider = parameters.find("identity_provider").orElse("COGNITO");
    if (!provider.equals("COGNITO")) {
      throw new OAuthRefusal(
          "invalid_request",
          "The simulator does not sign in with the identity provider " + provider);
    }
    if (!providers.isEmpty() && !providers.contains("COGNITO")) {
      throw new OAuthRefusal(
          "invalid_request", "The client does not have the identity provider COGNITO");
    }
    String challenge = parameters.text("code_challenge");
    String method = parameters.text("code_challenge_method");
    if ((!challenge.isEmpty() && !method.equals("S256"))
        || (challenge.isEmpty() && !method.isEmpty())) {
      throw new OAuthRefusal("invalid_request", "code_challenge needs code_challenge_method=S256");
    }
    if (!challenge.isEmpty() && !CHALLENGE.matcher(challenge).matches()) {
      throw new OAuthRefusal("invalid_request", "code_challenge must have 43 characters");
    }
    return new AuthorizeRequest(
        client,
        target.redirectUri(),
        code,
        scopes(client, parameters.text("scope")),
        target.state(),
        parameters.text("nonce"),
        challenge,
        parameters.text("prompt"));
  }

  /**
   * The scopes asked for; every one of the client when none is named.
   *
   * @throws OAuthRefusal {@code invalid_scope}
   */
  static List<String> scopes(AppClient client, String text) throws OAuthRefusal {
    List<String> allowed = client.texts("AllowedOAuthScopes");
    List<String> asked =
        Arrays.stream(text.split(" ", -1)).filter(scope -> !scope.isEmpty()).distinct().toList();
    if (asked.isEmpty()) {
      return allowed;
    }
    if (!allowed.containsAll(asked)) {
      throw new OAuthRefusal("invalid_scope");
    }
    return asked;
  }

  Target target() {
    return new Target(client, redirectUri, !code, state);
  }

  /** Parameters from alternating names and values. */
  static Map<String, String> parameters(String... namesAndValues) {
    var parameters = new LinkedHashMap<String, String>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      parameters.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return parameters;
  }

  @Override
  public String toString() {
    return "AuthorizeRequest[" + client.id() + "]";
  }
}
