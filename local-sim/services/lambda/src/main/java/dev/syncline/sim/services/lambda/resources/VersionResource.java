// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceException;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

/** A published version of a function. Every property is create-only. */
public final class VersionResource implements ResourceType {
  private static final Struct PROPERTIES =
      Struct.of(
          member("FunctionName", Shape.text()).required().fixed(),
          member("CodeSha256", Shape.text()).fixed(),
          member("Description", Shape.text()).fixed());

  @Override
  public String name() {
    return "AWS::Lambda::Version";
  }

  @Override
  public Struct properties() {
    return PROPERTIES;
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    JsonNode version = calls.call("lambda", "PublishVersion", properties.deepCopy());
    String arn = version.path("FunctionArn").asText();
    calls.await("Version " + arn, () -> isReady(calls, arn));
    return ResourceState.of(arn, "FunctionArn", arn, "Version", version.path("Version").asText());
  }

  /** A version with SnapStart is ready when its snapshot has been taken. */
  private static boolean isReady(ServiceCalls calls, String arn) {
    JsonNode version =
        calls.call("lambda", "GetFunctionConfiguration", calls.input().put("FunctionName", arn));
    String state = version.path("State").asText();
    if (state.equals("Failed")) {
      throw new ResourceException(
          "Version " + arn + " failed to become active: " + version.path("StateReason").asText());
    }
    return state.equals("Active");
  }

  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    return current;
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    ObjectNode input = calls.input().put("Qualifier", current.text("Version"));
    calls.callUnlessGone(
        "lambda", "DeleteFunction", input.set("FunctionName", properties.get("FunctionName")));
  }
}
