// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.Differences;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceException;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A REST API; its resources and methods only where an OpenAPI document gives them. */
public final class RestApiResource extends CrudResource {
  private static final List<String> IMPORT = List.of("body", "bodyS3Location");
  private static final List<String> OPTIONS = List.of("failOnWarnings", "mode", "parameters");
  private static final Struct PROPERTIES =
      Struct.camel(
          member("Name", Shape.text()),
          member("Body", Shape.jsonText()),
          member(
              "BodyS3Location",
              Struct.camel(
                  member("Bucket", Shape.text()).required(),
                  member("Key", Shape.text()).required(),
                  member("ETag", Shape.text()),
                  member("Version", Shape.text()))),
          member("FailOnWarnings", Shape.bool()),
          member("Mode", Shape.text()),
          member("Parameters", Shape.map(Shape.text())),
          member("Description", Shape.text()),
          member("ApiKeySourceType", Shape.text()).as("apiKeySource"),
          member("BinaryMediaTypes", Shape.list(Shape.text())),
          member("DisableExecuteApiEndpoint", Shape.bool()),
          member(
                  "EndpointConfiguration",
                  Struct.camel(
                      member("Types", Shape.list(Shape.text())),
                      member("VpcEndpointIds", Shape.list(Shape.text())),
                      member("IpAddressType", Shape.text())))
              .fixed(),
          member("MinimumCompressionSize", Shape.integer()),
          member("Policy", Shape.jsonText()),
          member("Tags", Shape.tagMap()));

  /** The declaration of the type. */
  public RestApiResource() {
    super(
        new CrudDeclaration("AWS::ApiGateway::RestApi", "apigateway", PROPERTIES)
            .create("CreateRestApi")
            .created(RestApiResource::withRoot)
            .addressedBy("restApiId")
            .update(RestApiResource::patch)
            .tagMap(
                Patches.TAGGING,
                change -> Patches.arn(change, "/restapis/" + change.current().physicalId()))
            .delete("DeleteRestApi"));
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    boolean imports = IMPORT.stream().anyMatch(properties::has);
    ObjectNode own = properties.deepCopy();
    own.remove(IMPORT);
    own.remove(OPTIONS);
    if (!own.has("name")) {
      if (!imports) {
        throw new ResourceException("Name is required unless Body or BodyS3Location is given");
      }
      own.put("name", names.name(64));
    }
    ResourceState created = super.create(calls, names, own);
    if (imports) {
      ServiceCalls.finish(
          () -> put(calls, created.physicalId(), properties),
          () -> delete(calls, created, properties));
    }
    return created;
  }

  /** Imports the document, after which the stack's own name and description hold. */
  private static void put(ServiceCalls calls, String id, ObjectNode properties) {
    ObjectNode input = calls.input().put("restApiId", id).put("body", body(calls, properties));
    input.put("mode", properties.path("mode").asText("overwrite"));
    for (String member : List.of("failOnWarnings", "parameters")) {
      if (properties.has(member)) {
        input.set(member, properties.get(member));
      }
    }
    calls.call("apigateway", "PutRestApi", input);
    var patches = new Patches();
    for (String member : List.of("name", "description")) {
      if (properties.has(member)) {
        patches.replace("/" + member, properties.get(member).asText());
      }
    }
    patches.send(calls, "UpdateRestApi", calls.input().put("restApiId", id));
  }

  private static String body(ServiceCalls calls, ObjectNode properties) {
    if (properties.has("body")) {
      return properties.get("body").asText();
    }
    JsonNode location = properties.path("bodyS3Location");
    return new String(
        calls.object(location.path("bucket").asText(), location.path("key").asText()),
        StandardCharsets.UTF_8);
  }

  private static ResourceState withRoot(Created call) {
    String id = call.answered("/id");
    ServiceCalls calls = call.calls();
    JsonNode resources =
        calls.call("apigateway", "GetResources", calls.input().put("restApiId", id));
    // The member is called items; on the wire, and so in the answer, it is item.
    for (JsonNode resource : resources.path("item")) {
      if (resource.path("path").asText().equals("/")) {
        return ResourceState.of(
            id, "RestApiId", id, "RootResourceId", resource.path("id").asText());
      }
    }
    throw new ResourceException("REST API " + id + " has no root resource");
  }

  private static void patch(Change change) {
    var patches =
        new Patches()
            .scalars(
                "/",
                change.before(),
                change.after(),
                "name",
                "description",
                "apiKeySource",
                "disableExecuteApiEndpoint",
                "minimumCompressionSize",
                "policy");
    JsonNode oldTypes = change.before().path("binaryMediaTypes");
    JsonNode newTypes = change.after().path("binaryMediaTypes");
    for (String type : Differences.without(newTypes, oldTypes)) {
      patches.add("/binaryMediaTypes/" + Patches.escape(type));
    }
    for (String type : Differences.without(oldTypes, newTypes)) {
      patches.remove("/binaryMediaTypes/" + Patches.escape(type));
    }
    if (change.of("body", "bodyS3Location", "mode", "parameters")
        && IMPORT.stream().anyMatch(change.after()::has)) {
      put(change.calls(), change.current().physicalId(), change.after());
    }
    patches.send(change, "UpdateRestApi");
  }
}
