// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Tags;
import dev.syncline.sim.services.iam.IamStore.Policy;
import dev.syncline.sim.services.iam.IamStore.Version;
import dev.syncline.sim.services.iam.ManagedPolicies.Managed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * Managed policies, AWS's and the customer's, and their versions. Callers hold the store's monitor.
 */
final class PolicyOperations {
  private static final int MOST_VERSIONS = 5;
  private static final Set<String> SCOPES = Set.of("All", "AWS", "Local");

  private final IamStore store;

  PolicyOperations(IamStore store) {
    this.store = store;
  }

  Output create(Input input) {
    String name = IamStore.checkedName("policyName", input.requiredText("PolicyName"), 128);
    String path = IamStore.checkedPath(input.text("Path").orElse("/"));
    String document = PolicyDocument.checked(input.requiredText("PolicyDocument"));
    String arn = "arn:aws:iam::" + store.account + ":policy" + path + name;
    if (store.policies.values().stream().anyMatch(each -> each.name.equalsIgnoreCase(name))) {
      throw IamStore.conflict(
          "EntityAlreadyExists",
          "A policy called " + name + " already exists. Duplicate names are not allowed.");
    }
    var policy =
        new Policy(
            name,
            path,
            "ANPA" + store.ids.upperAlphanumeric(17),
            arn,
            input.text("Description").orElse(""),
            store.now());
    policy.tags.putAll(Tags.read(input, "Tags"));
    policy.versions.add(new Version("v1", document, policy.created));
    store.policies.put(arn, policy);
    return Output.of(wrapped(policy));
  }

  Output get(Input input) {
    String arn = input.requiredText("PolicyArn");
    if (!ManagedPolicies.isManaged(arn)) {
      return Output.of(wrapped(store.policy(arn)));
    }
    ObjectNode answer = Json.object();
    answer.set("Policy", json(managed(arn)));
    return Output.of(answer);
  }

  private static Managed managed(String arn) {
    return ManagedPolicies.find(arn)
        .orElseThrow(() -> IamStore.noSuchEntity("Policy " + arn + " was not found."));
  }

  private ObjectNode json(Managed policy) {
    return Json.object()
        .put("PolicyName", policy.name())
        .put("PolicyId", policy.id())
        .put("Arn", policy.arn())
        .put("Path", policy.path())
        .put("DefaultVersionId", policy.version())
        .put("AttachmentCount", store.attachments(policy.arn()))
        .put("PermissionsBoundaryUsageCount", store.boundaries(policy.arn()))
        .put("IsAttachable", true)
        .put("CreateDate", policy.created())
        .put("UpdateDate", policy.updated());
  }

  Output delete(Input input) {
    Policy policy = policy(input);
    if (store.attachments(policy.arn) > 0) {
      throw IamStore.conflict("DeleteConflict", "Cannot delete a policy attached to entities.");
    }
    if (policy.versions.size() > 1) {
      throw IamStore.conflict(
          "DeleteConflict",
          "This policy has more than one version. Before you delete a policy,"
              + " you must delete the policy's versions.");
    }
    store.policies.remove(policy.arn);
    return Output.empty();
  }

  Output list(Input input) {
    String scope = input.text("Scope").orElse("All");
    String prefix = input.text("PathPrefix").orElse("/");
    boolean onlyAttached = input.bool("OnlyAttached", false);
    if (!SCOPES.contains(scope)) {
      throw AwsException.badRequest(
          "ValidationError",
          "1 validation error detected: Value '"
              + scope
              + "' at 'scope' failed to satisfy constraint: Member must satisfy enum value set:"
              + " [AWS, All, Local]");
    }
    String usage = input.text("PolicyUsageFilter").orElse("PermissionsPolicy");
    ToLongFunction<String> uses =
        usage.equals("PermissionsBoundary") ? store::boundaries : store::attachments;
    var found = new ArrayList<ObjectNode>();
    if (!scope.equals("AWS")) {
      store.policies.values().forEach(policy -> found.add(json(policy, false)));
    }
    if (!scope.equals("Local")) {
      ManagedPolicies.all().forEach(policy -> found.add(json(policy)));
    }
    found.removeIf(
        policy ->
            !policy.path("Path").asText().startsWith(prefix)
                || (onlyAttached && uses.applyAsLong(policy.path("Arn").asText()) == 0));
    return IamPages.list(input, "Policies", found, ArrayNode::add);
  }

  Output createVersion(Input input) {
    Policy policy = policy(input);
    String document = PolicyDocument.checked(input.requiredText("PolicyDocument"));
    if (policy.versions.size() >= MOST_VERSIONS) {
      throw IamStore.conflict(
          "LimitExceeded",
          "A managed policy can have up to 5 versions. Before you create a new version, you must"
              + " delete an existing version.");
    }
    policy.lastVersion++;
    var version = new Version("v" + policy.lastVersion, document, store.now());
    policy.versions.add(version);
    policy.updated = version.created();
    if (input.bool("SetAsDefault", false)) {
      policy.defaultVersion = version.id();
    }
    return version(policy, version, false);
  }

  Output getVersion(Input input) {
    String arn = input.requiredText("PolicyArn");
    if (ManagedPolicies.isManaged(arn)) {
      Managed policy = managed(arn);
      String id = input.requiredText("VersionId");
      if (!id.equals(policy.version())) {
        throw noSuchVersion(arn, id);
      }
      ObjectNode answer = Json.object();
      ObjectNode version = json(policy, answer.putObject("PolicyVersion"));
      version.put("Document", PolicyDocument.encoded(ManagedPolicies.document(policy)));
      return Output.of(answer);
    }
    return version(store.policy(arn), find(input), true);
  }

  private static ObjectNode json(Managed policy, ObjectNode version) {
    return version
        .put("VersionId", policy.version())
        .put("IsDefaultVersion", true)
        .put("CreateDate", policy.updated());
  }

  private static AwsException noSuchVersion(String arn, String id) {
    return IamStore.noSuchEntity(
        "Policy " + arn + " version " + id + " does not exist or is not attachable.");
  }

  Output deleteVersion(Input input) {
    Policy policy = policy(input);
    Version version = find(input);
    if (version.id().equals(policy.defaultVersion)) {
      throw IamStore.conflict("DeleteConflict", "Cannot delete the default version of a policy.");
    }
    policy.versions.remove(version);
    return Output.empty();
  }

  Output setDefaultVersion(Input input) {
    policy(input).defaultVersion = find(input).id();
    return Output.empty();
  }

  Output listVersions(Input input) {
    String arn = input.requiredText("PolicyArn");
    if (ManagedPolicies.isManaged(arn)) {
      // AWS keeps the versions before too; the default one is what is known here.
      return IamPages.list(
          input,
          "Versions",
          List.of(managed(arn)),
          (items, policy) -> json(policy, items.addObject()));
    }
    Policy policy = policy(input);
    return IamPages.list(
        input,
        "Versions",
        policy.versions.reversed(),
        (items, version) -> items.add(json(policy, version, false)));
  }

  /** ListEntitiesForPolicy: roles; there are no groups, and users have no policies. */
  Output listEntities(Input input) {
    String arn = input.requiredText("PolicyArn");
    if (ManagedPolicies.isManaged(arn)) {
      managed(arn);
    } else {
      store.policy(arn);
    }
    String filter = input.text("EntityFilter").orElse("Role");
    boolean boundary =
        input.text("PolicyUsageFilter").filter("PermissionsBoundary"::equals).isPresent();
    List<IamStore.Role> roles =
        store.roles.values().stream()
            .filter(role -> filter.equals("Role"))
            .filter(role -> boundary ? arn.equals(role.boundary) : role.attached.contains(arn))
            .filter(role -> role.path.startsWith(input.text("PathPrefix").orElse("/")))
            .toList();
    Output page =
        IamPages.list(
            input,
            "PolicyRoles",
            roles,
            (items, role) -> items.addObject().put("RoleName", role.name).put("RoleId", role.id));
    page.json().putArray("PolicyUsers");
    page.json().putArray("PolicyGroups");
    return page;
  }

  Output tag(Input input) {
    policy(input).tags.putAll(Tags.read(input, "Tags"));
    return Output.empty();
  }

  Output untag(Input input) {
    policy(input).tags.keySet().removeAll(input.texts("TagKeys"));
    return Output.empty();
  }

  private Policy policy(Input input) {
    return store.policy(input.requiredText("PolicyArn"));
  }

  private Version find(Input input) {
    Policy policy = policy(input);
    String id = input.requiredText("VersionId");
    return policy.versions.stream()
        .filter(version -> version.id().equals(id))
        .findFirst()
        .orElseThrow(() -> noSuchVersion(policy.arn, id));
  }

  private static Output version(Policy policy, Version version, boolean withDocument) {
    ObjectNode answer = Json.object();
    answer.set("PolicyVersion", json(policy, version, withDocument));
    return Output.of(answer);
  }

  private static ObjectNode json(Policy policy, Version version, boolean withDocument) {
    ObjectNode json = Json.object();
    if (withDocument) {
      json.put("Document", PolicyDocument.encoded(version.document()));
    }
    return json.put("VersionId", version.id())
        .put("IsDefaultVersion", version.id().equals(policy.defaultVersion))
        .put("CreateDate", version.created().toString());
  }

  private ObjectNode wrapped(Policy policy) {
    ObjectNode answer = Json.object();
    answer.set("Policy", json(policy, true));
    return answer;
  }

  private ObjectNode json(Policy policy, boolean whole) {
    ObjectNode json =
        Json.object()
            .put("PolicyName", policy.name)
            .put("PolicyId", policy.id)
            .put("Arn", policy.arn)
            .put("Path", policy.path)
            .put("DefaultVersionId", policy.defaultVersion)
            .put("AttachmentCount", store.attachments(policy.arn))
            .put("PermissionsBoundaryUsageCount", store.boundaries(policy.arn))
            .put("IsAttachable", true)
            .put("CreateDate", policy.created.toString())
            .put("UpdateDate", policy.updated.toString());
    if (whole) {
      if (!policy.description.isEmpty()) {
        json.put("Description", policy.description);
      }
      if (!policy.tags.isEmpty()) {
        json.set("Tags", Tags.write(policy.tags));
      }
    }
    return json;
  }
}
