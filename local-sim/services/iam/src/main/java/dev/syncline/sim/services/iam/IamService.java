// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.state.ServiceState;
import dev.syncline.sim.services.iam.resources.ManagedPolicyResource;
import dev.syncline.sim.services.iam.resources.PolicyResource;
import dev.syncline.sim.services.iam.resources.RoleResource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * AWS IAM: roles and managed policies, AWS's own included, kept and returned. Nothing is enforced.
 * Thread-safe.
 */
public final class IamService implements AwsService, ResourceProvider {
  private final IamStore store;
  private final RoleOperations roles;
  private final PolicyOperations policies;

  /** The service for one account. */
  public IamService(SimClock clock, Ids ids, String account) {
    this.store = new IamStore(clock, ids, account);
    this.roles = new RoleOperations(store);
    this.policies = new PolicyOperations(store);
  }

  /** The unique id of a role, which sessions carry; empty when there is no such role. */
  public Optional<String> roleId(String roleArn) {
    synchronized (store) {
      return store.roles.values().stream()
          .filter(role -> role.arn.equals(roleArn))
          .map(role -> role.id)
          .findFirst();
    }
  }

  @Override
  public String signingName() {
    return "iam";
  }

  @Override
  public String title() {
    return "AWS IAM";
  }

  @Override
  public Protocol protocol() {
    return new Protocol.Query("2010-05-08", "https://iam.amazonaws.com/doc/2010-05-08/");
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        operation(
            "CreateRole",
            roles::create,
            "RoleName",
            "Path",
            "AssumeRolePolicyDocument",
            "Description",
            "MaxSessionDuration",
            "PermissionsBoundary",
            "Tags"),
        operation("GetRole", roles::get, "RoleName"),
        operation("DeleteRole", roles::delete, "RoleName"),
        operation("UpdateRole", roles::update, "RoleName", "Description", "MaxSessionDuration"),
        operation("UpdateRoleDescription", roles::updateDescription, "RoleName", "Description"),
        operation("UpdateAssumeRolePolicy", roles::updateTrust, "RoleName", "PolicyDocument"),
        operation("ListRoles", roles::list, "PathPrefix", "Marker", "MaxItems"),
        operation("TagRole", roles::tag, "RoleName", "Tags"),
        operation("UntagRole", roles::untag, "RoleName", "TagKeys"),
        operation("ListRoleTags", roles::listTags, "RoleName", "Marker", "MaxItems"),
        operation("PutRolePolicy", roles::putPolicy, "RoleName", "PolicyName", "PolicyDocument"),
        operation("GetRolePolicy", roles::getPolicy, "RoleName", "PolicyName"),
        operation("DeleteRolePolicy", roles::deletePolicy, "RoleName", "PolicyName"),
        operation("ListRolePolicies", roles::listPolicies, "RoleName", "Marker", "MaxItems"),
        operation("AttachRolePolicy", roles::attach, "RoleName", "PolicyArn"),
        operation("DetachRolePolicy", roles::detach, "RoleName", "PolicyArn"),
        operation(
            "ListAttachedRolePolicies",
            roles::listAttached,
            "RoleName",
            "PathPrefix",
            "Marker",
            "MaxItems"),
        operation(
            "ListInstanceProfilesForRole",
            roles::listInstanceProfiles,
            "RoleName",
            "Marker",
            "MaxItems"),
        operation(
            "CreatePolicy",
            policies::create,
            "PolicyName",
            "Path",
            "PolicyDocument",
            "Description",
            "Tags"),
        operation("GetPolicy", policies::get, "PolicyArn"),
        operation("DeletePolicy", policies::delete, "PolicyArn"),
        operation(
            "ListPolicies",
            policies::list,
            "Scope",
            "OnlyAttached",
            "PathPrefix",
            "PolicyUsageFilter",
            "Marker",
            "MaxItems"),
        operation(
            "CreatePolicyVersion",
            policies::createVersion,
            "PolicyArn",
            "PolicyDocument",
            "SetAsDefault"),
        operation("GetPolicyVersion", policies::getVersion, "PolicyArn", "VersionId"),
        operation("DeletePolicyVersion", policies::deleteVersion, "PolicyArn", "VersionId"),
        operation("SetDefaultPolicyVersion", policies::setDefaultVersion, "PolicyArn", "VersionId"),
        operation("ListPolicyVersions", policies::listVersions, "PolicyArn", "Marker", "MaxItems"),
        operation(
            "ListEntitiesForPolicy",
            policies::listEntities,
            "PolicyArn",
            "EntityFilter",
            "PathPrefix",
            "PolicyUsageFilter",
            "Marker",
            "MaxItems"),
        operation("TagPolicy", policies::tag, "PolicyArn", "Tags"),
        operation("UntagPolicy", policies::untag, "PolicyArn", "TagKeys"),
        operation("GetUser", this::getUser, "UserName"));
  }

  @Override
  public ServiceState state() {
    return new IamState(store);
  }

  private Operation operation(String name, Function<Input, Output> handler, String... members) {
    return Operation.of(
        name,
        (input, context) -> {
          synchronized (store) {
            return handler.apply(input);
          }
        },
        members);
  }

  private Output getUser(Input input) {
    String name = input.text("UserName").orElse("local");
    if (!name.equals("local")) {
      throw IamStore.noSuchEntity("The user with name " + name + " cannot be found.");
    }
    var answer = Json.object();
    answer
        .putObject("User")
        .put("Path", "/")
        .put("UserName", name)
        .put("UserId", "AIDALOCALUSER0000000")
        .put("Arn", "arn:aws:iam::" + store.account + ":user/" + name)
        .put("CreateDate", "2020-01-01T00:00:00Z");
    return Output.of(answer);
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(new ManagedPolicyResource(), new PolicyResource(), new RoleResource());
  }
}
