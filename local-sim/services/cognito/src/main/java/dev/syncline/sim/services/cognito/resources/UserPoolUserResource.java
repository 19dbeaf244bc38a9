// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.resources;

import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.Struct;

/** A user of a user pool. Every property is create-only, and none is a password. */
public final class UserPoolUserResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.of(
          """
          Username: text, fixed
          UserPoolId: text, required, fixed
          UserAttributes: list of structure, fixed
            Name: text
            Value: text
          ValidationData: list of structure, fixed
            Name: text
            Value: text
          ClientMetadata: map of text, fixed
          DesiredDeliveryMediums: list of text, fixed
          ForceAliasCreation: boolean, fixed
          MessageAction: text, fixed
          """);

  /** The declaration of the type. */
  public UserPoolUserResource() {
    super(
        Cognito.part("UserPoolUser", "Username", PROPERTIES)
            .nameProperty("Username")
            .create("AdminCreateUser")
            .named("Username", 128)
            .id("/User/Username")
            .delete("AdminDeleteUser"));
  }
}
