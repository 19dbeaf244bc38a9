// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

/** A customized response for requests that the gateway rejects or cannot complete. */
public final class GatewayResponseResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.camel(
          member("RestApiId", Shape.text()).required().fixed(),
          member("ResponseType", Shape.text()).required().fixed(),
          member("StatusCode", Shape.text()),
          member("ResponseParameters", Shape.map(Shape.text())),
          member("ResponseTemplates", Shape.map(Shape.text())));

  /** The declaration of the type. */
  public GatewayResponseResource() {
    super(
        new CrudDeclaration("AWS::ApiGateway::GatewayResponse", "apigateway", PROPERTIES)
            .create("PutGatewayResponse")
            .generatedId("Id")
            .addressedByProperties("restApiId", "responseType")
            .updateAll("PutGatewayResponse")
            .delete("DeleteGatewayResponse"));
  }
}
