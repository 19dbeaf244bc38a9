// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

public final class AppSyncApiKeyResource implements ResourceType {
  private static final Struct PROPERTIES =
      Struct.camel(
          member("ApiId", Shape.text()).required().fixed(),
          member("Description", Shape.text()),
          member("Expires", Shape.integer()));

  @Override
  public String name() {
    return "AWS::AppSync::ApiKey";
  }

  @Override
  public Struct properties() {
    return PROPERTIES;
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    String key =
        calls
            .call("appsync", "CreateApiKey", properties.deepCopy())
            .path("apiKey")
            .path("id")
            .asText();
    String arn =
        calls.arn("appsync", "apis/" + properties.get("apiId").asText() + "/apikey/" + key);
    return ResourceState.of(arn, "Arn", arn, "ApiKey", key, "ApiKeyId", key);
  }

  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    calls.call("appsync", "UpdateApiKey", after.deepCopy().put("id", id(current)));
    return current;
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    ObjectNode input = calls.input().put("id", id(current));
    calls.callUnlessGone("appsync", "DeleteApiKey", input.set("apiId", properties.get("apiId")));
  }

  private static String id(ResourceState current) {
    return current.text("ApiKeyId");
  }
}
