// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

/** A snapshot of a REST API. */
public final class DeploymentResource implements ResourceType {
  private static final Struct PROPERTIES =
      Struct.camel(
          member("RestApiId", Shape.text()).required().fixed(),
          member("Description", Shape.text()),
          member("StageName", Shape.text()).fixed());

  @Override
  public String name() {
    return "AWS::ApiGateway::Deployment";
  }

  @Override
  public Struct properties() {
    return PROPERTIES;
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    String id =
        calls.call("apigateway", "CreateDeployment", properties.deepCopy()).path("id").asText();
    return ResourceState.of(id, "DeploymentId", id);
  }

  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    new Patches()
        .scalars("/", before, after, "description")
        .send(calls, "UpdateDeployment", target(calls, current, after));
    return current;
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    if (properties.has("stageName")) {
      ObjectNode stage = calls.input();
      stage.set("restApiId", properties.get("restApiId"));
      stage.set("stageName", properties.get("stageName"));
      calls.callUnlessGone("apigateway", "DeleteStage", stage);
    }
    calls.callUnlessGone("apigateway", "DeleteDeployment", target(calls, current, properties));
  }

  private static ObjectNode target(
      ServiceCalls calls, ResourceState current, ObjectNode properties) {
    ObjectNode input = calls.input().put("deploymentId", current.physicalId());
    return input.set("restApiId", properties.get("restApiId"));
  }
}
