// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognitoidentity.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Struct;

/** The session tags of a provider's users. Deleting it takes them away. */
public final class IdentityPoolPrincipalTagResource extends CrudResource {
  private static final String ID = "IdentityPoolId";
  private static final String PROVIDER = "IdentityProviderName";
  private static final String SET = "SetPrincipalTagAttributeMap";
  private static final Struct PROPERTIES =
      Struct.of(
          """
          IdentityPoolId: text, required, fixed
          IdentityProviderName: text, required, fixed
          UseDefaults: boolean
          PrincipalTags: map of text
          """);

  /** The declaration of the type. */
  public IdentityPoolPrincipalTagResource() {
    super(
        new CrudDeclaration("AWS::Cognito::IdentityPoolPrincipalTag", "cognitoidentity", PROPERTIES)
            .create(SET)
            .created(call -> ResourceState.of(call.given(ID) + "|" + call.given(PROVIDER)))
            .addressedByProperties(ID, PROVIDER)
            .updateAll(SET));
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    ObjectNode input = target(calls, current, properties).put("UseDefaults", false);
    input.putObject("PrincipalTags");
    calls.callUnlessGone("cognitoidentity", SET, input);
  }
}
