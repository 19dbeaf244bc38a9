// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.ArrayList;
import java.util.List;

/** The operations on the inline policies and attachments of roles. Thread-safe. */
record RolePolicyOperations(IamStore store) {
  List<Operation> operations() {
    return List.of(
        Operation.of(
            "PutRolePolicy: RoleName, PolicyName, PolicyDocument", store.exclusive(this::put)),
        Operation.of("GetRolePolicy: RoleName, PolicyName", store.exclusive(this::get)),
        Operation.of("DeleteRolePolicy: RoleName, PolicyName", store.exclusive(this::delete)),
        Operation.of("ListRolePolicies: RoleName, Marker, MaxItems", store.exclusive(this::list)),
        Operation.of("AttachRolePolicy: RoleName, PolicyArn", store.exclusive(this::attach)),
        Operation.of("DetachRolePolicy: RoleName, PolicyArn", store.exclusive(this::detach)),
        Operation.of(
            "ListAttachedRolePolicies: RoleName, PathPrefix, Marker, MaxItems",
            store.exclusive(this::listAttached)));
  }

  private Output put(Input input) {
    Role role = role(input);
    String name = IamNames.checkedName("policyName", input.requiredText("PolicyName"), 128);
    role.inline.put(name, PolicyDocument.checked(input.requiredText("PolicyDocument")));
    return Output.empty();
  }

  private Output get(Input input) {
    Role role = role(input);
    String name = input.requiredText("PolicyName");
    String document = role.inline.get(name);
    if (document == null) {
      throw IamErrors.noSuchRolePolicy(name);
    }
    return Output.of(
        Json.object()
            .put("RoleName", role.identity.name())
            .put("PolicyName", name)
            .put("PolicyDocument", PolicyDocument.encoded(document)));
  }

  private Output delete(Input input) {
    String name = input.requiredText("PolicyName");
    if (role(input).inline.remove(name) == null) {
      throw IamErrors.noSuchRolePolicy(name);
    }
    return Output.empty();
  }

  private Output list(Input input) {
    return IamPages.list(
        input,
        "PolicyNames",
        new ArrayList<>(role(input).inline.keySet()),
        (items, name) -> items.add(name));
  }

  private Output attach(Input input) {
    Role role = role(input);
    role.attached.add(store.attachable(input.requiredText("PolicyArn")));
    return Output.empty();
  }

  private Output detach(Input input) {
    String arn = input.requiredText("PolicyArn");
    if (!role(input).attached.remove(arn)) {
      throw IamErrors.noSuchPolicy(arn);
    }
    return Output.empty();
  }

  private Output listAttached(Input input) {
    String prefix = input.text("PathPrefix").orElse("/");
    List<String> found =
        role(input).attached.stream()
            .filter(arn -> arn.substring(arn.indexOf(":policy/") + 7).startsWith(prefix))
            .toList();
    return IamPages.list(
        input,
        "AttachedPolicies",
        found,
        (items, arn) ->
            items
                .addObject()
                .put("PolicyName", arn.substring(arn.lastIndexOf('/') + 1))
                .put("PolicyArn", arn));
  }

  private Role role(Input input) {
    return store.role(input.requiredText("RoleName"));
  }
}
