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
import dev.syncline.sim.service.resource.Tagging;

/** An activity of Step Functions. */
public final class ActivityResource implements ResourceType {
  private static final Struct PROPERTIES =
      Struct.camel(
          member("Name", Shape.text()).required().fixed(),
          member("Tags", Shape.tagList("key", "value")));
  private static final Tagging TAGGING = Tagging.camel("states");

  @Override
  public String name() {
    return "AWS::StepFunctions::Activity";
  }

  @Override
  public String nameProperty() {
    return "Name";
  }

  @Override
  public Struct properties() {
    return PROPERTIES;
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    String arn =
        calls.call("states", "CreateActivity", properties.deepCopy()).path("activityArn").asText();
    return ResourceState.of(arn, "Arn", arn, "Name", properties.path("name").asText());
  }

  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    TAGGING.changeList(calls, current.physicalId(), "key", before.path("tags"), after.path("tags"));
    return current;
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    calls.callUnlessGone(
        "states", "DeleteActivity", calls.input().put("activityArn", current.physicalId()));
  }
}
