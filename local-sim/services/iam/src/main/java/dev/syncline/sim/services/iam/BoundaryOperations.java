// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.List;

/** The operations on the permissions boundaries of users and roles. Thread-safe. */
record BoundaryOperations(IamStore store) {
  private static final String USER = "UserName";
  private static final String ROLE = "RoleName";

  List<Operation> operations() {
    return List.of(
        Operation.of(
            "PutUserPermissionsBoundary: UserName, PermissionsBoundary",
            store.exclusive(input -> put(input, user(input)))),
        Operation.of(
            "DeleteUserPermissionsBoundary: UserName",
            store.exclusive(input -> delete(user(input)))),
        Operation.of(
            "PutRolePermissionsBoundary: RoleName, PermissionsBoundary",
            store.exclusive(input -> put(input, role(input)))),
        Operation.of(
            "DeleteRolePermissionsBoundary: RoleName",
            store.exclusive(input -> delete(role(input)))));
  }

  private Output put(Input input, PolicyHolder holder) {
    holder.boundary = store.boundary(input.requiredText("PermissionsBoundary"));
    return Output.empty();
  }

  private static Output delete(PolicyHolder holder) {
    if (holder.boundary == null) {
      throw IamErrors.hasNoBoundary(
          holder instanceof Role ? "role" : "user", holder.identity.name());
    }
    holder.boundary = null;
    return Output.empty();
  }

  private PolicyHolder user(Input input) {
    return store.users.get(input.requiredText(USER));
  }

  private PolicyHolder role(Input input) {
    return store.role(input.requiredText(ROLE));
  }
}
