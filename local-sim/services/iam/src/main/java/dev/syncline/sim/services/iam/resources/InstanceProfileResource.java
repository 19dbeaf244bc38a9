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
import java.util.Set;

/** An instance profile with its role. */
public final class InstanceProfileResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.of(
          """
          InstanceProfileName: text, fixed
          Path: text, fixed
          Roles: list of text, required
          """);
  private static final JsonNode NONE = JsonNodeFactory.instance.arrayNode();

  /** The declaration of the type. */
  public InstanceProfileResource() {
    super(
        new CrudDeclaration("AWS::IAM::InstanceProfile", "iam", PROPERTIES)
            .nameProperty("InstanceProfileName")
            .create("CreateInstanceProfile", "Roles")
            .named("InstanceProfileName", 128)
            .created(
                call ->
                    ResourceState.of(
                        call.given("InstanceProfileName"),
                        "Arn",
                        call.answered("/InstanceProfile/Arn")))
            .addressedBy("InstanceProfileName")
            .update(
                change -> {
                  JsonNode old = change.before().path("Roles");
                  JsonNode wanted = change.after().path("Roles");
                  String name = change.current().physicalId();
                  Differences.without(old, wanted)
                      .forEach(role -> remove(change.calls(), name, role));
                  Differences.without(wanted, old).forEach(role -> add(change.calls(), name, role));
                })
            .delete("DeleteInstanceProfile"));
  }

  @Override
  public Set<String> customIamNames() {
    return Set.of("InstanceProfileName");
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    ResourceState created = super.create(calls, names, properties);
    ServiceCalls.finish(
        () ->
            Differences.without(properties.path("Roles"), NONE)
                .forEach(role -> add(calls, created.physicalId(), role)),
        () -> delete(calls, created, properties));
    return created;
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    Differences.without(properties.path("Roles"), NONE)
        .forEach(role -> remove(calls, current.physicalId(), role));
    super.delete(calls, current, properties);
  }

  private static void add(ServiceCalls calls, String profile, String role) {
    calls.call("iam", "AddRoleToInstanceProfile", input(calls, profile, role));
  }

  private static void remove(ServiceCalls calls, String profile, String role) {
    calls.callUnlessGone("iam", "RemoveRoleFromInstanceProfile", input(calls, profile, role));
  }

  private static ObjectNode input(ServiceCalls calls, String profile, String role) {
    return calls.input().put("InstanceProfileName", profile).put("RoleName", role);
  }
}
