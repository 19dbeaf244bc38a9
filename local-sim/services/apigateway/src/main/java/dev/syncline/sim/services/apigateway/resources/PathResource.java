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

/** A path segment of a REST API. Every property is create-only. */
public final class PathResource implements ResourceType {
  private static final Struct PROPERTIES =
      Struct.camel(
          member("RestApiId", Shape.text()).required().fixed(),
          member("ParentId", Shape.text()).required().fixed(),
          member("PathPart", Shape.text()).required().fixed());

  @Override
  public String name() {
    return "AWS::ApiGateway::Resource";
  }

  @Override
  public Struct properties() {
    return PROPERTIES;
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    String id =
        calls.call("apigateway", "CreateResource", properties.deepCopy()).path("id").asText();
    return ResourceState.of(id, "ResourceId", id);
  }

  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    return current;
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    ObjectNode input = calls.input().put("resourceId", current.physicalId());
    calls.callUnlessGone(
        "apigateway", "DeleteResource", input.set("restApiId", properties.get("restApiId")));
  }
}
