// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.http;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whom the gateway authenticated, as the members of {@code requestContext.authorizer} and {@code
 * requestContext.identity} say, of REST APIs and of HTTP APIs in both payload formats. Immutable
 * and thread-safe.
 *
 * @param members by path, for example {@code authorizer.claims.sub}; texts, numbers and booleans
 */
public record CallerIdentity(Map<String, String> members) {

  /** Nobody was authenticated. */
  public static final CallerIdentity NONE = new CallerIdentity(Map.of());

  /** Tell a token or a moment, not the person: a new sign-in would be another caller. */
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
   * One text for one caller; empty if the gateway authenticated nobody.
   *
   * <ul>
   *   <li>A JWT or user pool: {@code iss} and {@code sub}; without {@code sub} the client's id.
   *   <li>IAM: the ARN, and the Cognito identity, which many users of one role differ in.
   *   <li>A Lambda authorizer: {@code principalId}, and its whole context but for what tells a
   *       moment ({@code exp}, {@code iat}, {@code jti} …); or only the context's members that are
   *       named.
   *   <li>An API key and a client certificate.
   * </ul>
   *
   * @param contextNames which members of a Lambda authorizer's context tell callers apart; empty
   *     for all
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
    // The lengths keep names and values apart, whatever characters they hold.
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
    // Claims of no known kind: all of them, rather than one scope for everybody.
    names.stream()
        .filter(name -> !VOLATILE_NAMES.contains(name))
        .forEach(name -> take(prefix + name, chosen));
  }

  /** A Lambda authorizer's own members: beside {@code principalId}, or under {@code lambda}. */
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
        boolean chosenName = wanted.isEmpty() ? !VOLATILE_NAMES.contains(name) : wanted.contains(name);
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

  /** Never the members: they are personal data. */
  @Override
  public String toString() {
    return "CallerIdentity[" + members.size() + " members]";
  }
}
