// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

/** A snapshot of a REST API. */
public final class DeploymentResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.camel(
          member("RestApiId", Shape.text()).required().fixed(),
          member("Description", Shape.text()),
          member("StageName", Shape.text()).fixed());

  /** The declaration of the type. */
  public DeploymentResource() {
    super(
        new CrudDeclaration("AWS::ApiGateway::Deployment", "apigateway", PROPERTIES)
            .create("CreateDeployment")
            .id("/id", "DeploymentId")
            .addressedBy("deploymentId")
            .addressedByProperties("restApiId")
            .update(
                change ->
                    new Patches()
                        .scalars("/", change.before(), change.after(), "description")
                        .send(change, "UpdateDeployment"))
            .delete("DeleteDeployment"));
  }

  /** The stage that the deployment created is deleted with it. */
  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    if (properties.has("stageName")) {
      ObjectNode stage = calls.input();
      stage.set("restApiId", properties.get("restApiId"));
      stage.set("stageName", properties.get("stageName"));
      calls.callUnlessGone("apigateway", "DeleteStage", stage);
    }
    super.delete(calls, current, properties);
  }
}
