// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

/** An alias of a state machine's versions. Gradual deployment is not supported. */
public final class StateMachineAliasResource implements ResourceType {
  private static final Struct PROPERTIES =
      Struct.camel(
          member("Name", Shape.text()).fixed(),
          member("Description", Shape.text()),
          member(
                  "RoutingConfiguration",
                  Shape.list(
                      Struct.camel(
                          member("StateMachineVersionArn", Shape.text()).required(),
                          member("Weight", Shape.integer()).required())))
              .required());

  @Override
  public String name() {
    return "AWS::StepFunctions::StateMachineAlias";
  }

  @Override
  public Struct properties() {
    return PROPERTIES;
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    ObjectNode input = properties.deepCopy();
    input.put("name", properties.path("name").asText(names.name(80)));
    String arn =
        calls
            .call("states", "CreateStateMachineAlias", input)
            .path("stateMachineAliasArn")
            .asText();
    return ResourceState.of(arn, "Arn", arn);
  }

  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    ObjectNode input = calls.input().put("stateMachineAliasArn", current.physicalId());
    input.put("description", after.path("description").asText(""));
    input.set("routingConfiguration", after.get("routingConfiguration"));
    calls.call("states", "UpdateStateMachineAlias", input);
    return current;
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    calls.callUnlessGone(
        "states",
        "DeleteStateMachineAlias",
        calls.input().put("stateMachineAliasArn", current.physicalId()));
  }
}
