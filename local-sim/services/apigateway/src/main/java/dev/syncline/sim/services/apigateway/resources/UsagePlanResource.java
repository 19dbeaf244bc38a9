// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.Differences;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;
import dev.syncline.sim.service.resource.Tagging;

/** Who may call which stages, how often. */
public final class UsagePlanResource implements ResourceType {
  private static final Struct PROPERTIES =
      Struct.camel(
          member("UsagePlanName", Shape.text()).as("name"),
          member("Description", Shape.text()),
          member(
              "ApiStages",
              Shape.list(
                  Struct.camel(
                      member("ApiId", Shape.text()).required(),
                      member("Stage", Shape.text()).required()))),
          member(
              "Throttle",
              Struct.camel(
                  member("BurstLimit", Shape.integer()), member("RateLimit", Shape.number()))),
          member(
              "Quota",
              Struct.camel(
                  member("Limit", Shape.integer()),
                  member("Offset", Shape.integer()),
                  member("Period", Shape.text()))),
          member("Tags", Shape.tagMap()));
  private static final Tagging TAGGING = Tagging.camel("apigateway");

  @Override
  public String name() {
    return "AWS::ApiGateway::UsagePlan";
  }

  @Override
  public Struct properties() {
    return PROPERTIES;
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    ObjectNode input =
        properties.deepCopy().put("name", properties.path("name").asText(names.name(64)));
    String id = calls.call("apigateway", "CreateUsagePlan", input).path("id").asText();
    return ResourceState.of(id, "Id", id);
  }

  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    var patches = new Patches();
    if (after.has("name")) {
      patches.scalars("/", before, after, "name");
    }
    patches.scalars("/", before, after, "description");
    limits(patches, "throttle", before, after, "rateLimit", "burstLimit");
    limits(patches, "quota", before, after, "limit", "offset", "period");
    for (String gone : Differences.without(stages(before), stages(after))) {
      patches.remove("/apiStages", gone);
    }
    for (String added : Differences.without(stages(after), stages(before))) {
      patches.add("/apiStages", added);
    }
    patches.send(calls, "UpdateUsagePlan", target(calls, current));
    TAGGING.changeMap(
        calls,
        "arn:aws:apigateway:" + calls.region() + "::/usageplans/" + current.physicalId(),
        before.path("tags"),
        after.path("tags"));
    return current;
  }

  private static void limits(
      Patches patches, String name, ObjectNode before, ObjectNode after, String... members) {
    if (before.has(name) && !after.has(name)) {
      patches.remove("/" + name);
    } else {
      patches.scalars("/" + name + "/", before.path(name), after.path(name), members);
    }
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    var patches = new Patches();
    stages(properties).forEach(stage -> patches.remove("/apiStages", stage.asText()));
    // The service refuses to delete a plan that has stages.
    if (!stages(properties).isEmpty()) {
      calls.callUnlessGone(
          "apigateway",
          "UpdateUsagePlan",
          target(calls, current).set("patchOperations", patches.operations()));
    }
    calls.callUnlessGone("apigateway", "DeleteUsagePlan", target(calls, current));
  }

  /** As {@code api:stage}. */
  private static JsonNode stages(ObjectNode properties) {
    var stages = JsonNodeFactory.instance.arrayNode();
    for (JsonNode stage : properties.path("apiStages")) {
      stages.add(stage.path("apiId").asText() + ":" + stage.path("stage").asText());
    }
    return stages;
  }

  private static ObjectNode target(ServiceCalls calls, ResourceState current) {
    return calls.input().put("usagePlanId", current.physicalId());
  }
}
