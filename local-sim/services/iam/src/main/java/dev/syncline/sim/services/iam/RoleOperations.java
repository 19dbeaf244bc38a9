// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Tags;
import java.util.List;

/** The operations on roles and their tags. Thread-safe. */
record RoleOperations(RecordFactory factory, IamStore store) {
  private static final int MIN_SESSION_SECONDS = 3600;
  private static final int MAX_SESSION_SECONDS = 43_200;
  private static final int MAX_NAME_LENGTH = 64;
  private static final int MAX_TRUST_SIZE = 2048;
  private static final int MAX_ROLES = 1000;

  List<Operation> operations() {
    return List.of(
        Operation.of(
            """
            CreateRole: RoleName, Path, AssumeRolePolicyDocument, Description,
              MaxSessionDuration, PermissionsBoundary, Tags
            """,
            store.exclusive(this::create)),
        Operation.of("GetRole: RoleName", store.exclusive(this::get)),
        Operation.of("DeleteRole: RoleName", store.exclusive(this::delete)),
        Operation.of(
            "UpdateRole: RoleName, Description, MaxSessionDuration", store.exclusive(this::update)),
        Operation.of(
            "UpdateRoleDescription: RoleName, Description",
            store.exclusive(this::updateDescription)),
        Operation.of(
            "UpdateAssumeRolePolicy: RoleName, PolicyDocument", store.exclusive(this::updateTrust)),
        Operation.of("ListRoles: PathPrefix, Marker, MaxItems", store.exclusive(this::list)),
        Operation.of(
            "TagRole: RoleName, Tags", store.exclusive(input -> Tags.add(input, role(input).tags))),
        Operation.of(
            "UntagRole: RoleName, TagKeys",
            store.exclusive(input -> Tags.remove(input, role(input).tags))),
        Operation.of("ListRoleTags: RoleName, Marker, MaxItems", store.exclusive(this::listTags)));
  }

  private Output create(Input input) {
    String name = IamNames.checkedName("roleName", input.requiredText("RoleName"), MAX_NAME_LENGTH);
    String path = RecordFactory.path(input);
    String trust = trust(input, "AssumeRolePolicyDocument");
    int seconds = sessionSeconds(input);
    if (store.roles().stream().anyMatch(role -> role.identity.name().equalsIgnoreCase(name))) {
      throw IamErrors.exists("Role", name);
    }
    if (store.roles().size() >= MAX_ROLES) {
      throw IamErrors.quota("RolesPerAccount", MAX_ROLES);
    }
    var role = new Role(factory.identity("AROA", "role", name, path), trust);
    input.text("Description").ifPresent(role::describe);
    role.maxSessionSeconds = seconds;
    role.boundary = input.text("PermissionsBoundary").map(store::boundary).orElse(null);
    role.tags.putAll(Tags.read(input, "Tags"));
    store.add(role);
    ObjectNode answer = wrapped(role);
    if (!input.has("MaxSessionDuration") && answer.get("Role") instanceof ObjectNode shown) {
      // Recorded: CreateRole leaves the default out, later calls show it.
      shown.remove("MaxSessionDuration");
    }
    return Output.of(answer);
  }

  private Output get(Input input) {
    return Output.of(wrapped(role(input)));
  }

  private Output delete(Input input) {
    Role role = role(input);
    if (role.isServiceLinked()) {
      throw IamErrors.protectedRole(role.identity.name());
    }
    if (store.profiles.all().stream().anyMatch(each -> role.identity.name().equals(each.role))) {
      throw IamErrors.mustFirst("remove roles from instance profile");
    }
    if (!role.attached.isEmpty()) {
      throw IamErrors.mustFirst("detach all policies");
    }
    if (!role.inline.isEmpty()) {
      throw IamErrors.mustFirst("delete policies");
    }
    store.remove(role);
    return Output.empty();
  }

  private Output update(Input input) {
    Role role = role(input);
    if (input.has("MaxSessionDuration")) {
      role.maxSessionSeconds = sessionSeconds(input);
    }
    input.text("Description").ifPresent(role::describe);
    return Output.empty();
  }

  private Output updateDescription(Input input) {
    Role role = role(input);
    role.describe(input.text("Description").orElse(""));
    return Output.of(wrapped(role));
  }

  private Output updateTrust(Input input) {
    Role role = role(input);
    role.trust = trust(input, "PolicyDocument");
    return Output.empty();
  }

  private Output list(Input input) {
    String prefix = input.text("PathPrefix").orElse("/");
    List<Role> found =
        store.roles().stream().filter(role -> role.identity.path().startsWith(prefix)).toList();
    return IamPages.list(
        input, "Roles", found, (items, role) -> items.add(IamJson.role(role, false)));
  }

  private Output listTags(Input input) {
    return IamPages.list(input, "Tags", IamJson.entries(role(input).tags), IamJson::tag);
  }

  private static String trust(Input input, String member) {
    String trust = PolicyDocument.checked(input.requiredText(member));
    if (PolicyDocument.size(trust) > MAX_TRUST_SIZE) {
      throw IamErrors.quota("ACLSizePerRole", MAX_TRUST_SIZE);
    }
    return trust;
  }

  private Role role(Input input) {
    return store.role(input.requiredText("RoleName"));
  }

  private static int sessionSeconds(Input input) {
    int seconds = input.integer("MaxSessionDuration").orElse(Role.DEFAULT_SESSION_SECONDS);
    if (seconds < MIN_SESSION_SECONDS || seconds > MAX_SESSION_SECONDS) {
      throw IamErrors.invalidSessionDuration(seconds);
    }
    return seconds;
  }

  private static ObjectNode wrapped(Role role) {
    return IamJson.wrapped("Role", IamJson.role(role, true)).json();
  }
}
