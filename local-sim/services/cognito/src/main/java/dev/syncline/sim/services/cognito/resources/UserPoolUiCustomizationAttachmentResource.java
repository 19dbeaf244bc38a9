// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.resources;

import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.Struct;

/** The looks of the classic login page. */
public final class UserPoolUiCustomizationAttachmentResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.of(
          """
          ClientId: text, required, fixed
          UserPoolId: text, required, fixed
          CSS: text
          """);

  /** The declaration of the type. Without a style sheet the page has its own looks again. */
  public UserPoolUiCustomizationAttachmentResource() {
    super(
        new CrudDeclaration(
                "AWS::Cognito::UserPoolUICustomizationAttachment", Cognito.SERVICE, PROPERTIES)
            .create("SetUICustomization")
            .generatedId()
            .addressedByProperties("ClientId", Cognito.POOL)
            .updateAll("SetUICustomization")
            .delete("SetUICustomization"));
  }
}
