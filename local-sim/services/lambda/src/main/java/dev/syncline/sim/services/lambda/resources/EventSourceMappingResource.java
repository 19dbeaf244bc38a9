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
import dev.syncline.sim.service.resource.Tagging;

public final class EventSourceMappingResource implements ResourceType {
  private static final Struct PROPERTIES =
      Struct.of(
          member("EventSourceArn", Shape.text()).required().fixed(),
          member("FunctionName", Shape.text()).required(),
          member("BatchSize", Shape.integer()),
          member("Enabled", Shape.bool()),
          member(
              "FilterCriteria",
              Struct.of(
                  member("Filters", Shape.list(Struct.of(member("Pattern", Shape.jsonText())))))),
          member("FunctionResponseTypes", Shape.list(Shape.text())),
          member("MaximumBatchingWindowInSeconds", Shape.integer()),
          member("ScalingConfig", Struct.of(member("MaximumConcurrency", Shape.integer()))),
          member("Tags", Shape.tagMap()));

  private static final Tagging TAGGING =
      new Tagging("lambda", "TagResource", "UntagResource", "Resource", "Tags", "TagKeys");

  @Override
  public String name() {
    return "AWS::Lambda::EventSourceMapping";
  }

  @Override
  public Struct properties() {
    return PROPERTIES;
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    var created = calls.call("lambda", "CreateEventSourceMapping", properties.deepCopy());
    String id = created.path("UUID").asText();
    return ResourceState.of(
        id, "Id", id, "EventSourceMappingArn", created.path("EventSourceMappingArn").asText());
  }

  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    ObjectNode input = after.deepCopy().put("UUID", current.physicalId());
    input.remove("EventSourceArn");
    input.remove("Tags");
    // Left out of an update, a member keeps its value; these give it back the service's default.
    if (!input.has("BatchSize")) {
      input.put("BatchSize", 10);
    }
    if (!input.has("Enabled")) {
      input.put("Enabled", true);
    }
    if (!input.has("MaximumBatchingWindowInSeconds")) {
      input.put("MaximumBatchingWindowInSeconds", 0);
    }
    input.withArray("FunctionResponseTypes");
    input.withObject("/FilterCriteria").withArray("Filters");
    input.withObject("/ScalingConfig");
    calls.call("lambda", "UpdateEventSourceMapping", input);
    TAGGING.changeMap(
        calls, current.text("EventSourceMappingArn"), before.path("Tags"), after.path("Tags"));
    return current;
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    calls.callUnlessGone(
        "lambda", "DeleteEventSourceMapping", calls.input().put("UUID", current.physicalId()));
  }
}
