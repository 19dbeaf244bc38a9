// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.Differences;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Struct;
import dev.syncline.sim.service.resource.Tagging;
import java.util.Set;

/** A user with its policies, groups and console sign-in. */
public final class UserResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.of(
          """
          Groups: list of text
          LoginProfile: structure
            Password: text, required
            PasswordResetRequired: boolean
          ManagedPolicyArns: list of text
          Path: text, fixed
          PermissionsBoundary: text
          Policies: list of structure
            PolicyName: text, required
            PolicyDocument: json, required
          Tags: tags Key Value
          UserName: text, fixed
          """);
  private static final Tagging TAGGING =
      new Tagging("iam", "TagUser", "UntagUser", "UserName", "Tags", "TagKeys");
  private static final JsonNode NONE = JsonNodeFactory.instance.arrayNode();

  /** The declaration of the type. */
  public UserResource() {
    super(
        new CrudDeclaration("AWS::IAM::User", "iam", PROPERTIES)
            .nameProperty("UserName")
            .create("CreateUser", "Groups", "LoginProfile", "ManagedPolicyArns", "Policies")
            .named("UserName", 64)
            .created(
                call -> ResourceState.of(call.given("UserName"), "Arn", call.answered("/User/Arn")))
            .addressedBy("UserName")
            .update(HolderPolicies.OF_USERS::changeBoundary)
            .update(HolderPolicies.OF_USERS::change)
            .update(UserResource::changeGroups)
            .update(UserResource::changeLogin)
            .tagList(TAGGING, "Key")
            .delete("DeleteUser"));
  }

  @Override
  public Set<String> customIamNames() {
    return Set.of("UserName");
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    ResourceState created = super.create(calls, names, properties);
    String name = created.physicalId();
    ServiceCalls.finish(
        () -> {
          HolderPolicies.OF_USERS.create(calls, name, properties);
          Differences.without(properties.path("Groups"), NONE)
              .forEach(group -> GroupMembers.add(calls, group, name));
          if (properties.has("LoginProfile")) {
            login(calls, "CreateLoginProfile", name, properties.path("LoginProfile"));
          }
        },
        () -> delete(calls, created, properties));
    return created;
  }

  private static void changeGroups(Change change) {
    String name = change.current().physicalId();
    JsonNode old = change.before().path("Groups");
    JsonNode wanted = change.after().path("Groups");
    Differences.without(wanted, old)
        .forEach(group -> GroupMembers.add(change.calls(), group, name));
    Differences.without(old, wanted)
        .forEach(group -> GroupMembers.remove(change.calls(), group, name));
  }

  private static void changeLogin(Change change) {
    if (!change.of("LoginProfile")) {
      return;
    }
    JsonNode wanted = change.after().path("LoginProfile");
    if (wanted.isMissingNode()) {
      change.calls().callUnlessGone("iam", "DeleteLoginProfile", change.target());
    } else {
      boolean exists = change.before().has("LoginProfile");
      login(
          change.calls(),
          exists ? "UpdateLoginProfile" : "CreateLoginProfile",
          change.current().physicalId(),
          wanted);
    }
  }

  private static void login(ServiceCalls calls, String operation, String user, JsonNode profile) {
    ObjectNode input = profile.<ObjectNode>deepCopy().put("UserName", user);
    calls.call("iam", operation, input);
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    String name = current.physicalId();
    HolderPolicies.OF_USERS.delete(calls, name, properties);
    Differences.without(properties.path("Groups"), NONE)
        .forEach(group -> GroupMembers.remove(calls, group, name));
    if (properties.has("LoginProfile")) {
      calls.callUnlessGone("iam", "DeleteLoginProfile", calls.input().put("UserName", name));
    }
    super.delete(calls, current, properties);
  }
}
