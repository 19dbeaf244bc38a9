// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.cloudformation.resource;

import static dev.syncline.sim.aws.cloudformation.resource.Struct.member;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** An activity of Step Functions. */
final class StatesActivity implements ResourceType {
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
