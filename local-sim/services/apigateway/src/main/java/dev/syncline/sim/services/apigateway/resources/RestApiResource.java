// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.Differences;
import dev.syncline.sim.service.resource.ResourceException;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

/** A REST API without its resources, methods and stages. */
public final class RestApiResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.camel(
          member("Name", Shape.text()).required(),
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
    patches.send(change, "UpdateRestApi");
  }
}
