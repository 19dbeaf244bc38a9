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

/** A published version of a state machine. Every property is create-only. */
public final class StateMachineVersionResource implements ResourceType {
  private static final Struct PROPERTIES =
      Struct.camel(
          member("StateMachineArn", Shape.text()).required().fixed(),
          member("StateMachineRevisionId", Shape.text()).as("revisionId").fixed(),
          member("Description", Shape.text()).fixed());

  @Override
  public String name() {
    return "AWS::StepFunctions::StateMachineVersion";
  }

  @Override
  public Struct properties() {
    return PROPERTIES;
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    String arn =
        calls
            .call("states", "PublishStateMachineVersion", properties.deepCopy())
            .path("stateMachineVersionArn")
            .asText();
    return ResourceState.of(arn, "Arn", arn);
  }

  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    return current;
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    calls.callUnlessGone(
        "states",
        "DeleteStateMachineVersion",
        calls.input().put("stateMachineVersionArn", current.physicalId()));
  }
}
