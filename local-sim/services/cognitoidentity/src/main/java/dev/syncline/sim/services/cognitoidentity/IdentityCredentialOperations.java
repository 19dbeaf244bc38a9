// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognitoidentity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.contract.AccessKeys.AccessKey;
import dev.syncline.sim.service.contract.AssumableRoles;
import dev.syncline.sim.service.contract.SessionIssuer;
import dev.syncline.sim.services.cognitoidentity.IdentityLogins.Login;
import dev.syncline.sim.services.cognitoidentity.IdentityPool.PrincipalTagMap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Gives identities credentials and tokens. Credentials are those of a session of the identity's
 * role; AWS restricts a guest's session further, which is not simulated. Thread-safe.
 */
record IdentityCredentialOperations(
    SimClock clock,
    IdentityPoolStore store,
    IdentityLogins logins,
    Supplier<AssumableRoles> roles,
    IdentityTokens tokens,
    Supplier<SessionIssuer> sessions) {
  /** The web identity provider, as trust policies name it. */
  static final String PROVIDER = "cognito-identity.amazonaws.com";

  private static final String ID = "IdentityId";
  private static final String SESSION_NAME = "CognitoIdentityCredentials";
  private static final Duration LIFETIME = Duration.ofHours(1);

  List<Operation> operations() {
    return List.of(
        IdentityInput.operation(
            "GetCredentialsForIdentity: IdentityId, Logins, CustomRoleArn",
            List.of(ID),
            this::credentials),
        IdentityInput.operation("GetOpenIdToken: IdentityId, Logins", List.of(ID), this::token));
  }

  /**
   * A caller that proved to be an identity.
   *
   * @param logins none for a guest
   */
  private record Proven(IdentityPool pool, PoolIdentity identity, List<Login> logins) {
    /** The claim {@code amr}. */
    List<String> methods() {
      var methods = new ArrayList<String>();
      methods.add(logins.isEmpty() ? "unauthenticated" : "authenticated");
      logins.forEach(login -> methods.addAll(login.methods()));
      return methods;
    }

    Map<String, List<String>> keys() {
      return Map.of(
          PROVIDER + ":aud",
          List.of(pool.id()),
          PROVIDER + ":sub",
          List.of(identity.id()),
          PROVIDER + ":amr",
          methods());
    }

    /** Session tags by the pool's map of the first provider that has one. */
    Map<String, String> tags() {
      var tags = new TreeMap<String, String>();
      for (Login login : logins) {
        PrincipalTagMap map = pool.principalTags().get(login.provider());
        if (map != null) {
          map.effective()
              .forEach(
                  (tag, claim) -> {
                    JsonNode value = login.claims().path(claim);
                    if (value.isValueNode() && !value.asText().isEmpty()) {
                      tags.putIfAbsent(tag, value.asText());
                    }
                  });
        }
      }
      return tags;
    }
  }

  private Proven proven(Input input) {
    PoolIdentity identity = store.identity(input.requiredText(ID));
    IdentityPool pool = store.pool(identity.poolId());
    Map<String, String> given = input.textMap("Logins");
    if (given.isEmpty()) {
      if (!identity.logins().isEmpty() || identity.disabled()) {
        throw IdentityErrors.forbiddenIdentity(identity.id());
      }
      if (!pool.settings().guests()) {
        throw IdentityErrors.noGuests();
      }
      return new Proven(pool, identity, List.of());
    }
    List<Login> verified = logins.verify(pool, given);
    return new Proven(pool, linked(identity, IdentityLogins.subjects(verified)), verified);
  }

  /** A guest who signs in keeps the identity, unless the login has one already. */
  private PoolIdentity linked(PoolIdentity identity, Map<String, String> subjects) {
    Instant now = clock.now();
    return store.exclusively(
        () -> {
          if (identity.isOf(subjects)) {
            return store.put(store.identity(identity.id()).linked(subjects, now));
          }
          if (!identity.logins().isEmpty() || identity.disabled()) {
            throw IdentityErrors.otherLogins();
          }
          return store
              .withLogin(identity.poolId(), subjects)
              .orElseGet(() -> store.put(identity.linked(subjects, now)));
        });
  }

  private Output credentials(Input input) {
    Proven proven = proven(input);
    String role =
        IdentityRoleChoice.role(
            proven.pool(), proven.logins(), input.text("CustomRoleArn").orElse(null));
    Map<String, List<String>> keys = proven.keys();
    Map<String, String> tags = proven.tags();
    if (!roles.get().trustsWebIdentity(role, PROVIDER, keys)) {
      throw IdentityErrors.wrongConfiguration();
    }
    AccessKey key =
        sessions
            .get()
            .issue(
                new SessionIssuer.Session(
                    role, SESSION_NAME, LIFETIME, List.of(), tags, PROVIDER, keys));
    ObjectNode answer = Json.object().put(ID, proven.identity().id());
    ObjectNode credentials =
        answer
            .putObject("Credentials")
            .put("AccessKeyId", key.id())
            .put("SecretKey", key.secret())
            .put("SessionToken", key.sessionToken());
    Instant expires = key.expires();
    credentials.put(
        "Expiration", (expires == null ? clock.now().plus(LIFETIME) : expires).getEpochSecond());
    return Output.of(answer);
  }

  private Output token(Input input) {
    Proven proven = proven(input);
    if (Boolean.FALSE.equals(proven.pool().settings().classicFlow())) {
      throw IdentityErrors.classicFlowOff();
    }
    if (!proven.pool().roleMappings().isEmpty()) {
      throw IdentityErrors.classicFlowWithMappings();
    }
    PoolIdentity identity = proven.identity();
    return Output.of(
        Json.object()
            .put(ID, identity.id())
            .put("Token", tokens.token(identity, proven.methods())));
  }
}
