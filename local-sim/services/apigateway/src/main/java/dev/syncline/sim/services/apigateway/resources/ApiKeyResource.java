// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.Differences;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;
import dev.syncline.sim.service.resource.Tagging;

/** An API key of API Gateway. */
public final class ApiKeyResource implements ResourceType {
  private static final Struct PROPERTIES =
      Struct.camel(
          member("Name", Shape.text()).fixed(),
          member("Value", Shape.text()).fixed(),
          member("GenerateDistinctId", Shape.bool()).fixed(),
          member("CustomerId", Shape.text()),
          member("Description", Shape.text()),
          member("Enabled", Shape.bool()),
          member("Tags", Shape.tagMap()));
  private static final Tagging TAGGING = Tagging.camel("apigateway");

  @Override
  public String name() {
    return "AWS::ApiGateway::ApiKey";
  }

  @Override
  public Struct properties() {
    return PROPERTIES;
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    ObjectNode input =
        properties.deepCopy().put("name", properties.path("name").asText(names.name(128)));
    String id = calls.call("apigateway", "CreateApiKey", input).path("id").asText();
    return ResourceState.of(id, "APIKeyId", id);
  }

  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    var patches = new Patches().scalars("/", before, after, "customerId", "description");
    if (Differences.in(before, after, "enabled")) {
      patches.replace("/enabled", after.path("enabled").asText("false"));
    }
    patches.send(calls, "UpdateApiKey", target(calls, current));
    TAGGING.changeMap(
        calls,
        "arn:aws:apigateway:" + calls.region() + "::/apikeys/" + current.physicalId(),
        before.path("tags"),
        after.path("tags"));
    return current;
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    calls.callUnlessGone("apigateway", "DeleteApiKey", target(calls, current));
  }

  private static ObjectNode target(ServiceCalls calls, ResourceState current) {
    return calls.input().put("apiKey", current.physicalId());
  }
}
