// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.resources;

import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.Struct;

/** A resource server of a user pool with its scopes. */
public final class UserPoolResourceServerResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.of(
          """
          Identifier: text, required, fixed
          UserPoolId: text, required, fixed
          Name: text, required
          Scopes: list of structure
            ScopeName: text, required
            ScopeDescription: text, required
          """);

  /** The declaration of the type. */
  public UserPoolResourceServerResource() {
    super(
        Cognito.part("UserPoolResourceServer", "Identifier", PROPERTIES)
            .create("CreateResourceServer")
            .updateAll("UpdateResourceServer")
            .delete("DeleteResourceServer"));
  }
}
