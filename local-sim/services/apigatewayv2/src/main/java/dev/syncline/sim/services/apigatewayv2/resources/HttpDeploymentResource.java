// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

/** A deployment of an HTTP API. */
public final class HttpDeploymentResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.camel(
          member("ApiId", Shape.text()).required().fixed(),
          member("Description", Shape.text()),
          member("StageName", Shape.text()).fixed());

  /** The declaration of the type. */
  public HttpDeploymentResource() {
    super(
        new CrudDeclaration("AWS::ApiGatewayV2::Deployment", "apigatewayv2", PROPERTIES)
            .create("CreateDeployment")
            .id("/deploymentId", "DeploymentId")
            .addressedBy("deploymentId")
            .addressedByProperties("apiId")
            .updateAll("UpdateDeployment", "stageName")
            .delete("DeleteDeployment"));
  }
}
