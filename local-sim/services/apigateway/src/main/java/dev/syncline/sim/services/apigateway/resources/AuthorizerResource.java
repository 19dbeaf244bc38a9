// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

/** A Lambda authorizer or an authorizer of user pools. */
public final class AuthorizerResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.camel(
          member("RestApiId", Shape.text()).required().fixed(),
          member("Name", Shape.text()).required(),
          member("Type", Shape.text()).required(),
          member("ProviderARNs", Shape.list(Shape.text())),
          member("AuthType", Shape.text()),
          member("AuthorizerUri", Shape.text()),
          member("AuthorizerCredentials", Shape.text()),
          member("IdentitySource", Shape.text()),
          member("IdentityValidationExpression", Shape.text()),
          member("AuthorizerResultTtlInSeconds", Shape.integer()));

  /** The declaration of the type. */
  public AuthorizerResource() {
    super(
        new CrudDeclaration("AWS::ApiGateway::Authorizer", "apigateway", PROPERTIES)
            .create("CreateAuthorizer")
            .id("/id", "AuthorizerId")
            .addressedBy("authorizerId")
            .addressedByProperties("restApiId")
            .update(
                change ->
                    new Patches()
                        .scalars(
                            "/",
                            change.before(),
                            change.after(),
                            "name",
                            "type",
                            "authType",
                            "authorizerUri",
                            "authorizerCredentials",
                            "identitySource",
                            "identityValidationExpression")
                        .values(change, "providerARNs")
                        .integer(change, "authorizerResultTtlInSeconds", "300")
                        .send(change, "UpdateAuthorizer"))
            .delete("DeleteAuthorizer"));
  }
}
