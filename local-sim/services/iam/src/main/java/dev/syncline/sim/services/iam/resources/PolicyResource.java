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

/** An inline policy of one or more users, groups and roles. */
public final class PolicyResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.of(
          """
          Groups: list of text
          PolicyDocument: json, required
          PolicyName: text, required, fixed
          Roles: list of text
          Users: list of text
          """);
  private static final JsonNode NONE = JsonNodeFactory.instance.arrayNode();

  /** The declaration of the type. */
  public PolicyResource() {
    super(
        new CrudDeclaration("AWS::IAM::Policy", "iam", PROPERTIES).update(PolicyResource::change));
  }

  private static void change(Change change) {
    put(change.calls(), change.after());
    for (HolderPolicies holders : HolderPolicies.ALL) {
      remove(change.calls(), holders, change.before(), change.after().path(holders.list()));
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
    for (HolderPolicies holders : HolderPolicies.ALL) {
      remove(calls, holders, properties, NONE);
    }
  }

  private static void put(ServiceCalls calls, ObjectNode properties) {
    for (HolderPolicies holders : HolderPolicies.ALL) {
      properties
          .path(holders.list())
          .forEach(name -> holders.put(calls, name.asText(), properties));
    }
  }

  /** Removes the policy from the holders that are not {@code kept}. */
  private static void remove(
      ServiceCalls calls, HolderPolicies holders, ObjectNode properties, JsonNode kept) {
    for (String name : Differences.without(properties.path(holders.list()), kept)) {
      holders.remove(calls, name, properties.path("PolicyName").asText());
    }
  }
}
