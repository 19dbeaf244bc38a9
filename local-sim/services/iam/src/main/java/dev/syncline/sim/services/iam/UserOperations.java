// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.List;

/** The operations on users. The only user is {@code local}. Thread-safe. */
record UserOperations(String account) {
  private static final String LOCAL = "local";

  List<Operation> operations() {
    return List.of(Operation.of("GetUser: UserName", this::get));
  }

  private Output get(Input input, CallContext context) {
    String name = input.text("UserName").orElse(LOCAL);
    if (!name.equals(LOCAL)) {
      throw IamErrors.noSuchUser(name);
    }
    var answer = Json.object();
    answer
        .putObject("User")
        .put("Path", "/")
        .put("UserName", name)
        .put("UserId", "AIDALOCALUSER0000000")
        .put("Arn", IamArns.of(account, "user/" + name))
        .put("CreateDate", "2020-01-01T00:00:00Z");
    return Output.of(answer);
  }
}
