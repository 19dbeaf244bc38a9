// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import java.util.Optional;

/** The user who calls, where operations may leave out the name. Thread-safe. */
record CallingUser(String account, IamStore store) {
  /** The name of the user whose key signed the call; empty for other callers. */
  Optional<String> name(CallContext context) {
    return store.exclusively(
        () ->
            new UserKeyring(store).owner(context.accessKeyId()).map(user -> user.identity.name()));
  }

  /**
   * The user of the member {@code UserName}, or else the caller.
   *
   * @throws dev.syncline.sim.service.AwsException {@code NoSuchEntity}, {@code ValidationError}
   */
  IamUser named(Input input, CallContext context) {
    return store.users.get(
        input.text("UserName").or(() -> name(context)).orElseThrow(IamErrors::noUserCalls));
  }

  /** The local user, who is no record. */
  ObjectNode local() {
    return Json.object()
        .put("Path", "/")
        .put("UserName", "local")
        .put("UserId", "AIDALOCALUSER0000000")
        .put("Arn", IamArns.of(account, "user/local"))
        .put("CreateDate", "2020-01-01T00:00:00Z");
  }
}
