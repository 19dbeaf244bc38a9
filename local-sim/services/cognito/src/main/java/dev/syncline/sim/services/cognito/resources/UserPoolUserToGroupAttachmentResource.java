// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.resources;

import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.Struct;

/** A user in a group. Every property is create-only. */
public final class UserPoolUserToGroupAttachmentResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.of(
          """
          GroupName: text, required, fixed
          Username: text, required, fixed
          UserPoolId: text, required, fixed
          """);

  /** The declaration of the type. */
  public UserPoolUserToGroupAttachmentResource() {
    super(
        new CrudDeclaration(
                "AWS::Cognito::UserPoolUserToGroupAttachment", Cognito.SERVICE, PROPERTIES)
            .create("AdminAddUserToGroup")
            .generatedId()
            .addressedByProperties("GroupName", "Username", Cognito.POOL)
            .delete("AdminRemoveUserFromGroup"));
  }
}
