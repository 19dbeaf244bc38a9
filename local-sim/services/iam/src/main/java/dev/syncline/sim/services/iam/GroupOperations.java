// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.List;

/** The operations on groups and their members. Thread-safe. */
record GroupOperations(RecordFactory factory, IamStore store) {
  private static final int MAX_NAME_LENGTH = 128;
  private static final int MAX_GROUPS = 300;
  private static final int MAX_GROUPS_OF_USER = 10;

  List<Operation> operations() {
    return List.of(
        Operation.of("CreateGroup: GroupName, Path", store.exclusive(this::create)),
        Operation.of("GetGroup: GroupName, Marker, MaxItems", store.exclusive(this::get)),
        Operation.of(
            "UpdateGroup: GroupName, NewPath, NewGroupName", store.exclusive(this::update)),
        Operation.of("DeleteGroup: GroupName", store.exclusive(this::delete)),
        Operation.of("ListGroups: PathPrefix, Marker, MaxItems", store.exclusive(this::list)),
        Operation.of("AddUserToGroup: GroupName, UserName", store.exclusive(this::add)),
        Operation.of("RemoveUserFromGroup: GroupName, UserName", store.exclusive(this::remove)),
        Operation.of(
            "ListGroupsForUser: UserName, Marker, MaxItems", store.exclusive(this::listForUser)));
  }

  private Output create(Input input) {
    String name =
        IamNames.checkedName("groupName", input.requiredText("GroupName"), MAX_NAME_LENGTH);
    String path = RecordFactory.path(input);
    if (store.groups.sameKey(name).isPresent()) {
      throw IamErrors.exists("Group", name);
    }
    if (store.groups.all().size() >= MAX_GROUPS) {
      throw IamErrors.quota("GroupsPerAccount", MAX_GROUPS);
    }
    var group = new IamGroup(factory.identity("AGPA", "group", name, path));
    store.groups.put(name, group);
    return IamJson.wrapped("Group", IamJson.group(group));
  }

  private Output get(Input input) {
    IamGroup group = group(input);
    Output page =
        IamPages.list(
            input,
            "Users",
            List.copyOf(group.members),
            (items, name) -> items.add(IamJson.user(store.users.get(name), false)));
    page.json().set("Group", IamJson.group(group));
    return page;
  }

  private Output update(Input input) {
    IamGroup group = group(input);
    String old = group.identity.name();
    String name =
        input
            .text("NewGroupName")
            .map(text -> IamNames.checkedName("newGroupName", text, MAX_NAME_LENGTH))
            .orElse(old);
    String path = input.text("NewPath").map(IamNames::checkedPath).orElse(group.identity.path());
    if (!name.equalsIgnoreCase(old) && store.groups.sameKey(name).isPresent()) {
      throw IamErrors.exists("Group", name);
    }
    store.groups.remove(old);
    group.identity = factory.renamed(group.identity, "group", name, path);
    store.groups.put(name, group);
    return Output.empty();
  }

  private Output delete(Input input) {
    IamGroup group = group(input);
    if (!group.members.isEmpty()) {
      throw IamErrors.mustFirst("remove users from group");
    }
    if (!group.attached.isEmpty()) {
      throw IamErrors.mustFirst("detach all policies");
    }
    if (!group.inline.isEmpty()) {
      throw IamErrors.mustFirst("delete policies");
    }
    store.groups.remove(group.identity.name());
    return Output.empty();
  }

  private Output list(Input input) {
    String prefix = input.text("PathPrefix").orElse("/");
    List<IamGroup> found =
        store.groups.all().stream()
            .filter(group -> group.identity.path().startsWith(prefix))
            .toList();
    return IamPages.list(input, "Groups", found, (items, each) -> items.add(IamJson.group(each)));
  }

  private Output add(Input input) {
    IamGroup group = group(input);
    IamUser user = store.users.get(input.requiredText("UserName"));
    boolean isMember = group.members.contains(user.identity.name());
    if (!isMember && store.groupsOf(user).size() >= MAX_GROUPS_OF_USER) {
      throw IamErrors.quota("GroupsPerUser", MAX_GROUPS_OF_USER);
    }
    group.members.add(user.identity.name());
    return Output.empty();
  }

  private Output remove(Input input) {
    IamGroup group = group(input);
    IamUser user = store.users.get(input.requiredText("UserName"));
    if (!group.members.remove(user.identity.name())) {
      throw IamErrors.notInGroup(user.identity.name(), group.identity.name());
    }
    return Output.empty();
  }

  private Output listForUser(Input input) {
    IamUser user = store.users.get(input.requiredText("UserName"));
    return IamPages.list(
        input, "Groups", store.groupsOf(user), (items, each) -> items.add(IamJson.group(each)));
  }

  private IamGroup group(Input input) {
    return store.groups.get(input.requiredText("GroupName"));
  }
}
