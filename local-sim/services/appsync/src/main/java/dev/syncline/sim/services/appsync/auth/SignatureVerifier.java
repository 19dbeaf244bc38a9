// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.auth;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.events.AuthDecision;
import dev.syncline.sim.events.AuthMode;
import dev.syncline.sim.events.AuthRequest;
import dev.syncline.sim.events.Credentials;
import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.service.contract.AccessKeys;
import dev.syncline.sim.service.contract.AccessKeys.AccessKey;
import dev.syncline.sim.service.contract.AccessKeys.SessionFacts;
import dev.syncline.sim.service.settings.SignatureCheck;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Verifies signatures of {@code POST /event} and of {@code /graphql}: over the body of an HTTP
 * request; for a frame, over each form in which known clients write its body. The signed host
 * counts. IAM policies are not evaluated here.
 *
 * <p>The age of a signature is not checked, because the simulator's time may be ahead of its
 * clients'. Thread-safe.
 */
record SignatureVerifier(
    AccessKeys keys, SignatureCheck check, String account, String region, SignatureRules rules) {
  private static final String REALTIME = "/realtime";
  private static final String SERVICE = "appsync";
  private static final String COGNITO = "cognito-identity.amazonaws.com:";

  AuthDecision verify(
      Credentials.Signature shown, AuthRequest request, List<String> hosts, Instant now) {
    Optional<SignatureV4> parsed = SignatureV4.parse(shown.authorization());
    if (parsed.isEmpty()) {
      return rules.words().malformed("The Authorization is not a well-formed Signature Version 4");
    }
    SignatureV4 signature = parsed.get();
    String timestamp = shown.headers().getOrDefault("x-amz-date", "");
    if (!signature.service().equals(SERVICE) || !signature.region().equals(region)) {
      return rules
          .words()
          .foreign(
              "the signature is for "
                  + signature.service()
                  + " in "
                  + signature.region()
                  + ", not for "
                  + SERVICE
                  + " in "
                  + region);
    }
    if (!timestamp.startsWith(signature.date() + "T")) {
      return rules.words().malformed("x-amz-date is missing or not of the day that was signed");
    }
    if (!signature.signedHeaders().contains("host")) {
      return rules.words().malformed("The signature does not cover the header host");
    }
    Optional<AccessKey> known = keys.find(signature.keyId());
    if (known.isEmpty()) {
      return check == SignatureCheck.STRUCTURE
          ? granted(stranger(signature.keyId()), request)
          : rules
              .words()
              .unknownKey(
                  "the access key "
                      + signature.keyId()
                      + " is not one that the simulator issued or has in its settings");
    }
    AccessKey key = known.get();
    if (!key.valid(now)) {
      return rules
          .words()
          .expiredKey("the access key " + key.id() + " expired at " + key.expires());
    }
    String token = shown.headers().get("x-amz-security-token");
    if (key.sessionToken() != null && !key.sessionToken().equals(token)) {
      return rules
          .words()
          .unknownKey(
              "the session token of " + key.id() + " is missing or not the one that was issued");
    }
    return made(signature, key, timestamp, shown.headers(), request, hosts)
        ? granted(key, request)
        : rules.words().mismatch("the signature of " + key.id() + " is not that of this request");
  }

  /**
   * Clients sign the HTTP host, the realtime host or their own address with its port; the host in
   * the credentials is tried first. The path is that of HTTP requests, also for a connection:
   * AWS's, or the path of the client's own address.
   */
  private boolean made(
      SignatureV4 signature,
      AccessKey key,
      String timestamp,
      Map<String, String> headers,
      AuthRequest request,
      List<String> hosts) {
    Set<String> candidates = new LinkedHashSet<>();
    Optional.ofNullable(headers.get("host")).ifPresent(candidates::add);
    candidates.addAll(hosts);
    for (String host : candidates) {
      var complete = new HashMap<>(headers);
      complete.put("host", host);
      for (String path :
          new LinkedHashSet<>(
              List.of(rules.signed(request.caller().path()), signed(request.caller().path())))) {
        AuthRequest.Caller caller = request.caller();
        var target = new SignatureV4.Target(caller.signedMethod(), path, caller.signedQuery());
        for (String body : request.signedBodies()) {
          if (signature.made(key.secret(), timestamp, target, complete, body)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private String signed(String path) {
    return path.endsWith(rules.path() + REALTIME)
        ? path.substring(0, path.length() - REALTIME.length())
        : path;
  }

  private AccessKey stranger(String keyId) {
    return new AccessKey(
        keyId, "", null, Arn.aws("iam", "", account, "user/" + keyId), keyId, null);
  }

  /** Members as the Event API guide's page on the context object lists them. */
  private AuthDecision granted(AccessKey key, AuthRequest request) {
    ObjectNode identity = JsonNodeFactory.instance.objectNode();
    identity.put("accountId", account);
    Map<String, List<String>> pool =
        Optional.ofNullable(key.session()).map(SessionFacts::providerKeys).orElse(Map.of());
    List<String> methods = pool.getOrDefault(COGNITO + "amr", List.of());
    identity.put("cognitoIdentityPoolId", first(pool.get(COGNITO + "aud")));
    identity.put("cognitoIdentityId", first(pool.get(COGNITO + "sub")));
    identity.putArray("sourceIp").add(request.caller().sourceIp());
    identity.put("username", key.userId()).put("userArn", key.principalArn());
    identity.put("cognitoIdentityAuthType", first(methods));
    identity.put("cognitoIdentityAuthProvider", providers(methods));
    return new AuthDecision.Granted(AuthMode.AWS_IAM, identity, key.id());
  }

  private static @Nullable String first(@Nullable List<String> values) {
    return values == null || values.isEmpty() ? null : values.getFirst();
  }

  /** Each one quoted, as AppSync shows them; the first method is no provider. */
  private static @Nullable String providers(List<String> methods) {
    return methods.size() < 2
        ? null
        : methods.stream()
            .skip(1)
            .map(method -> '"' + method + '"')
            .collect(Collectors.joining(","));
  }
}
