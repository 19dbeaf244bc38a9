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
import dev.syncline.sim.services.cognito.pool.PoolGroup;
import dev.syncline.sim.services.cognito.pool.PoolUser;
import dev.syncline.sim.services.cognito.pool.UserPool;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The operations on groups and their members. Thread-safe. */
record PoolGroupOperations(CognitoParts parts) {
  private static final int MAX_GROUPS = 10_000;
  private static final int MAX_GROUPS_OF_A_USER = 100;
  private static final String MEMBERS = ": GroupName, UserPoolId, Description, RoleArn, Precedence";
  private static final String ANSWER = "Group";

  List<Operation> operations() {
    return List.of(
        Operation.of("CreateGroup" + MEMBERS, this::create),
        Operation.of(
            "GetGroup: GroupName, UserPoolId",
            (input, context) -> Output.of(Json.object().set(ANSWER, shown(existing(input))))),
        Operation.of("UpdateGroup" + MEMBERS, this::update),
        Operation.of("DeleteGroup: GroupName, UserPoolId", this::delete),
        Operation.of("ListGroups: UserPoolId, Limit, NextToken", this::list),
        Operation.of("AdminAddUserToGroup: UserPoolId, Username, GroupName", this::join),
        Operation.of("AdminRemoveUserFromGroup: UserPoolId, Username, GroupName", this::leave),
        Operation.of(
            "AdminListGroupsForUser: Username, UserPoolId, Limit, NextToken", this::listOfUser),
        Operation.of("ListUsersInGroup: UserPoolId, GroupName, Limit, NextToken", this::users));
  }

  private UserPool pool(Input input) {
    return parts.store().pool(input.requiredText("UserPoolId"));
  }

  private Optional<PoolGroup> find(Input input) {
    String name = input.requiredText("GroupName");
    return parts.store().groups(pool(input).id()).stream()
        .filter(group -> group.name().equals(name))
        .findFirst();
  }

  private PoolGroup existing(Input input) {
    return find(input).orElseThrow(CognitoErrors::noGroup);
  }

  private PoolUser user(Input input) {
    return parts
        .store()
        .findUser(pool(input).id(), input.requiredText("Username"), true)
        .orElseThrow(CognitoErrors::noUser);
  }

  private static ObjectNode shown(PoolGroup group) {
    ObjectNode json =
        Json.object().put("GroupName", group.name()).put("UserPoolId", group.poolId());
    Json.putIfPresent(json, "Description", group.description());
    Json.putIfPresent(json, "RoleArn", group.roleArn());
    Json.putIfPresent(json, "Precedence", group.precedence());
    json.set("LastModifiedDate", Json.epochSeconds(group.modified()));
    json.set("CreationDate", Json.epochSeconds(group.created()));
    return json;
  }

  private Output create(Input input, CallContext context) {
    UserPool pool = pool(input);
    if (find(input).isPresent()) {
      throw CognitoErrors.groupExists();
    }
    if (parts.store().groups(pool.id()).size() >= MAX_GROUPS) {
      throw CognitoErrors.limitExceeded(
          "User pool has too many groups, the limit is " + MAX_GROUPS + ".");
    }
    return put(input, pool, parts.clock().now());
  }

  private Output put(Input input, UserPool pool, Instant created) {
    var group =
        new PoolGroup(
            input.requiredText("GroupName"),
            pool.id(),
            input.text("Description").orElse(null),
            input.text("RoleArn").orElse(null),
            input.integer("Precedence").isPresent() ? input.integer("Precedence").getAsInt() : null,
            created,
            parts.clock().now());
    parts.store().put(group);
    return Output.of(Json.object().set(ANSWER, shown(group)));
  }

  private Output update(Input input, CallContext context) {
    PoolGroup before = existing(input);
    return put(input, pool(input), before.created());
  }

  private Output delete(Input input, CallContext context) {
    parts.store().removeGroup(existing(input));
    return Output.empty();
  }

  private Output list(Input input, CallContext context) {
    return groups(input, parts.store().groups(pool(input).id()));
  }

  private static Output groups(Input input, List<PoolGroup> groups) {
    Pages.Page<PoolGroup> page = CognitoPages.of(input, groups, "Limit", "NextToken");
    return Output.of(page.addTo(Json.object(), "Groups", PoolGroupOperations::shown, "NextToken"));
  }

  private Output listOfUser(Input input, CallContext context) {
    UserPool pool = pool(input);
    return groups(input, parts.store().groupsOf(pool.id(), user(input).username()));
  }

  private Output join(Input input, CallContext context) {
    UserPool pool = pool(input);
    PoolUser user = user(input);
    PoolGroup group = existing(input);
    List<PoolGroup> before = parts.store().groupsOf(pool.id(), user.username());
    if (!before.contains(group) && before.size() >= MAX_GROUPS_OF_A_USER) {
      throw CognitoErrors.limitExceeded(
          "User is in too many groups, the limit is " + MAX_GROUPS_OF_A_USER + ".");
    }
    parts.store().join(group, user.username());
    return Output.empty();
  }

  private Output leave(Input input, CallContext context) {
    PoolUser user = user(input);
    parts.store().leave(existing(input), user.username());
    return Output.empty();
  }

  private Output users(Input input, CallContext context) {
    PoolGroup group = existing(input);
    Pages.Page<String> page =
        CognitoPages.of(input, parts.store().members(group), "Limit", "NextToken");
    ObjectNode answer = Json.object();
    var users = answer.putArray("Users");
    for (String name : page.items()) {
      parts
          .store()
          .findUser(group.poolId(), name, true)
          .ifPresent(user -> users.add(UserJson.user(user)));
    }
    page.next().ifPresent(token -> answer.put("NextToken", token));
    return Output.of(answer);
  }
}
