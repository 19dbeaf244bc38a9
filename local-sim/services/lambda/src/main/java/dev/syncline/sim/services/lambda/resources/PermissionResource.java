// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

/** A statement of a function's policy. Every property is create-only. */
public final class PermissionResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.of(
          member("FunctionName", Shape.text()).required().fixed(),
          member("Action", Shape.text()).required().fixed(),
          member("Principal", Shape.text()).required().fixed(),
          member("SourceArn", Shape.text()).fixed(),
          member("SourceAccount", Shape.text()).fixed(),
          member("PrincipalOrgID", Shape.text()).fixed(),
          member("FunctionUrlAuthType", Shape.text()).fixed(),
          member("InvokedViaFunctionUrl", Shape.bool()).fixed());

  /** The declaration of the type. */
  public PermissionResource() {
    super(
        new CrudDeclaration("AWS::Lambda::Permission", "lambda", PROPERTIES)
            .create("AddPermission")
            .named("StatementId", 100)
            .created(PermissionResource::state)
            .addressedBy("StatementId")
            .addressedByProperties("FunctionName")
            .delete("RemovePermission"));
  }

  private static ResourceState state(Created call) {
    String id = call.given("StatementId");
    return ResourceState.of(id, "Id", id);
  }
}
