// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.Struct;
import dev.syncline.sim.service.resource.Tagging;

/** An AppSync Events API. */
public final class AppSyncApiResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.camel(
          """
          Name: text, required
          OwnerContact: text
          EventConfig: structure
            AuthProviders: list of structure, required
              AuthType: text, required
              CognitoConfig: structure
                AppIdClientRegex: text
                AwsRegion: text, required
                UserPoolId: text, required
              OpenIDConnectConfig: structure
                AuthTTL: integer
                ClientId: text
                IatTTL: integer
                Issuer: text, required
              LambdaAuthorizerConfig: structure
                AuthorizerResultTtlInSeconds: integer
                AuthorizerUri: text, required
                IdentityValidationExpression: text
            ConnectionAuthModes: list of structure, required
              AuthType: text, required
            DefaultPublishAuthModes: list of structure, required
              AuthType: text, required
            DefaultSubscribeAuthModes: list of structure, required
              AuthType: text, required
            LogConfig: structure
              CloudWatchLogsRoleArn: text, required
              LogLevel: text, required
          Tags: tag map
          """);

  /** The declaration of the type. */
  public AppSyncApiResource() {
    super(
        new CrudDeclaration("AWS::AppSync::Api", "appsync", PROPERTIES)
            .create("CreateApi")
            .created(AppSyncApiResource::state)
            .addressedByAttribute("apiId", "ApiId")
            .update(AppSyncApiResource::change)
            .tagMap(Tagging.camel("appsync"))
            .delete("DeleteApi"));
  }

  private static ResourceState state(Created call) {
    String arn = call.answered("/api/apiArn");
    return ResourceState.of(
        arn,
        "ApiArn",
        arn,
        "ApiId",
        call.answered("/api/apiId"),
        "Dns.Http",
        call.answered("/api/dns/HTTP"),
        "Dns.Realtime",
        call.answered("/api/dns/REALTIME"));
  }

  private static void change(Change change) {
    if (change.of("name", "ownerContact", "eventConfig")) {
      ObjectNode input = change.after().deepCopy().setAll(change.target());
      input.remove("tags");
      change.calls().call("appsync", "UpdateApi", input);
    }
  }
}
