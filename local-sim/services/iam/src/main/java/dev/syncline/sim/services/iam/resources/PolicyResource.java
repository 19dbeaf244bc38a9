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

/** An inline policy of one or more roles. */
public final class PolicyResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.of(
          """
          PolicyDocument: json, required
          PolicyName: text, required, fixed
          Roles: list of text, required
          """);
  private static final JsonNode NONE = JsonNodeFactory.instance.arrayNode();

  /** The declaration of the type. */
  public PolicyResource() {
    super(
        new CrudDeclaration("AWS::IAM::Policy", "iam", PROPERTIES).update(PolicyResource::change));
  }

  private static void change(Change change) {
    put(change.calls(), change.after());
    JsonNode roles = change.after().path("Roles");
    for (String role : Differences.without(change.before().path("Roles"), roles)) {
      remove(change.calls(), role, change.before());
    }
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    String id = names.name(64);
    var created = ResourceState.of(id, "Id", id);
    ServiceCalls.finish(() -> put(calls, properties), () -> delete(calls, created, properties));
    return created;
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    for (String role : Differences.without(properties.path("Roles"), NONE)) {
      remove(calls, role, properties);
    }
  }

  private static void put(ServiceCalls calls, ObjectNode properties) {
    for (JsonNode role : properties.path("Roles")) {
      ObjectNode input = calls.input().put("RoleName", role.asText());
      input.set("PolicyName", properties.get("PolicyName"));
      input.set("PolicyDocument", properties.get("PolicyDocument"));
      calls.call("iam", "PutRolePolicy", input);
    }
  }

  private static void remove(ServiceCalls calls, String role, ObjectNode properties) {
    ObjectNode input = calls.input().put("RoleName", role);
    calls.callUnlessGone(
        "iam", "DeleteRolePolicy", input.set("PolicyName", properties.get("PolicyName")));
  }
}
