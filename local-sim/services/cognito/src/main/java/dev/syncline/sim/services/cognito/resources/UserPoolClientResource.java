// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.Struct;
import java.util.LinkedHashMap;

/** An app client of a user pool. */
public final class UserPoolClientResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.of(
          """
          UserPoolId: text, required, fixed
          ClientName: text
          GenerateSecret: boolean, fixed
          AccessTokenValidity: integer
          IdTokenValidity: integer
          RefreshTokenValidity: integer
          TokenValidityUnits: structure
            AccessToken: text
            IdToken: text
            RefreshToken: text
          ReadAttributes: list of text
          WriteAttributes: list of text
          ExplicitAuthFlows: list of text
          SupportedIdentityProviders: list of text
          CallbackURLs: list of text
          LogoutURLs: list of text
          DefaultRedirectURI: text
          AllowedOAuthFlows: list of text
          AllowedOAuthScopes: list of text
          AllowedOAuthFlowsUserPoolClient: boolean
          AnalyticsConfiguration: structure
            ApplicationArn: text
            ApplicationId: text
            ExternalId: text
            RoleArn: text
            UserDataShared: boolean
          PreventUserExistenceErrors: text
          EnableTokenRevocation: boolean
          EnablePropagateAdditionalUserContextData: boolean
          AuthSessionValidity: integer
          RefreshTokenRotation: structure
            Feature: text
            RetryGracePeriodSeconds: integer
          """);

  /** The declaration of the type. */
  public UserPoolClientResource() {
    super(
        new CrudDeclaration("AWS::Cognito::UserPoolClient", Cognito.SERVICE, PROPERTIES)
            .create("CreateUserPoolClient")
            .named("ClientName", 128)
            .created(UserPoolClientResource::state)
            .addressedBy("ClientId")
            .addressedByProperties(Cognito.POOL)
            .updateAll("UpdateUserPoolClient", "GenerateSecret")
            .delete("DeleteUserPoolClient"));
  }

  private static ResourceState state(Created call) {
    JsonNode client = call.output().path("UserPoolClient");
    var attributes = new LinkedHashMap<String, JsonNode>();
    attributes.put("ClientId", client.path("ClientId"));
    attributes.put("Name", client.path("ClientName"));
    if (client.has("ClientSecret")) {
      attributes.put("ClientSecret", TextNode.valueOf(client.path("ClientSecret").asText()));
    }
    return new ResourceState(client.path("ClientId").asText(), attributes);
  }
}
