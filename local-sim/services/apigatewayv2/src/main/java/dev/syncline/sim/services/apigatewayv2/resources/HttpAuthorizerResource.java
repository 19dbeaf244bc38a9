// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

/** A JWT or Lambda authorizer of an HTTP API. */
public final class HttpAuthorizerResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.camel(
          member("ApiId", Shape.text()).required().fixed(),
          member("AuthorizerCredentialsArn", Shape.text()),
          member("AuthorizerPayloadFormatVersion", Shape.text()),
          member("AuthorizerResultTtlInSeconds", Shape.integer()),
          member("AuthorizerType", Shape.text()).required(),
          member("AuthorizerUri", Shape.text()),
          member("EnableSimpleResponses", Shape.bool()),
          member("IdentitySource", Shape.list(Shape.text())),
          member(
              "JwtConfiguration",
              Struct.camel(
                  member("Audience", Shape.list(Shape.text())), member("Issuer", Shape.text()))),
          member("Name", Shape.text()).required());

  /** The declaration of the type. */
  public HttpAuthorizerResource() {
    super(
        new CrudDeclaration("AWS::ApiGatewayV2::Authorizer", "apigatewayv2", PROPERTIES)
            .create("CreateAuthorizer")
            .id("/authorizerId", "AuthorizerId")
            .addressedBy("authorizerId")
            .addressedByProperties("apiId")
            .updateAll("UpdateAuthorizer")
            .delete("DeleteAuthorizer"));
  }
}
