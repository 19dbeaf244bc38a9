// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Tags;
import dev.syncline.sim.services.iam.IamStore.Role;
import java.util.ArrayList;
import java.util.List;

/** Roles, their tags, inline policies and attachments. Callers hold the store's monitor. */
final class RoleOperations {
  private final IamStore store;

  RoleOperations(IamStore store) {
    this.store = store;
  }

  Output create(Input input) {
    String name = IamStore.checkedName("roleName", input.requiredText("RoleName"), 64);
    String path = IamStore.checkedPath(input.text("Path").orElse("/"));
    String trust = PolicyDocument.checked(input.requiredText("AssumeRolePolicyDocument"));
    int seconds = sessionSeconds(input);
    if (store.roles.keySet().stream().anyMatch(name::equalsIgnoreCase)) {
      throw IamStore.conflict("EntityAlreadyExists", "Role with name " + name + " already exists.");
    }
    var role =
        new Role(
            name,
            path,
            "AROA" + store.ids.upperAlphanumeric(17),
            "arn:aws:iam::" + store.account + ":role" + path + name,
            store.now(),
            trust);
    input.text("Description").ifPresent(text -> describe(role, text));
    role.maxSessionSeconds = seconds;
    role.boundary = input.text("PermissionsBoundary").map(store::boundary).orElse(null);
    role.tags.putAll(Tags.read(input, "Tags"));
    store.roles.put(name, role);
    ObjectNode answer = wrapped(role);
    if (!input.has("MaxSessionDuration") && answer.get("Role") instanceof ObjectNode shown) {
      // Recorded: the default shows from the next call on.
      shown.remove("MaxSessionDuration");
    }
    return Output.of(answer);
  }

  Output get(Input input) {
    return Output.of(wrapped(role(input)));
  }

  Output delete(Input input) {
    Role role = role(input);
    if (!role.attached.isEmpty()) {
      throw IamStore.conflict(
          "DeleteConflict", "Cannot delete entity, must detach all policies first.");
    }
    if (!role.inline.isEmpty()) {
      throw IamStore.conflict(
          "DeleteConflict", "Cannot delete entity, must delete policies first.");
    }
    store.roles.remove(role.name);
    return Output.empty();
  }

  Output update(Input input) {
    Role role = role(input);
    if (input.has("MaxSessionDuration")) {
      role.maxSessionSeconds = sessionSeconds(input);
    }
    input.text("Description").ifPresent(text -> describe(role, text));
    return Output.empty();
  }

  Output updateDescription(Input input) {
    Role role = role(input);
    describe(role, input.text("Description").orElse(""));
    return Output.of(wrapped(role));
  }

  Output updateTrust(Input input) {
    Role role = role(input);
    role.trust = PolicyDocument.checked(input.requiredText("PolicyDocument"));
    return Output.empty();
  }

  Output list(Input input) {
    String prefix = input.text("PathPrefix").orElse("/");
    List<Role> found =
        store.roles.values().stream().filter(role -> role.path.startsWith(prefix)).toList();
    return IamPages.list(input, "Roles", found, (items, role) -> items.add(json(role, false)));
  }

  Output tag(Input input) {
    role(input).tags.putAll(Tags.read(input, "Tags"));
    return Output.empty();
  }

  Output untag(Input input) {
    role(input).tags.keySet().removeAll(input.texts("TagKeys"));
    return Output.empty();
  }

  Output listTags(Input input) {
    return IamPages.list(
        input,
        "Tags",
        new ArrayList<>(role(input).tags.entrySet()),
        (items, tag) -> items.addObject().put("Key", tag.getKey()).put("Value", tag.getValue()));
  }

  Output putPolicy(Input input) {
    Role role = role(input);
    String name = IamStore.checkedName("policyName", input.requiredText("PolicyName"), 128);
    role.inline.put(name, PolicyDocument.checked(input.requiredText("PolicyDocument")));
    return Output.empty();
  }

  Output getPolicy(Input input) {
    Role role = role(input);
    String name = input.requiredText("PolicyName");
    String document = role.inline.get(name);
    if (document == null) {
      throw noInline(name);
    }
    return Output.of(
        Json.object()
            .put("RoleName", role.name)
            .put("PolicyName", name)
            .put("PolicyDocument", PolicyDocument.encoded(document)));
  }

  Output deletePolicy(Input input) {
    String name = input.requiredText("PolicyName");
    if (role(input).inline.remove(name) == null) {
      throw noInline(name);
    }
    return Output.empty();
  }

  Output listPolicies(Input input) {
    return IamPages.list(
        input,
        "PolicyNames",
        new ArrayList<>(role(input).inline.keySet()),
        (items, name) -> items.add(name));
  }

  Output attach(Input input) {
    Role role = role(input);
    role.attached.add(store.attachable(input.requiredText("PolicyArn")));
    return Output.empty();
  }

  Output detach(Input input) {
    String arn = input.requiredText("PolicyArn");
    if (!role(input).attached.remove(arn)) {
      throw IamStore.noSuchEntity("Policy " + arn + " was not found.");
    }
    return Output.empty();
  }

  Output listAttached(Input input) {
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

  Output listInstanceProfiles(Input input) {
    role(input);
    return IamPages.list(input, "InstanceProfiles", List.of(), (items, none) -> {});
  }

  private Role role(Input input) {
    return store.role(input.requiredText("RoleName"));
  }

  private static void describe(Role role, String text) {
    role.description = text;
    role.described = true;
  }

  private static int sessionSeconds(Input input) {
    int seconds = input.integer("MaxSessionDuration").orElse(3600);
    if (seconds < 3600 || seconds > 43_200) {
      throw AwsException.badRequest(
          "ValidationError", "MaxSessionDuration must be 3600 to 43200, got " + seconds + ".");
    }
    return seconds;
  }

  private static AwsException noInline(String name) {
    return IamStore.noSuchEntity("The role policy with name " + name + " cannot be found.");
  }

  private static ObjectNode wrapped(Role role) {
    ObjectNode answer = Json.object();
    answer.set("Role", json(role, true));
    return answer;
  }

  private static ObjectNode json(Role role, boolean whole) {
    ObjectNode json =
        Json.object()
            .put("Path", role.path)
            .put("RoleName", role.name)
            .put("RoleId", role.id)
            .put("Arn", role.arn)
            .put("CreateDate", role.created.toString())
            .put("AssumeRolePolicyDocument", PolicyDocument.encoded(role.trust))
            .put("MaxSessionDuration", role.maxSessionSeconds);
    if (role.described) {
      json.put("Description", role.description);
    }
    // Listing leaves these out, as IAM documents.
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
