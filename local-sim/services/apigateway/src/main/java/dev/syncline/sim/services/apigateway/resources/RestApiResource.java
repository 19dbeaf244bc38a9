// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.Differences;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceException;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;
import dev.syncline.sim.service.resource.Tagging;

public final class RestApiResource implements ResourceType {
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
  private static final Tagging TAGGING = Tagging.camel("apigateway");

  @Override
  public String name() {
    return "AWS::ApiGateway::RestApi";
  }

  @Override
  public Struct properties() {
    return PROPERTIES;
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    String id =
        calls.call("apigateway", "CreateRestApi", properties.deepCopy()).path("id").asText();
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

  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    var patches =
        new Patches()
            .scalars(
                "/",
                before,
                after,
                "name",
                "description",
                "apiKeySource",
                "disableExecuteApiEndpoint",
                "minimumCompressionSize",
                "policy");
    JsonNode oldTypes = before.path("binaryMediaTypes");
    JsonNode newTypes = after.path("binaryMediaTypes");
    for (String type : Differences.without(newTypes, oldTypes)) {
      patches.add("/binaryMediaTypes/" + Patches.escape(type));
    }
    for (String type : Differences.without(oldTypes, newTypes)) {
      patches.remove("/binaryMediaTypes/" + Patches.escape(type));
    }
    String id = current.physicalId();
    patches.send(calls, "UpdateRestApi", calls.input().put("restApiId", id));
    TAGGING.changeMap(
        calls,
        "arn:aws:apigateway:" + calls.region() + "::/restapis/" + id,
        before.path("tags"),
        after.path("tags"));
    return current;
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    calls.callUnlessGone(
        "apigateway", "DeleteRestApi", calls.input().put("restApiId", current.physicalId()));
  }
}
