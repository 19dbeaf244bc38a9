// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Tags;
import dev.syncline.sim.services.iam.CustomerPolicy.Version;
import dev.syncline.sim.services.iam.ManagedPolicies.Managed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** The operations on managed policies, AWS's and the customer's. Thread-safe. */
record PolicyOperations(RecordFactory factory, IamStore store) {
  private static final int MAX_NAME_LENGTH = 128;
  private static final int MAX_SIZE = 6144;
  private static final int MAX_POLICIES = 1500;
  private static final List<String> SCOPES = List.of("AWS", "All", "Local");

  List<Operation> operations() {
    return List.of(
        Operation.of(
            "CreatePolicy: PolicyName, Path, PolicyDocument, Description, Tags",
            store.exclusive(this::create)),
        Operation.of("GetPolicy: PolicyArn", store.exclusive(this::get)),
        Operation.of("DeletePolicy: PolicyArn", store.exclusive(this::delete)),
        Operation.of(
            "ListPolicies: Scope, OnlyAttached, PathPrefix, PolicyUsageFilter, Marker, MaxItems",
            store.exclusive(this::list)),
        Operation.of(
            """
            ListEntitiesForPolicy: PolicyArn, EntityFilter, PathPrefix, PolicyUsageFilter,
              Marker, MaxItems
            """,
            store.exclusive(this::listEntities)),
        Operation.of(
            "TagPolicy: PolicyArn, Tags",
            store.exclusive(input -> Tags.add(input, policy(input).tags))),
        Operation.of(
            "UntagPolicy: PolicyArn, TagKeys",
            store.exclusive(input -> Tags.remove(input, policy(input).tags))));
  }

  private Output create(Input input) {
    String name =
        IamNames.checkedName("policyName", input.requiredText("PolicyName"), MAX_NAME_LENGTH);
    String path = RecordFactory.path(input);
    String document = checkedDocument(input);
    if (store.policies().stream().anyMatch(each -> each.identity.name().equalsIgnoreCase(name))) {
      throw IamErrors.policyExists(name);
    }
    if (store.policies().size() >= MAX_POLICIES) {
      throw IamErrors.quota("PoliciesPerAccount", MAX_POLICIES);
    }
    var policy =
        new CustomerPolicy(
            factory.identity("ANPA", "policy", name, path), input.text("Description").orElse(""));
    policy.tags.putAll(Tags.read(input, "Tags"));
    policy.versions.add(new Version("v1", document, policy.identity.created()));
    store.add(policy);
    return Output.of(wrapped(policy));
  }

  /** The document of a request, which fits into a managed policy. */
  static String checkedDocument(Input input) {
    String document = PolicyDocument.checked(input.requiredText("PolicyDocument"));
    if (PolicyDocument.size(document) > MAX_SIZE) {
      throw IamErrors.quota("PolicySize", MAX_SIZE);
    }
    return document;
  }

  private Output get(Input input) {
    String arn = input.requiredText("PolicyArn");
    if (!ManagedPolicies.isManaged(arn)) {
      return Output.of(wrapped(store.policy(arn)));
    }
    ObjectNode answer = Json.object();
    answer.set("Policy", json(ManagedPolicies.get(arn)));
    return Output.of(answer);
  }

  ObjectNode json(Managed policy) {
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

  private Output delete(Input input) {
    CustomerPolicy policy = policy(input);
    if (store.attachments(policy.identity.arn()) > 0) {
      throw IamErrors.policyIsAttached();
    }
    if (policy.versions.size() > 1) {
      throw IamErrors.policyHasVersions();
    }
    store.remove(policy);
    return Output.empty();
  }

  private Output list(Input input) {
    String scope = input.text("Scope").orElse("All");
    String prefix = input.text("PathPrefix").orElse("/");
    boolean onlyAttached = input.bool("OnlyAttached", false);
    if (!SCOPES.contains(scope)) {
      throw IamErrors.notOneOf("scope", scope, SCOPES);
    }
    String usage = input.text("PolicyUsageFilter").orElse("PermissionsPolicy");
    ToLongFunction<String> uses =
        usage.equals("PermissionsBoundary") ? store::boundaries : store::attachments;
    var found = new ArrayList<ObjectNode>();
    if (!scope.equals("AWS")) {
      store.policies().forEach(policy -> found.add(json(policy, false)));
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

  private Output listEntities(Input input) {
    String arn = input.requiredText("PolicyArn");
    if (ManagedPolicies.isManaged(arn)) {
      ManagedPolicies.get(arn);
    } else {
      store.policy(arn);
    }
    String filter = input.text("EntityFilter").orElse("");
    String prefix = input.text("PathPrefix").orElse("/");
    boolean boundary =
        input.text("PolicyUsageFilter").filter("PermissionsBoundary"::equals).isPresent();
    List<PolicyHolder> holders =
        store.holders().stream()
            .filter(holder -> filter.isEmpty() || filter.equals(kind(holder)))
            .filter(
                holder -> boundary ? arn.equals(holder.boundary) : holder.attached.contains(arn))
            .filter(holder -> holder.identity.path().startsWith(prefix))
            .toList();
    ObjectNode answer = Json.object();
    List.of("PolicyGroups", "PolicyUsers", "PolicyRoles").forEach(answer::putArray);
    Output page =
        IamPages.list(
            input,
            "Page",
            holders,
            (items, holder) ->
                answer
                    .withArray("Policy" + kind(holder) + "s")
                    .addObject()
                    .put(kind(holder) + "Name", holder.identity.name())
                    .put(kind(holder) + "Id", holder.identity.id()));
    page.json().remove("Page");
    answer.setAll(page.json());
    return Output.of(answer);
  }

  private static String kind(PolicyHolder holder) {
    return switch (holder) {
      case IamUser user -> "User";
      case IamGroup group -> "Group";
      case Role role -> "Role";
    };
  }

  private CustomerPolicy policy(Input input) {
    return store.policy(input.requiredText("PolicyArn"));
  }

  private ObjectNode wrapped(CustomerPolicy policy) {
    ObjectNode answer = Json.object();
    answer.set("Policy", json(policy, true));
    return answer;
  }

  ObjectNode json(CustomerPolicy policy, boolean whole) {
    ObjectNode json =
        Json.object()
            .put("PolicyName", policy.identity.name())
            .put("PolicyId", policy.identity.id())
            .put("Arn", policy.identity.arn())
            .put("Path", policy.identity.path())
            .put("DefaultVersionId", policy.defaultVersion)
            .put("AttachmentCount", store.attachments(policy.identity.arn()))
            .put("PermissionsBoundaryUsageCount", store.boundaries(policy.identity.arn()))
            .put("IsAttachable", true)
            .put("CreateDate", policy.identity.created().toString())
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
