// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

/** A rule that states which parts of a request are checked. */
public final class RequestValidatorResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.camel(
          member("RestApiId", Shape.text()).required().fixed(),
          member("Name", Shape.text()).fixed(),
          member("ValidateRequestBody", Shape.bool()),
          member("ValidateRequestParameters", Shape.bool()));

  /** The declaration of the type. */
  public RequestValidatorResource() {
    super(
        new CrudDeclaration("AWS::ApiGateway::RequestValidator", "apigateway", PROPERTIES)
            .create("CreateRequestValidator")
            .named("name", 64)
            .id("/id", "RequestValidatorId")
            .addressedBy("requestValidatorId")
            .addressedByProperties("restApiId")
            .update(
                change ->
                    new Patches()
                        .flags(change, "validateRequestBody", "validateRequestParameters")
                        .send(change, "UpdateRequestValidator"))
            .delete("DeleteRequestValidator"));
  }
}
