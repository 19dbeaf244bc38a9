// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.iam.ManagedPolicies.Managed;
import java.util.ArrayList;
import java.util.List;

/** Lists users, groups, roles and policies with everything that they hold. Thread-safe. */
record AccountDetails(IamStore store, PolicyOperations policies) {
  private static final List<String> LISTS =
      List.of("UserDetailList", "GroupDetailList", "RoleDetailList", "Policies");
  private static final List<String> KINDS =
      List.of("User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy");

  private record Detail(String list, ObjectNode json) {}

  List<Operation> operations() {
    return List.of(
        Operation.of(
            "GetAccountAuthorizationDetails: Filter, Marker, MaxItems",
            store.exclusive(this::get)));
  }

  private Output get(Input input) {
    List<String> filter = input.texts("Filter");
    filter.stream()
        .filter(kind -> !KINDS.contains(kind))
        .findFirst()
        .ifPresent(
            kind -> {
              throw IamErrors.notOneOf("filter", kind, KINDS);
            });
    List<String> kinds = filter.isEmpty() ? KINDS : filter;
    var all = new ArrayList<Detail>();
    if (kinds.contains("User")) {
      store.users.all().forEach(user -> all.add(new Detail(LISTS.get(0), user(user))));
    }
    if (kinds.contains("Group")) {
      store.groups.all().forEach(group -> all.add(new Detail(LISTS.get(1), group(group))));
    }
    if (kinds.contains("Role")) {
      store.roles().forEach(role -> all.add(new Detail(LISTS.get(2), role(role))));
    }
    if (kinds.contains("LocalManagedPolicy")) {
      store.policies().forEach(policy -> all.add(new Detail(LISTS.get(3), policy(policy))));
    }
    if (kinds.contains("AWSManagedPolicy")) {
      // AWS's own policies are listed when they are in use.
      ManagedPolicies.all().stream()
          .filter(policy -> store.attachments(policy.arn()) > 0)
          .forEach(policy -> all.add(new Detail(LISTS.get(3), policy(policy))));
    }
    ObjectNode answer = Json.object();
    LISTS.forEach(answer::putArray);
    Output page =
        IamPages.list(
            input, "Page", all, (items, detail) -> answer.withArray(detail.list).add(detail.json));
    page.json().remove("Page");
    answer.setAll(page.json());
    return Output.of(answer);
  }

  private ObjectNode user(IamUser user) {
    ObjectNode json = IamJson.user(user, true);
    inline(json.putArray("UserPolicyList"), user);
    ArrayNode groups = json.putArray("GroupList");
    store.groupsOf(user).forEach(group -> groups.add(group.identity.name()));
    IamJson.attached(json.putArray("AttachedManagedPolicies"), user.attached);
    return json;
  }

  private static ObjectNode group(IamGroup group) {
    ObjectNode json = IamJson.group(group);
    inline(json.putArray("GroupPolicyList"), group);
    IamJson.attached(json.putArray("AttachedManagedPolicies"), group.attached);
    return json;
  }

  private ObjectNode role(Role role) {
    ObjectNode json = IamJson.role(role, true);
    json.remove(List.of("Description", "MaxSessionDuration"));
    ArrayNode profiles = json.putArray("InstanceProfileList");
    store.profiles.all().stream()
        .filter(profile -> role.identity.name().equals(profile.role))
        .forEach(profile -> profiles.add(IamJson.profile(profile, store, false)));
    inline(json.putArray("RolePolicyList"), role);
    IamJson.attached(json.putArray("AttachedManagedPolicies"), role.attached);
    return json;
  }

  private ObjectNode policy(CustomerPolicy policy) {
    ObjectNode json = policies.json(policy, true);
    json.remove("Tags");
    ArrayNode versions = json.putArray("PolicyVersionList");
    policy
        .versions
        .reversed()
        .forEach(version -> versions.add(PolicyVersionOperations.json(policy, version, true)));
    return json;
  }

  private ObjectNode policy(Managed policy) {
    ObjectNode json = policies.json(policy);
    json.putArray("PolicyVersionList")
        .addObject()
        .put("Document", PolicyDocument.encoded(ManagedPolicies.document(policy)))
        .put("VersionId", policy.version())
        .put("IsDefaultVersion", true)
        .put("CreateDate", policy.updated());
    return json;
  }

  private static void inline(ArrayNode list, PolicyHolder holder) {
    holder.inline.forEach(
        (name, document) ->
            list.addObject()
                .put("PolicyName", name)
                .put("PolicyDocument", PolicyDocument.encoded(document)));
  }
}
