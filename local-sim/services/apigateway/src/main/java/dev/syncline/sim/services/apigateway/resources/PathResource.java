// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

/** A path segment of a REST API. Every property is create-only. */
public final class PathResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.camel(
          member("RestApiId", Shape.text()).required().fixed(),
          member("ParentId", Shape.text()).required().fixed(),
          member("PathPart", Shape.text()).required().fixed());

  /** The declaration of the type. */
  public PathResource() {
    super(
        new CrudDeclaration("AWS::ApiGateway::Resource", "apigateway", PROPERTIES)
            .create("CreateResource")
            .id("/id", "ResourceId")
            .addressedBy("resourceId")
            .addressedByProperties("restApiId")
            .delete("DeleteResource"));
  }
}
