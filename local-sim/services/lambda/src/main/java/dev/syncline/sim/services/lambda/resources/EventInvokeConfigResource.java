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

/** How a function is retried when it was invoked asynchronously. */
public final class EventInvokeConfigResource implements ResourceType {
  private static final Struct DESTINATION =
      Struct.of(member("Destination", Shape.text()).required());
  private static final Struct PROPERTIES =
      Struct.of(
          member("FunctionName", Shape.text()).required().fixed(),
          member("Qualifier", Shape.text()).required().fixed(),
          member("MaximumEventAgeInSeconds", Shape.integer()),
          member("MaximumRetryAttempts", Shape.integer()),
          member(
              "DestinationConfig",
              Struct.of(member("OnFailure", DESTINATION), member("OnSuccess", DESTINATION))));

  @Override
  public String name() {
    return "AWS::Lambda::EventInvokeConfig";
  }

  @Override
  public Struct properties() {
    return PROPERTIES;
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    calls.call("lambda", "PutFunctionEventInvokeConfig", properties.deepCopy());
    return ResourceState.of(names.name(100));
  }

  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    calls.call("lambda", "PutFunctionEventInvokeConfig", after.deepCopy());
    return current;
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    ObjectNode input = calls.input();
    input.set("FunctionName", properties.get("FunctionName"));
    input.set("Qualifier", properties.get("Qualifier"));
    calls.callUnlessGone("lambda", "DeleteFunctionEventInvokeConfig", input);
  }
}
