// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The operations on the inline policies and attachments of users, of groups or of roles.
 * Thread-safe.
 *
 * @param kind {@code User}, {@code Group} or {@code Role}
 * @param maxInline characters of all inline policies together, without white space
 */
record HolderPolicyOperations(
    IamStore store, String kind, int maxInline, Function<String, ? extends PolicyHolder> holders) {
  private static final int MAX_NAME_LENGTH = 128;
  private static final int MAX_ATTACHED = 10;

  /** The operations of all three kinds. */
  static List<Operation> all(IamStore store) {
    var operations = new ArrayList<Operation>();
    operations.addAll(
        new HolderPolicyOperations(store, "Role", 10_240, store::role)
            .operations(
                "PutRolePolicy",
                "GetRolePolicy",
                "DeleteRolePolicy",
                "ListRolePolicies",
                "AttachRolePolicy",
                "DetachRolePolicy",
                "ListAttachedRolePolicies"));
    operations.addAll(
        new HolderPolicyOperations(store, "User", 2048, store.users::get)
            .operations(
                "PutUserPolicy",
                "GetUserPolicy",
                "DeleteUserPolicy",
                "ListUserPolicies",
                "AttachUserPolicy",
                "DetachUserPolicy",
                "ListAttachedUserPolicies"));
    operations.addAll(
        new HolderPolicyOperations(store, "Group", 5120, store.groups::get)
            .operations(
                "PutGroupPolicy",
                "GetGroupPolicy",
                "DeleteGroupPolicy",
                "ListGroupPolicies",
                "AttachGroupPolicy",
                "DetachGroupPolicy",
                "ListAttachedGroupPolicies"));
    return operations;
  }

  private List<Operation> operations(
      String put,
      String get,
      String delete,
      String list,
      String attach,
      String detach,
      String listAttached) {
    String inline = ": " + kind + "Name, PolicyName";
    String attached = ": " + kind + "Name, PolicyArn";
    String lists = ": " + kind + "Name, Marker, MaxItems";
    return List.of(
        Operation.of(put + inline + ", PolicyDocument", store.exclusive(this::put)),
        Operation.of(get + inline, store.exclusive(this::get)),
        Operation.of(delete + inline, store.exclusive(this::delete)),
        Operation.of(list + lists, store.exclusive(this::list)),
        Operation.of(attach + attached, store.exclusive(this::attach)),
        Operation.of(detach + attached, store.exclusive(this::detach)),
        Operation.of(listAttached + lists + ", PathPrefix", store.exclusive(this::listAttached)));
  }

  private Output put(Input input) {
    PolicyHolder holder = holder(input);
    String name =
        IamNames.checkedName("policyName", input.requiredText("PolicyName"), MAX_NAME_LENGTH);
    String document = PolicyDocument.checked(input.requiredText("PolicyDocument"));
    int size = PolicyDocument.size(document);
    for (var other : holder.inline.entrySet()) {
      size += other.getKey().equals(name) ? 0 : PolicyDocument.size(other.getValue());
    }
    if (size > maxInline) {
      throw IamErrors.inlineTooLarge(maxInline, noun(), holder.identity.name());
    }
    holder.inline.put(name, document);
    return Output.empty();
  }

  private Output get(Input input) {
    PolicyHolder holder = holder(input);
    String name = input.requiredText("PolicyName");
    String document = holder.inline.get(name);
    if (document == null) {
      throw IamErrors.noSuchInlinePolicy(noun(), name);
    }
    return Output.of(
        Json.object()
            .put(kind + "Name", holder.identity.name())
            .put("PolicyName", name)
            .put("PolicyDocument", PolicyDocument.encoded(document)));
  }

  private Output delete(Input input) {
    String name = input.requiredText("PolicyName");
    if (holder(input).inline.remove(name) == null) {
      throw IamErrors.noSuchInlinePolicy(noun(), name);
    }
    return Output.empty();
  }

  private Output list(Input input) {
    return IamPages.list(
        input,
        "PolicyNames",
        new ArrayList<>(holder(input).inline.keySet()),
        (items, name) -> items.add(name));
  }

  private Output attach(Input input) {
    PolicyHolder holder = holder(input);
    String arn = store.attachable(input.requiredText("PolicyArn"));
    if (holder.attached.size() >= MAX_ATTACHED && !holder.attached.contains(arn)) {
      throw IamErrors.quota("PoliciesPer" + kind, MAX_ATTACHED);
    }
    holder.attached.add(arn);
    return Output.empty();
  }

  private Output detach(Input input) {
    String arn = input.requiredText("PolicyArn");
    if (!holder(input).attached.remove(arn)) {
      throw IamErrors.noSuchPolicy(arn);
    }
    return Output.empty();
  }

  private Output listAttached(Input input) {
    String prefix = input.text("PathPrefix").orElse("/");
    List<String> found =
        holder(input).attached.stream()
            .filter(arn -> arn.substring(arn.indexOf(":policy/") + 7).startsWith(prefix))
            .toList();
    return IamPages.list(input, "AttachedPolicies", found, IamJson::attached);
  }

  private PolicyHolder holder(Input input) {
    return holders.apply(input.requiredText(kind + "Name"));
  }

  private String noun() {
    return kind.toLowerCase(Locale.ROOT);
  }
}
