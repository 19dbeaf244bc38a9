// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.Differences;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A stage of a REST API with its settings. */
public final class StageResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.camel(
          member("RestApiId", Shape.text()).required().fixed(),
          member("StageName", Shape.text()).required().fixed(),
          member("DeploymentId", Shape.text()).required(),
          member("Description", Shape.text()),
          member("TracingEnabled", Shape.bool()),
          member("Variables", Shape.map(Shape.text())),
          member(
              "AccessLogSetting",
              Struct.camel(member("DestinationArn", Shape.text()), member("Format", Shape.text()))),
          member(
              "MethodSettings",
              Shape.list(
                  Struct.of(
                      member("ResourcePath", Shape.text()).required(),
                      member("HttpMethod", Shape.text()).required(),
                      member("LoggingLevel", Shape.text()).as("logging/loglevel"),
                      member("DataTraceEnabled", Shape.bool()).as("logging/dataTrace"),
                      member("MetricsEnabled", Shape.bool()).as("metrics/enabled"),
                      member("ThrottlingBurstLimit", Shape.integer()).as("throttling/burstLimit"),
                      member("ThrottlingRateLimit", Shape.number()).as("throttling/rateLimit")))),
          member("Tags", Shape.tagMap()));
  private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();

  /** The declaration of the type. */
  public StageResource() {
    super(
        new CrudDeclaration("AWS::ApiGateway::Stage", "apigateway", PROPERTIES)
            .create("CreateStage", "accessLogSetting", "methodSettings")
            .created(call -> ResourceState.of(call.given("stageName")))
            .addressedByProperties("restApiId", "stageName")
            .update(StageResource::patch)
            .tagMap(
                Patches.TAGGING,
                change ->
                    Patches.arn(
                        change,
                        "/restapis/"
                            + change.after().path("restApiId").asText()
                            + "/stages/"
                            + change.current().physicalId()))
            .delete("DeleteStage"));
  }

  /** The settings follow in a second call, because CreateStage has no members for them. */
  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    ResourceState created = super.create(calls, names, properties);
    ServiceCalls.finish(
        () ->
            settings(NOTHING, properties)
                .send(calls, "UpdateStage", target(calls, created, properties)),
        () -> delete(calls, created, properties));
    return created;
  }

  private static void patch(Change change) {
    ObjectNode before = change.before();
    ObjectNode after = change.after();
    settings(before, after)
        .scalars("/", before, after, "deploymentId", "description", "tracingEnabled")
        .map("/variables/", before.path("variables"), after.path("variables"))
        .send(change, "UpdateStage");
  }

  private static Patches settings(ObjectNode before, ObjectNode after) {
    var patches = new Patches();
    JsonNode log = after.path("accessLogSetting");
    if (log.isMissingNode() && before.has("accessLogSetting")) {
      patches.remove("/accessLogSettings");
    } else {
      patches.scalars(
          "/accessLogSettings/", before.path("accessLogSetting"), log, "destinationArn", "format");
    }
    Map<String, JsonNode> old = byMethod(before);
    Map<String, JsonNode> wanted = byMethod(after);
    wanted.forEach(
        (method, setting) ->
            Differences.set(old.getOrDefault(method, NOTHING), setting)
                .properties()
                .forEach(
                    entry ->
                        patches.replace(method + "/" + entry.getKey(), entry.getValue().asText())));
    old.keySet().stream().filter(method -> !wanted.containsKey(method)).forEach(patches::remove);
    return patches;
  }

  /** The settings by {@code /path/METHOD}, the path escaped as the gateway wants it. */
  private static Map<String, JsonNode> byMethod(ObjectNode properties) {
    var byMethod = new LinkedHashMap<String, JsonNode>();
    for (JsonNode setting : properties.path("methodSettings")) {
      String path = setting.path("ResourcePath").asText();
      String segment = path.equals("/*") ? "*" : Patches.escape(path);
      ObjectNode values = setting.deepCopy();
      values.remove(List.of("ResourcePath", "HttpMethod"));
      byMethod.put("/" + segment + "/" + setting.path("HttpMethod").asText(), values);
    }
    return byMethod;
  }
}
