// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

/** An integration of an HTTP API. */
public final class HttpIntegrationResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.camel(
          member("ApiId", Shape.text()).required().fixed(),
          member("ConnectionType", Shape.text()),
          member("CredentialsArn", Shape.text()),
          member("Description", Shape.text()),
          member("IntegrationMethod", Shape.text()),
          member("IntegrationSubtype", Shape.text()),
          member("IntegrationType", Shape.text()).required(),
          member("IntegrationUri", Shape.text()),
          member("PayloadFormatVersion", Shape.text()),
          member("RequestParameters", Shape.map(Shape.text())),
          member("TimeoutInMillis", Shape.integer()));

  /** The declaration of the type. */
  public HttpIntegrationResource() {
    super(
        new CrudDeclaration("AWS::ApiGatewayV2::Integration", "apigatewayv2", PROPERTIES)
            .create("CreateIntegration")
            .id("/integrationId", "IntegrationId")
            .addressedBy("integrationId")
            .addressedByProperties("apiId")
            .updateAll("UpdateIntegration")
            .delete("DeleteIntegration"));
  }
}
