// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam.resources;

import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.Struct;

/** A role that only a service may change. */
public final class ServiceLinkedRoleResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.of(
          """
          AWSServiceName: text, required, fixed
          CustomSuffix: text, fixed
          Description: text
          """);

  /** The declaration of the type. */
  public ServiceLinkedRoleResource() {
    super(
        new CrudDeclaration("AWS::IAM::ServiceLinkedRole", "iam", PROPERTIES)
            .create("CreateServiceLinkedRole")
            .id("/Role/RoleName", "RoleName")
            .addressedBy("RoleName")
            .update(
                change -> {
                  String text = change.after().path("Description").asText("");
                  change
                      .calls()
                      .call("iam", "UpdateRole", change.target().put("Description", text));
                })
            .delete("DeleteServiceLinkedRole"));
  }
}
