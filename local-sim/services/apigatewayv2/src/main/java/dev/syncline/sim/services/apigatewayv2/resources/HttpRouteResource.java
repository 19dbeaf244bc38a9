// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

/** A route of an HTTP API. */
public final class HttpRouteResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.camel(
          member("ApiId", Shape.text()).required().fixed(),
          member("RouteKey", Shape.text()).required(),
          member("ApiKeyRequired", Shape.bool()),
          member("AuthorizationScopes", Shape.list(Shape.text())),
          member("AuthorizationType", Shape.text()),
          member("AuthorizerId", Shape.text()),
          member("OperationName", Shape.text()),
          member("Target", Shape.text()));

  /** The declaration of the type. */
  public HttpRouteResource() {
    super(
        new CrudDeclaration("AWS::ApiGatewayV2::Route", "apigatewayv2", PROPERTIES)
            .create("CreateRoute")
            .id("/routeId", "RouteId")
            .addressedBy("routeId")
            .addressedByProperties("apiId")
            .updateAll("UpdateRoute")
            .delete("DeleteRoute"));
  }
}
