// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.http;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The caller that the gateway authenticated, from {@code requestContext.authorizer} and {@code
 * requestContext.identity}, of REST APIs and of HTTP APIs in both payload formats. Immutable and
 * thread-safe.
 *
 * @param members by path, for example {@code authorizer.claims.sub}; strings, numbers and booleans
 */
public record CallerIdentity(Map<String, String> members) {

  /** No caller was authenticated. */
  public static final CallerIdentity NONE = new CallerIdentity(Map.of());

  /** Names that identify a token or a time, not the caller: they change with each sign-in. */
  private static final Set<String> VOLATILE_NAMES =
      Set.of(
          "exp",
          "iat",
          "nbf",
          "auth_time",
          "jti",
          "origin_jti",
          "event_id",
          "nonce",
          "at_hash",
          "integrationLatency",
          "requestId");

  private static final String AUTHORIZER = "authorizer.";

  public CallerIdentity {
    members = Map.copyOf(members);
  }

  /**
   * A text that identifies the caller; empty if the gateway did not authenticate.
   *
   * <ul>
   *   <li>A JWT or user pool: {@code iss} and {@code sub}; without {@code sub} the client id.
   *   <li>IAM: the ARN, and the Cognito identity, because users of an identity pool share a role.
   *   <li>A Lambda authorizer: {@code principalId}, and its context without members that identify a
   *       token or a time ({@code exp}, {@code iat}, {@code jti} …); or only the named members of
   *       the context.
   *   <li>An API key and a client certificate.
   * </ul>
   *
   * @param contextNames the members of a Lambda authorizer's context that identify the caller;
   *     empty for all
   */
  public String scope(Set<String> contextNames) {
    TreeMap<String, String> chosen = new TreeMap<>();
    claims("authorizer.claims.", chosen);
    claims("authorizer.jwt.claims.", chosen);
    for (String name :
        new String[] {
          "authorizer.iam.userArn",
          "authorizer.iam.cognitoIdentity.identityId",
          "identity.userArn",
          "identity.cognitoIdentityId",
          "identity.apiKeyId",
          "identity.clientCert.issuerDN",
          "identity.clientCert.subjectDN",
          "authentication.clientCert.issuerDN",
          "authentication.clientCert.subjectDN"
        }) {
      take(name, chosen);
    }
    if (!chosen.containsKey("identity.userArn")) {
      take("identity.caller", chosen);
    }
    if (!chosen.containsKey("authorizer.iam.userArn")) {
      take("authorizer.iam.callerId", chosen);
    }
    context(contextNames, chosen);
    StringBuilder text = new StringBuilder();
    // The lengths separate names and values, which may contain any character.
    chosen.forEach(
        (name, value) ->
            text.append(name)
                .append('=')
                .append(value.length())
                .append(':')
                .append(value)
                .append('\n'));
    return text.toString();
  }

  private void claims(String prefix, Map<String, String> chosen) {
    Set<String> names = names(prefix);
    if (names.isEmpty()) {
      return;
    }
    take(prefix + "iss", chosen);
    for (String name : new String[] {"sub", "client_id", "username", "cognito:username"}) {
      if (take(prefix + name, chosen)) {
        return;
      }
    }
    // Unknown claims: use all of them, so that callers do not share one scope.
    names.stream()
        .filter(name -> !VOLATILE_NAMES.contains(name))
        .forEach(name -> take(prefix + name, chosen));
  }

  /** A Lambda authorizer's members: next to {@code principalId}, or under {@code lambda}. */
  private void context(Set<String> wanted, Map<String, String> chosen) {
    take("authorizer.principalId", chosen);
    for (String prefix : new String[] {AUTHORIZER, "authorizer.lambda."}) {
      for (String name : names(prefix)) {
        boolean known =
            name.startsWith("claims.")
                || name.startsWith("jwt.")
                || name.startsWith("iam.")
                || name.startsWith("lambda.")
                || name.startsWith("scopes");
        boolean chosenName =
            wanted.isEmpty() ? !VOLATILE_NAMES.contains(name) : wanted.contains(name);
        if (chosenName && !(prefix.equals(AUTHORIZER) && known)) {
          take(prefix + name, chosen);
        }
      }
    }
  }

  private Set<String> names(String prefix) {
    Set<String> names = new LinkedHashSet<>();
    for (String path : members.keySet()) {
      if (path.startsWith(prefix)) {
        names.add(path.substring(prefix.length()));
      }
    }
    return names;
  }

  private boolean take(String path, Map<String, String> chosen) {
    String value = members.getOrDefault(path, "");
    if (value.isEmpty()) {
      return false;
    }
    chosen.put(path, value);
    return true;
  }

  /** Omits the members, which are personal data. */
  @Override
  public String toString() {
    return "CallerIdentity[" + members.size() + " members]";
  }
}
