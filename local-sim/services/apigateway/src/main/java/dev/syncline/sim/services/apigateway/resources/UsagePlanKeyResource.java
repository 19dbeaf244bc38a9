// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

/** An API key in a usage plan. Every property is create-only. */
public final class UsagePlanKeyResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.camel(
          member("UsagePlanId", Shape.text()).required().fixed(),
          member("KeyId", Shape.text()).required().fixed(),
          member("KeyType", Shape.text()).required().fixed());

  /** The declaration of the type. */
  public UsagePlanKeyResource() {
    super(
        new CrudDeclaration("AWS::ApiGateway::UsagePlanKey", "apigateway", PROPERTIES)
            .create("CreateUsagePlanKey")
            .created(UsagePlanKeyResource::state)
            .addressedByProperties("usagePlanId", "keyId")
            .delete("DeleteUsagePlanKey"));
  }

  private static ResourceState state(Created call) {
    String id = call.given("keyId") + ":" + call.given("usagePlanId");
    return ResourceState.of(id, "Id", id);
  }
}
