// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;
import dev.syncline.sim.service.resource.Tagging;
import java.util.List;

public final class EventSourceMappingResource extends CrudResource {
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

  /** The declaration of the type. */
  public EventSourceMappingResource() {
    super(
        new CrudDeclaration("AWS::Lambda::EventSourceMapping", "lambda", PROPERTIES)
            .create("CreateEventSourceMapping")
            .created(EventSourceMappingResource::state)
            .addressedBy("UUID")
            .update(EventSourceMappingResource::change)
            .tagMap(TAGGING, change -> change.current().text("EventSourceMappingArn"))
            .delete("DeleteEventSourceMapping"));
  }

  private static ResourceState state(Created call) {
    String id = call.answered("/UUID");
    return ResourceState.of(
        id, "Id", id, "EventSourceMappingArn", call.answered("/EventSourceMappingArn"));
  }

  private static void change(Change change) {
    ObjectNode input = change.after().deepCopy().setAll(change.target());
    input.remove(List.of("EventSourceArn", "Tags"));
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
    change.calls().call("lambda", "UpdateEventSourceMapping", input);
  }
}
