// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.resources;

import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.Struct;

/** An identity provider of a user pool. */
public final class UserPoolIdentityProviderResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.of(
          """
          ProviderName: text, required, fixed
          ProviderType: text, required, fixed
          UserPoolId: text, required, fixed
          ProviderDetails: map of text, required
          AttributeMapping: map of text
          IdpIdentifiers: list of text
          """);

  /** The declaration of the type. */
  public UserPoolIdentityProviderResource() {
    super(
        Cognito.part("UserPoolIdentityProvider", "ProviderName", PROPERTIES)
            .create("CreateIdentityProvider")
            .updateAll("UpdateIdentityProvider", "ProviderType")
            .delete("DeleteIdentityProvider"));
  }
}
