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

/** What a REST API answers when it is the gateway that refuses or fails. */
public final class GatewayResponseResource implements ResourceType {
  private static final Struct PROPERTIES =
      Struct.camel(
          member("RestApiId", Shape.text()).required().fixed(),
          member("ResponseType", Shape.text()).required().fixed(),
          member("StatusCode", Shape.text()),
          member("ResponseParameters", Shape.map(Shape.text())),
          member("ResponseTemplates", Shape.map(Shape.text())));

  @Override
  public String name() {
    return "AWS::ApiGateway::GatewayResponse";
  }

  @Override
  public Struct properties() {
    return PROPERTIES;
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    calls.call("apigateway", "PutGatewayResponse", properties.deepCopy());
    String id = names.name(64);
    return ResourceState.of(id, "Id", id);
  }

  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    calls.call("apigateway", "PutGatewayResponse", after.deepCopy());
    return current;
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    ObjectNode input = calls.input();
    input.set("restApiId", properties.get("restApiId"));
    input.set("responseType", properties.get("responseType"));
    calls.callUnlessGone("apigateway", "DeleteGatewayResponse", input);
  }
}
