// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Pages;
import dev.syncline.sim.services.cognito.pool.CognitoErrors;
import dev.syncline.sim.services.cognito.pool.PoolItems;
import dev.syncline.sim.services.cognito.pool.UserPool;
import java.util.List;

/** The operations on the resource servers of pools. Thread-safe. */
record ResourceServerOperations(CognitoParts parts) {
  private static final PoolItems.Kind KIND = PoolItems.Kind.RESOURCE_SERVER;
  private static final String ANSWER = "ResourceServer";
  private static final String MEMBERS = ": UserPoolId, Identifier, Name, Scopes";
  private static final int MAX_SERVERS = 25;

  List<Operation> operations() {
    return List.of(
        Operation.of("CreateResourceServer" + MEMBERS, this::create),
        Operation.of(
            "DescribeResourceServer: UserPoolId, Identifier",
            (input, context) -> Output.of(Json.object().set(ANSWER, existing(input)))),
        Operation.of("UpdateResourceServer" + MEMBERS, this::update),
        Operation.of("DeleteResourceServer: UserPoolId, Identifier", this::delete),
        Operation.of("ListResourceServers: UserPoolId, MaxResults, NextToken", this::list));
  }

  private UserPool pool(Input input) {
    return parts.store().pool(input.requiredText("UserPoolId"));
  }

  private Output create(Input input, CallContext context) {
    UserPool pool = pool(input);
    String identifier = input.requiredText("Identifier");
    if (parts.items().find(pool.id(), KIND, identifier).isPresent()) {
      throw CognitoErrors.invalidParameter(
          identifier + " already exists in user pool " + pool.id() + ".");
    }
    if (parts.items().list(pool.id(), KIND).size() >= MAX_SERVERS) {
      throw CognitoErrors.limitExceeded(
          "User pool has too many resource servers, the limit is " + MAX_SERVERS + ".");
    }
    return put(pool, identifier, input);
  }

  private Output put(UserPool pool, String identifier, Input input) {
    ObjectNode server =
        Json.object()
            .put("UserPoolId", pool.id())
            .put("Identifier", identifier)
            .put("Name", input.requiredText("Name"));
    if (!input.list("Scopes").isEmpty()) {
      server.set("Scopes", input.json().get("Scopes"));
    }
    parts.items().put(pool.id(), KIND, identifier, server);
    return Output.of(Json.object().set(ANSWER, server));
  }

  private ObjectNode existing(Input input) {
    UserPool pool = pool(input);
    String identifier = input.requiredText("Identifier");
    return parts
        .items()
        .find(pool.id(), KIND, identifier)
        .orElseThrow(
            () -> CognitoErrors.notFound("Resource server " + identifier + " does not exist."));
  }

  private Output update(Input input, CallContext context) {
    ObjectNode before = existing(input);
    return put(pool(input), before.path("Identifier").asText(), input);
  }

  private Output delete(Input input, CallContext context) {
    ObjectNode server = existing(input);
    parts
        .items()
        .remove(server.path("UserPoolId").asText(), KIND, server.path("Identifier").asText());
    return Output.empty();
  }

  private Output list(Input input, CallContext context) {
    Pages.Page<ObjectNode> page =
        CognitoPages.of(
            input, parts.items().list(pool(input).id(), KIND), "MaxResults", "NextToken");
    return Output.of(page.addTo(Json.object(), "ResourceServers", server -> server, "NextToken"));
  }
}
