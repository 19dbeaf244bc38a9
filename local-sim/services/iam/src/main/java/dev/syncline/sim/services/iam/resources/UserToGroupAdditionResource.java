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

/** Users in a group. */
public final class UserToGroupAdditionResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.of(
          """
          GroupName: text, required
          Users: list of text, required
          """);
  private static final JsonNode NONE = JsonNodeFactory.instance.arrayNode();

  /** The declaration of the type. */
  public UserToGroupAdditionResource() {
    super(
        new CrudDeclaration("AWS::IAM::UserToGroupAddition", "iam", PROPERTIES)
            .update(UserToGroupAdditionResource::change));
  }

  private static void change(Change change) {
    JsonNode wanted = change.after().path("Users");
    if (change.of("GroupName")) {
      remove(change.calls(), change.before(), NONE);
      add(change.calls(), change.after(), NONE);
      return;
    }
    add(change.calls(), change.after(), change.before().path("Users"));
    remove(change.calls(), change.before(), wanted);
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    String id = names.name(64);
    var created = ResourceState.of(id, "Id", id);
    ServiceCalls.finish(
        () -> add(calls, properties, NONE), () -> delete(calls, created, properties));
    return created;
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    remove(calls, properties, NONE);
  }

  private static void add(ServiceCalls calls, ObjectNode properties, JsonNode without) {
    String group = properties.path("GroupName").asText();
    Differences.without(properties.path("Users"), without)
        .forEach(user -> GroupMembers.add(calls, group, user));
  }

  private static void remove(ServiceCalls calls, ObjectNode properties, JsonNode without) {
    String group = properties.path("GroupName").asText();
    Differences.without(properties.path("Users"), without)
        .forEach(user -> GroupMembers.remove(calls, group, user));
  }
}
