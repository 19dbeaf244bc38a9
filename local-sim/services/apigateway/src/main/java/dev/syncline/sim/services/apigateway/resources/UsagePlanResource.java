// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.Differences;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

/** Throttling and quota for the stages that its API keys may call. */
public final class UsagePlanResource extends CrudResource {
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

  /** The declaration of the type. */
  public UsagePlanResource() {
    super(
        new CrudDeclaration("AWS::ApiGateway::UsagePlan", "apigateway", PROPERTIES)
            .create("CreateUsagePlan")
            .named("name", 64)
            .id("/id", "Id")
            .addressedBy("usagePlanId")
            .update(UsagePlanResource::patch)
            .tagMap(
                Patches.TAGGING,
                change -> Patches.arn(change, "/usageplans/" + change.current().physicalId()))
            .delete("DeleteUsagePlan"));
  }

  private static void patch(Change change) {
    ObjectNode before = change.before();
    ObjectNode after = change.after();
    var patches = new Patches();
    if (after.has("name")) {
      patches.scalars("/", before, after, "name");
    }
    patches.scalars("/", before, after, "description");
    limits(patches, "throttle", before, after, "rateLimit", "burstLimit");
    limits(patches, "quota", before, after, "limit", "offset", "period");
    for (String removed : Differences.without(stages(before), stages(after))) {
      patches.remove("/apiStages", removed);
    }
    for (String added : Differences.without(stages(after), stages(before))) {
      patches.add("/apiStages", added);
    }
    patches.send(change, "UpdateUsagePlan");
  }

  private static void limits(
      Patches patches, String name, ObjectNode before, ObjectNode after, String... members) {
    if (before.has(name) && !after.has(name)) {
      patches.remove("/" + name);
    } else {
      patches.scalars("/" + name + "/", before.path(name), after.path(name), members);
    }
  }

  /** The stages are removed first, because the service refuses to delete a plan that has some. */
  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    var patches = new Patches();
    stages(properties).forEach(stage -> patches.remove("/apiStages", stage.asText()));
    if (!stages(properties).isEmpty()) {
      calls.callUnlessGone(
          "apigateway",
          "UpdateUsagePlan",
          target(calls, current, properties).set("patchOperations", patches.operations()));
    }
    super.delete(calls, current, properties);
  }

  /** The stages in the form {@code api:stage}. */
  private static JsonNode stages(ObjectNode properties) {
    var stages = JsonNodeFactory.instance.arrayNode();
    for (JsonNode stage : properties.path("apiStages")) {
      stages.add(stage.path("apiId").asText() + ":" + stage.path("stage").asText());
    }
    return stages;
  }
}
