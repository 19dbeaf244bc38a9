// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognitoidentity.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Struct;

/** An identity pool. */
public final class IdentityPoolResource extends CrudResource {
  private static final String NAME = "IdentityPoolName";
  private static final String ID = "IdentityPoolId";
  private static final String TAGS = "IdentityPoolTags";
  private static final int MAX_NAME = 128;
  private static final Struct PROPERTIES =
      Struct.of(
          """
          IdentityPoolName: text
          AllowUnauthenticatedIdentities: boolean, required
          AllowClassicFlow: boolean
          SupportedLoginProviders: map of text
          DeveloperProviderName: text
          OpenIdConnectProviderARNs: list of text
          CognitoIdentityProviders: list of structure
            ProviderName: text
            ClientId: text
            ServerSideTokenCheck: boolean
          SamlProviderARNs: list of text
          IdentityPoolTags: tag map
          """);

  /** The declaration of the type. */
  public IdentityPoolResource() {
    super(
        new CrudDeclaration("AWS::Cognito::IdentityPool", "cognitoidentity", PROPERTIES)
            .nameProperty(NAME)
            .create("CreateIdentityPool")
            .named(NAME, MAX_NAME)
            .created(call -> state(call.answered("/" + ID), call.answered("/" + NAME)))
            .addressedBy(ID)
            .delete("DeleteIdentityPool"));
  }

  private static ResourceState state(String id, String name) {
    return ResourceState.of(id, "Id", id, "Name", name);
  }

  /** The operation resets what is left out, except tags; a generated name stays. */
  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    ObjectNode input = after.deepCopy().put(ID, current.physicalId());
    if (!input.has(NAME)) {
      input.put(NAME, current.text("Name"));
    }
    if (!input.has(TAGS)) {
      input.putObject(TAGS);
    }
    call(calls, "UpdateIdentityPool", input);
    return state(current.physicalId(), input.path(NAME).asText());
  }
}
