// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.cognito.pool.AppClient;
import dev.syncline.sim.services.cognito.pool.PoolUser;
import dev.syncline.sim.services.cognito.pool.TriggerCalls;
import dev.syncline.sim.services.cognito.pool.UserPool;
import dev.syncline.sim.services.cognito.trigger.LambdaTriggers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks the PreTokenGeneration trigger before tokens are issued. Thread-safe. */
record PreTokenTrigger(TriggerCalls triggers) {
  private static final String NAME = LambdaTriggers.PRE_TOKEN_GENERATION;

  /** The version of the event with tokens of clients. */
  private static final int CLIENT_VERSION = 3;

  /** What the trigger of a user's tokens changes. */
  TokenOverrides ofUser(
      UserPool pool,
      AppClient client,
      PoolUser user,
      String source,
      UserGroups groups,
      List<String> scopes,
      Map<String, String> metadata) {
    if (LambdaTriggers.function(pool, NAME).isEmpty()) {
      return TokenOverrides.NONE;
    }
    var attributes = new LinkedHashMap<String, String>();
    attributes.put("sub", user.sub());
    attributes.putAll(user.attributes());
    ObjectNode request = Json.object();
    request.set("groupConfiguration", groups.configuration());
    return ask(
        pool,
        new Asked(client, source, user.username(), attributes, user),
        request,
        scopes,
        metadata);
  }

  /** What the trigger of a client's token changes; only the third version of events has it. */
  TokenOverrides ofClient(
      UserPool pool, AppClient client, List<String> scopes, Map<String, String> metadata) {
    if (LambdaTriggers.function(pool, NAME).isEmpty()
        || LambdaTriggers.version(pool, NAME) < CLIENT_VERSION) {
      return TokenOverrides.NONE;
    }
    ObjectNode request = Json.object();
    request.set("groupConfiguration", UserGroups.NONE.configuration());
    return ask(
        pool,
        new Asked(client, "TokenGeneration_ClientCredentials", client.id(), Map.of(), null),
        request,
        scopes,
        metadata);
  }

  private record Asked(
      AppClient client,
      String source,
      String userName,
      Map<String, String> attributes,
      @Nullable PoolUser user) {}

  private TokenOverrides ask(
      UserPool pool,
      Asked asked,
      ObjectNode request,
      List<String> scopes,
      Map<String, String> metadata) {
    int version = LambdaTriggers.version(pool, NAME);
    if (version > 1) {
      request.set("scopes", Json.texts(scopes));
    }
    Json.putUnlessEmpty(request, "clientMetadata", metadata);
    ObjectNode response = Json.object();
    response.putNull(version == 1 ? "claimsOverrideDetails" : "claimsAndScopeOverrideDetails");
    var call =
        new TriggerCalls.TriggerCall(
            pool,
            NAME,
            asked.source(),
            asked.client().id(),
            asked.userName(),
            asked.attributes(),
            asked.user() == null ? null : asked.user().status(),
            request,
            response);
    return triggers
        .call(call)
        .map(answer -> TokenOverrides.of(answer, version))
        .orElse(TokenOverrides.NONE);
  }
}
