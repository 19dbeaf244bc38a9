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

/** An API key in a usage plan. Every property is create-only. */
public final class UsagePlanKeyResource implements ResourceType {
  private static final Struct PROPERTIES =
      Struct.camel(
          member("UsagePlanId", Shape.text()).required().fixed(),
          member("KeyId", Shape.text()).required().fixed(),
          member("KeyType", Shape.text()).required().fixed());

  @Override
  public String name() {
    return "AWS::ApiGateway::UsagePlanKey";
  }

  @Override
  public Struct properties() {
    return PROPERTIES;
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    calls.call("apigateway", "CreateUsagePlanKey", properties.deepCopy());
    String id = properties.get("keyId").asText() + ":" + properties.get("usagePlanId").asText();
    return ResourceState.of(id, "Id", id);
  }

  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    return current;
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    ObjectNode input = calls.input();
    input.set("usagePlanId", properties.get("usagePlanId"));
    input.set("keyId", properties.get("keyId"));
    calls.callUnlessGone("apigateway", "DeleteUsagePlanKey", input);
  }
}
