// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.resources;

import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.Struct;

/** A group of a user pool. */
public final class UserPoolGroupResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.of(
          """
          GroupName: text, fixed
          UserPoolId: text, required, fixed
          Description: text
          Precedence: integer
          RoleArn: text
          """);

  /** The declaration of the type. */
  public UserPoolGroupResource() {
    super(
        Cognito.part("UserPoolGroup", "GroupName", PROPERTIES)
            .nameProperty("GroupName")
            .create("CreateGroup")
            .named("GroupName", 128)
            .updateAll("UpdateGroup")
            .delete("DeleteGroup"));
  }
}
