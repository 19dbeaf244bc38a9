// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.Differences;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

public final class RequestValidatorResource implements ResourceType {
  private static final Struct PROPERTIES =
      Struct.camel(
          member("RestApiId", Shape.text()).required().fixed(),
          member("Name", Shape.text()).fixed(),
          member("ValidateRequestBody", Shape.bool()),
          member("ValidateRequestParameters", Shape.bool()));

  @Override
  public String name() {
    return "AWS::ApiGateway::RequestValidator";
  }

  @Override
  public Struct properties() {
    return PROPERTIES;
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    ObjectNode input =
        properties.deepCopy().put("name", properties.path("name").asText(names.name(64)));
    String id = calls.call("apigateway", "CreateRequestValidator", input).path("id").asText();
    return ResourceState.of(id, "RequestValidatorId", id);
  }

  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    var patches = new Patches();
    for (String member : new String[] {"validateRequestBody", "validateRequestParameters"}) {
      if (Differences.in(before, after, member)) {
        patches.replace("/" + member, after.path(member).asText("false"));
      }
    }
    patches.send(calls, "UpdateRequestValidator", target(calls, current, after));
    return current;
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    calls.callUnlessGone(
        "apigateway", "DeleteRequestValidator", target(calls, current, properties));
  }

  private static ObjectNode target(
      ServiceCalls calls, ResourceState current, ObjectNode properties) {
    ObjectNode input = calls.input().put("requestValidatorId", current.physicalId());
    return input.set("restApiId", properties.get("restApiId"));
  }
}
