// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognitoidentity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Pages;
import dev.syncline.sim.services.cognitoidentity.IdentityLogins.Login;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The operations on identities. Thread-safe. */
record IdentityOperations(
    SimClock clock, Ids ids, String region, IdentityPoolStore store, IdentityLogins logins) {
  private static final String ID = "IdentityId";
  private static final String POOL = "IdentityPoolId";
  private static final int MAX_PAGE = 60;

  List<Operation> operations() {
    return List.of(
        IdentityInput.operation(
            "GetId: AccountId, IdentityPoolId, Logins", List.of(POOL), this::id),
        IdentityInput.operation(
            "DescribeIdentity: IdentityId",
            List.of(ID),
            input -> Output.of(json(store.identity(input.requiredText(ID))))),
        IdentityInput.operation(
            "ListIdentities: IdentityPoolId, MaxResults, NextToken, HideDisabled",
            List.of(POOL, "MaxResults"),
            this::list),
        IdentityInput.operation(
            "DeleteIdentities: IdentityIdsToDelete", List.of("IdentityIdsToDelete"), this::delete),
        IdentityInput.operation(
            "UnlinkIdentity: IdentityId, Logins, LoginsToRemove",
            List.of(ID, "Logins", "LoginsToRemove"),
            this::unlink));
  }

  private Output id(Input input) {
    IdentityPool pool = store.pool(input.requiredText(POOL));
    Map<String, String> tokens = input.textMap("Logins");
    if (tokens.isEmpty() && !pool.settings().guests()) {
      throw IdentityErrors.noGuests();
    }
    Map<String, String> subjects = IdentityLogins.subjects(logins.verify(pool, tokens));
    PoolIdentity identity =
        store.exclusively(
            () ->
                store
                    .withLogin(pool.id(), subjects)
                    .map(known -> store.put(known.linked(subjects, clock.now())))
                    .orElseGet(() -> store.put(made(pool, subjects))));
    return Output.of(Json.object().put(ID, identity.id()));
  }

  private PoolIdentity made(IdentityPool pool, Map<String, String> subjects) {
    Instant now = clock.now();
    return new PoolIdentity(
        region + ":" + ids.uuid(), pool.id(), new TreeMap<>(subjects), false, now, now);
  }

  private static ObjectNode json(PoolIdentity identity) {
    ObjectNode json = Json.object().put(ID, identity.id());
    if (!identity.logins().isEmpty()) {
      json.set("Logins", Json.texts(identity.logins().keySet()));
    }
    json.set("CreationDate", Json.epochSeconds(identity.created()));
    json.set("LastModifiedDate", Json.epochSeconds(identity.modified()));
    return json;
  }

  private Output list(Input input) {
    IdentityPool pool = store.pool(input.requiredText(POOL));
    boolean hide = input.bool("HideDisabled", false);
    List<PoolIdentity> shown =
        store.identitiesOf(pool.id()).stream()
            .filter(identity -> !(hide && identity.disabled()))
            .toList();
    return Output.of(
        Pages.page(
                shown,
                input.integer("MaxResults").orElse(MAX_PAGE),
                input.text("NextToken"),
                IdentityErrors.INVALID_PARAMETER)
            .addTo(
                Json.object().put(POOL, pool.id()),
                "Identities",
                IdentityOperations::json,
                "NextToken"));
  }

  private Output delete(Input input) {
    input.texts("IdentityIdsToDelete").forEach(store::removeIdentity);
    ObjectNode answer = Json.object();
    answer.putArray("UnprocessedIdentityIds");
    return Output.of(answer);
  }

  private Output unlink(Input input) {
    PoolIdentity identity = store.identity(input.requiredText(ID));
    List<Login> verified = logins.verify(store.pool(identity.poolId()), input.textMap("Logins"));
    if (!identity.isOf(IdentityLogins.subjects(verified))) {
      throw IdentityErrors.otherLogins();
    }
    List<String> removed = input.texts("LoginsToRemove");
    store.exclusively(
        () -> store.put(store.identity(identity.id()).unlinked(removed, clock.now())));
    return Output.raw(200, Map.of(), new byte[0]);
  }
}
