// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

public final class AliasResource implements ResourceType {
  private static final Struct PROPERTIES =
      Struct.of(
          member("FunctionName", Shape.text()).required().fixed(),
          member("Name", Shape.text()).required().fixed(),
          member("FunctionVersion", Shape.text()).required(),
          member("Description", Shape.text()));

  @Override
  public String name() {
    return "AWS::Lambda::Alias";
  }

  @Override
  public Struct properties() {
    return PROPERTIES;
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    String arn =
        calls.call("lambda", "CreateAlias", properties.deepCopy()).path("AliasArn").asText();
    return ResourceState.of(arn, "AliasArn", arn);
  }

  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    ObjectNode input = after.deepCopy();
    input.put("Description", after.path("Description").asText(""));
    calls.call("lambda", "UpdateAlias", input);
    return current;
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    ObjectNode input = calls.input();
    input.set("FunctionName", properties.get("FunctionName"));
    input.set("Name", properties.get("Name"));
    calls.callUnlessGone("lambda", "DeleteAlias", input);
  }
}
