// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Tags;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The operations on roles and their tags. Thread-safe. */
record RoleOperations(SimClock clock, Ids ids, String account, IamStore store) {
  private static final int MIN_SESSION_SECONDS = 3600;
  private static final int MAX_SESSION_SECONDS = 43_200;
  private static final int MAX_NAME_LENGTH = 64;

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
        Operation.of("ListRoleTags: RoleName, Marker, MaxItems", store.exclusive(this::listTags)),
        Operation.of(
            "ListInstanceProfilesForRole: RoleName, Marker, MaxItems",
            store.exclusive(this::listInstanceProfiles)));
  }

  private Output create(Input input) {
    String name = IamNames.checkedName("roleName", input.requiredText("RoleName"), MAX_NAME_LENGTH);
    String path = IamNames.checkedPath(input.text("Path").orElse("/"));
    String trust = PolicyDocument.checked(input.requiredText("AssumeRolePolicyDocument"));
    int seconds = sessionSeconds(input);
    if (store.roles().stream().anyMatch(role -> role.identity.name().equalsIgnoreCase(name))) {
      throw IamErrors.roleExists(name);
    }
    var role =
        new Role(
            new IamIdentity(
                name,
                path,
                "AROA" + ids.upperAlphanumeric(17),
                IamArns.of(account, "role" + path + name),
                clock.now().truncatedTo(ChronoUnit.SECONDS)),
            trust);
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
    if (!role.attached.isEmpty()) {
      throw IamErrors.roleHasAttachments();
    }
    if (!role.inline.isEmpty()) {
      throw IamErrors.roleHasInlinePolicies();
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
    role.trust = PolicyDocument.checked(input.requiredText("PolicyDocument"));
    return Output.empty();
  }

  private Output list(Input input) {
    String prefix = input.text("PathPrefix").orElse("/");
    List<Role> found =
        store.roles().stream().filter(role -> role.identity.path().startsWith(prefix)).toList();
    return IamPages.list(input, "Roles", found, (items, role) -> items.add(json(role, false)));
  }

  private Output listTags(Input input) {
    return IamPages.list(
        input,
        "Tags",
        new ArrayList<>(role(input).tags.entrySet()),
        (items, tag) -> items.addObject().put("Key", tag.getKey()).put("Value", tag.getValue()));
  }

  private Output listInstanceProfiles(Input input) {
    role(input);
    return IamPages.list(input, "InstanceProfiles", List.of(), (items, profile) -> {});
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
    ObjectNode answer = Json.object();
    answer.set("Role", json(role, true));
    return answer;
  }

  private static ObjectNode json(Role role, boolean whole) {
    ObjectNode json =
        Json.object()
            .put("Path", role.identity.path())
            .put("RoleName", role.identity.name())
            .put("RoleId", role.identity.id())
            .put("Arn", role.identity.arn())
            .put("CreateDate", role.identity.created().toString())
            .put("AssumeRolePolicyDocument", PolicyDocument.encoded(role.trust))
            .put("MaxSessionDuration", role.maxSessionSeconds);
    if (role.described) {
      json.put("Description", role.description);
    }
    // ListRoles leaves these out, as IAM documents.
    if (whole) {
      if (role.boundary != null) {
        json.putObject("PermissionsBoundary")
            .put("PermissionsBoundaryType", "Policy")
            .put("PermissionsBoundaryArn", role.boundary);
      }
      if (!role.tags.isEmpty()) {
        json.set("Tags", Tags.write(role.tags));
      }
    }
    return json;
  }
}
