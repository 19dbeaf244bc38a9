// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.cognito.pool.CognitoErrors;
import dev.syncline.sim.services.cognito.pool.FactorPreferences;
import dev.syncline.sim.services.cognito.pool.PoolItems;
import dev.syncline.sim.services.cognito.pool.PoolUser;
import dev.syncline.sim.services.cognito.pool.UserFactors;
import dev.syncline.sim.services.cognito.pool.UserPool;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;

/** What administrators set of a user's factors and other identities. Thread-safe. */
record UserFactorOperations(CognitoParts parts) {
  private static final String IDENTITIES = "identities";
  private static final String NATIVE = "Cognito";

  List<Operation> operations() {
    return List.of(
        Operation.of(
            "AdminSetUserMFAPreference: UserPoolId, Username, " + FactorPreferences.MEMBERS,
            this::prefer),
        Operation.of("AdminSetUserSettings: UserPoolId, Username, MFAOptions", this::settings),
        Operation.of(
            "AdminLinkProviderForUser: UserPoolId, DestinationUser, SourceUser", this::link),
        Operation.of("AdminDisableProviderForUser: UserPoolId, User", this::unlink));
  }

  private Instant now() {
    return parts.clock().now();
  }

  private UserPool pool(Input input) {
    return parts.store().pool(input.requiredText("UserPoolId"));
  }

  private PoolUser user(UserPool pool, String name) {
    return parts.store().findUser(pool.id(), name, true).orElseThrow(CognitoErrors::noUser);
  }

  private Output factors(UserPool pool, PoolUser user, UserFactors factors) {
    parts.store().update(pool.id(), user.username(), before -> before.withFactors(factors, now()));
    return Output.empty();
  }

  private Output prefer(Input input, CallContext context) {
    UserPool pool = pool(input);
    PoolUser user = user(pool, input.requiredText("Username"));
    return factors(pool, user, FactorPreferences.apply(input, user));
  }

  /** The older operation knows codes by SMS only. */
  private Output settings(Input input, CallContext context) {
    UserPool pool = pool(input);
    PoolUser user = user(pool, input.requiredText("Username"));
    UserFactors before = user.factors();
    return factors(
        pool,
        user,
        new UserFactors(
            before.totpSecret(),
            before.totpVerified(),
            before.totpEnabled(),
            !input.structures("MFAOptions").isEmpty(),
            before.emailEnabled(),
            before.preferred()));
  }

  private Output link(Input input, CallContext context) {
    UserPool pool = pool(input);
    Input destination = input.structure("DestinationUser").orElseThrow();
    Input source = input.structure("SourceUser").orElseThrow();
    String provider = source.requiredText("ProviderName");
    ObjectNode known =
        parts
            .items()
            .find(pool.id(), PoolItems.Kind.PROVIDER, provider)
            .orElseThrow(
                () ->
                    CognitoErrors.invalidParameter(
                        "The provider "
                            + provider
                            + " does not exist for User Pool "
                            + pool.id()
                            + "."));
    PoolUser user = user(pool, destination.requiredText("ProviderAttributeValue"));
    String id = source.requiredText("ProviderAttributeValue");
    String key = provider + "\n" + id;
    if (parts.items().find(pool.id(), PoolItems.Kind.LINK, key).isPresent()) {
      throw CognitoErrors.invalidParameter("SourceUser is already linked to DestinationUser");
    }
    ArrayNode identities = identities(user);
    ObjectNode identity =
        identities
            .addObject()
            .put("userId", id)
            .put("providerName", provider)
            .put("providerType", known.path("ProviderType").asText());
    identity.putNull("issuer");
    identity.put("primary", false).put("dateCreated", now().toEpochMilli());
    parts
        .items()
        .put(pool.id(), PoolItems.Kind.LINK, key, Json.object().put("Username", user.username()));
    keep(pool, user, identities);
    return Output.empty();
  }

  private static ArrayNode identities(PoolUser user) {
    try {
      JsonNode known = Json.MAPPER.readTree(user.attributes().getOrDefault(IDENTITIES, "[]"));
      return known instanceof ArrayNode list ? list : Json.array();
    } catch (JsonProcessingException notJson) {
      throw new IllegalStateException("identities that are not JSON", notJson);
    }
  }

  private void keep(UserPool pool, PoolUser user, ArrayNode identities) {
    parts
        .store()
        .update(
            pool.id(),
            user.username(),
            before -> {
              var attributes = new LinkedHashMap<>(before.attributes());
              if (identities.isEmpty()) {
                attributes.remove(IDENTITIES);
              } else {
                attributes.put(IDENTITIES, Json.write(identities));
              }
              return before.withAttributes(attributes, now());
            });
  }

  private Output unlink(Input input, CallContext context) {
    UserPool pool = pool(input);
    Input asked = input.structure("User").orElseThrow();
    String provider = asked.requiredText("ProviderName");
    String id = asked.requiredText("ProviderAttributeValue");
    if (provider.equals(NATIVE)) {
      throw CognitoErrors.invalidParameter(
          "The simulator disables linked identities only, not users of the pool.");
    }
    String key = provider + "\n" + id;
    ObjectNode link =
        parts.items().find(pool.id(), PoolItems.Kind.LINK, key).orElseThrow(CognitoErrors::noUser);
    PoolUser user = user(pool, link.path("Username").asText());
    ArrayNode identities = Json.array();
    for (JsonNode identity : identities(user)) {
      boolean same =
          identity.path("providerName").asText().equals(provider)
              && identity.path("userId").asText().equals(id);
      if (!same) {
        identities.add(identity);
      }
    }
    parts.items().remove(pool.id(), PoolItems.Kind.LINK, key);
    keep(pool, user, identities);
    return Output.empty();
  }
}
