// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;
import java.util.Locale;

/** A JSON schema that a REST API may check request bodies against. */
public final class ModelResource implements ResourceType {
  private static final Struct PROPERTIES =
      Struct.camel(
          member("RestApiId", Shape.text()).required().fixed(),
          member("Name", Shape.text()).fixed(),
          member("ContentType", Shape.text()).fixed(),
          member("Description", Shape.text()),
          member("Schema", Shape.jsonText()));

  @Override
  public String name() {
    return "AWS::ApiGateway::Model";
  }

  @Override
  public Struct properties() {
    return PROPERTIES;
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    // A model's name takes letters and digits only.
    String name =
        properties
            .path("name")
            .asText(names.logicalId() + names.ids().lowerAlphanumeric(8).toUpperCase(Locale.ROOT));
    ObjectNode input = properties.deepCopy().put("name", name);
    if (!input.has("contentType")) {
      input.put("contentType", "application/json");
    }
    calls.call("apigateway", "CreateModel", input);
    return ResourceState.of(name);
  }

  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    new Patches()
        .scalars("/", before, after, "description", "schema")
        .send(calls, "UpdateModel", target(calls, current, after));
    return current;
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    calls.callUnlessGone("apigateway", "DeleteModel", target(calls, current, properties));
  }

  private static ObjectNode target(
      ServiceCalls calls, ResourceState current, ObjectNode properties) {
    ObjectNode input = calls.input().put("modelName", current.physicalId());
    return input.set("restApiId", properties.get("restApiId"));
  }
}
