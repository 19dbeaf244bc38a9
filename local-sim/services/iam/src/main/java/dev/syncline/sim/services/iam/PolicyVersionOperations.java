// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.iam.CustomerPolicy.Version;
import dev.syncline.sim.services.iam.ManagedPolicies.Managed;
import java.util.List;

/** The operations on versions of managed policies, AWS's and the customer's. Thread-safe. */
record PolicyVersionOperations(RecordFactory factory, IamStore store) {
  private static final int MAX_VERSIONS = 5;

  List<Operation> operations() {
    return List.of(
        Operation.of(
            "CreatePolicyVersion: PolicyArn, PolicyDocument, SetAsDefault",
            store.exclusive(this::create)),
        Operation.of("GetPolicyVersion: PolicyArn, VersionId", store.exclusive(this::get)),
        Operation.of("DeletePolicyVersion: PolicyArn, VersionId", store.exclusive(this::delete)),
        Operation.of(
            "SetDefaultPolicyVersion: PolicyArn, VersionId", store.exclusive(this::setDefault)),
        Operation.of(
            "ListPolicyVersions: PolicyArn, Marker, MaxItems", store.exclusive(this::list)));
  }

  private Output create(Input input) {
    CustomerPolicy policy = policy(input);
    String document = PolicyOperations.checkedDocument(input);
    if (policy.versions.size() >= MAX_VERSIONS) {
      throw IamErrors.tooManyVersions();
    }
    policy.lastVersion++;
    var version = new Version("v" + policy.lastVersion, document, factory.now());
    policy.versions.add(version);
    policy.updated = version.created();
    if (input.bool("SetAsDefault", false)) {
      policy.defaultVersion = version.id();
    }
    return version(policy, version, false);
  }

  private Output get(Input input) {
    String arn = input.requiredText("PolicyArn");
    if (ManagedPolicies.isManaged(arn)) {
      Managed policy = ManagedPolicies.get(arn);
      String id = input.requiredText("VersionId");
      if (!id.equals(policy.version())) {
        throw IamErrors.noSuchVersion(arn, id);
      }
      ObjectNode answer = Json.object();
      ObjectNode version = json(policy, answer.putObject("PolicyVersion"));
      version.put("Document", PolicyDocument.encoded(ManagedPolicies.document(policy)));
      return Output.of(answer);
    }
    return version(
        store.policy(arn), store.policy(arn).version(input.requiredText("VersionId")), true);
  }

  private static ObjectNode json(Managed policy, ObjectNode version) {
    return version
        .put("VersionId", policy.version())
        .put("IsDefaultVersion", true)
        .put("CreateDate", policy.updated());
  }

  private Output delete(Input input) {
    CustomerPolicy policy = policy(input);
    Version version = policy.version(input.requiredText("VersionId"));
    if (version.id().equals(policy.defaultVersion)) {
      throw IamErrors.defaultVersion();
    }
    policy.versions.remove(version);
    return Output.empty();
  }

  private Output setDefault(Input input) {
    CustomerPolicy policy = policy(input);
    policy.defaultVersion = policy.version(input.requiredText("VersionId")).id();
    return Output.empty();
  }

  private Output list(Input input) {
    String arn = input.requiredText("PolicyArn");
    if (ManagedPolicies.isManaged(arn)) {
      // AWS lists earlier versions too; the simulator has the default version only.
      return IamPages.list(
          input,
          "Versions",
          List.of(ManagedPolicies.get(arn)),
          (items, policy) -> json(policy, items.addObject()));
    }
    CustomerPolicy policy = policy(input);
    return IamPages.list(
        input,
        "Versions",
        policy.versions.reversed(),
        (items, version) -> items.add(json(policy, version, false)));
  }

  private static Output version(CustomerPolicy policy, Version version, boolean withDocument) {
    ObjectNode answer = Json.object();
    answer.set("PolicyVersion", json(policy, version, withDocument));
    return Output.of(answer);
  }

  static ObjectNode json(CustomerPolicy policy, Version version, boolean withDocument) {
    ObjectNode json = Json.object();
    if (withDocument) {
      json.put("Document", PolicyDocument.encoded(version.document()));
    }
    return json.put("VersionId", version.id())
        .put("IsDefaultVersion", version.id().equals(policy.defaultVersion))
        .put("CreateDate", version.created().toString());
  }

  private CustomerPolicy policy(Input input) {
    return store.policy(input.requiredText("PolicyArn"));
  }
}
