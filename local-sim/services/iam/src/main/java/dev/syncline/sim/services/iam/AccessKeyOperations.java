// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.OperationHandler;
import dev.syncline.sim.service.Output;
import java.util.List;
import java.util.function.BiFunction;

/** The operations on the access keys of users. Thread-safe. */
record AccessKeyOperations(RecordFactory factory, IamStore store, CallingUser calling) {
  private static final int MAX_KEYS = 2;
  private static final List<String> STATUSES = List.of("Active", "Inactive", "Expired");

  List<Operation> operations() {
    return List.of(
        Operation.of("CreateAccessKey: UserName", ofUser(this::create)),
        Operation.of("ListAccessKeys: UserName, Marker, MaxItems", ofUser(this::list)),
        Operation.of("UpdateAccessKey: UserName, AccessKeyId, Status", ofUser(this::update)),
        Operation.of("DeleteAccessKey: UserName, AccessKeyId", ofUser(this::delete)),
        Operation.of("GetAccessKeyLastUsed: AccessKeyId", store.exclusive(this::lastUsed)));
  }

  private OperationHandler ofUser(BiFunction<Input, IamUser, Output> handler) {
    return (input, context) -> handle(handler, input, context);
  }

  private Output handle(
      BiFunction<Input, IamUser, Output> handler, Input input, CallContext context) {
    return store.exclusively(
        () -> {
          try {
            return handler.apply(input, calling.named(input, context));
          } finally {
            store.changed();
          }
        });
  }

  private Output create(Input input, IamUser user) {
    if (user.keys.size() >= MAX_KEYS) {
      throw IamErrors.quota("AccessKeysPerUser", MAX_KEYS);
    }
    var key =
        new UserKey(
            "AKIA" + factory.ids().upperAlphanumeric(16),
            factory.ids().lowerAlphanumeric(40),
            factory.now(),
            true,
            null);
    user.keys.put(key.id(), key);
    return IamJson.wrapped("AccessKey", json(user, key).put("SecretAccessKey", key.secret()));
  }

  private Output list(Input input, IamUser user) {
    return IamPages.list(
        input,
        "AccessKeyMetadata",
        List.copyOf(user.keys.values()),
        (items, key) -> items.add(json(user, key)));
  }

  private Output update(Input input, IamUser user) {
    UserKey key = key(input, user);
    String status = input.requiredText("Status");
    if (!STATUSES.contains(status)) {
      throw IamErrors.notOneOf("status", status, STATUSES);
    }
    user.keys.put(key.id(), key.withActive(status.equals("Active")));
    return Output.empty();
  }

  private Output delete(Input input, IamUser user) {
    String id = key(input, user).id();
    user.keys.remove(id);
    store.deletedKeys.add(id);
    return Output.empty();
  }

  private Output lastUsed(Input input) {
    String id = input.requiredText("AccessKeyId");
    IamUser user = new UserKeyring(store).owner(id).orElseThrow(() -> IamErrors.noSuchKey(id));
    ObjectNode answer = Json.object().put("UserName", user.identity.name());
    ObjectNode used = answer.putObject("AccessKeyLastUsed");
    UserKey key = user.keys.get(id);
    UserKey.Use use = key == null ? null : key.used();
    if (use == null) {
      used.put("ServiceName", "N/A").put("Region", "N/A");
    } else {
      used.put("LastUsedDate", use.time().toString())
          .put("ServiceName", use.service())
          .put("Region", use.region());
    }
    return Output.of(answer);
  }

  private static UserKey key(Input input, IamUser user) {
    String id = input.requiredText("AccessKeyId");
    UserKey key = user.keys.get(id);
    if (key == null) {
      throw IamErrors.noSuchKey(id);
    }
    return key;
  }

  private static ObjectNode json(IamUser user, UserKey key) {
    return Json.object()
        .put("UserName", user.identity.name())
        .put("AccessKeyId", key.id())
        .put("Status", key.active() ? "Active" : "Inactive")
        .put("CreateDate", key.created().toString());
  }
}
