// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
          member("BisectBatchOnFunctionError", Shape.bool()),
          member(
              "DestinationConfig",
              Struct.of(member("OnFailure", Struct.of(member("Destination", Shape.text()))))),
          member("Enabled", Shape.bool()),
          member(
              "FilterCriteria",
              Struct.of(
                  member("Filters", Shape.list(Struct.of(member("Pattern", Shape.jsonText())))))),
          member("FunctionResponseTypes", Shape.list(Shape.text())),
          member("MaximumBatchingWindowInSeconds", Shape.integer()),
          member("MaximumRecordAgeInSeconds", Shape.integer()),
          member("MaximumRetryAttempts", Shape.integer()),
          member("ParallelizationFactor", Shape.integer()),
          member("ScalingConfig", Struct.of(member("MaximumConcurrency", Shape.integer()))),
          member("StartingPosition", Shape.text()).fixed(),
          member("TumblingWindowInSeconds", Shape.integer()),
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
    boolean stream = change.after().path("EventSourceArn").asText().contains(":dynamodb:");
    ObjectNode input = defaults(stream);
    input.setAll(change.after());
    input.setAll(change.target());
    input.remove(List.of("EventSourceArn", "StartingPosition", "Tags"));
    change.calls().call("lambda", "UpdateEventSourceMapping", input);
  }

  /** Left out of an update, a member keeps its value; these give it back the service's default. */
  private static ObjectNode defaults(boolean stream) {
    ObjectNode defaults =
        JsonNodeFactory.instance
            .objectNode()
            .put("BatchSize", stream ? 100 : 10)
            .put("Enabled", true)
            .put("MaximumBatchingWindowInSeconds", 0);
    defaults.putArray("FunctionResponseTypes");
    defaults.putObject("FilterCriteria").putArray("Filters");
    if (stream) {
      defaults
          .put("BisectBatchOnFunctionError", false)
          .put("MaximumRecordAgeInSeconds", -1)
          .put("MaximumRetryAttempts", -1)
          .put("ParallelizationFactor", 1)
          .put("TumblingWindowInSeconds", 0);
      defaults.putObject("DestinationConfig").putObject("OnFailure");
    } else {
      defaults.putObject("ScalingConfig");
    }
    return defaults;
  }
}
