// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;
import dev.syncline.sim.service.resource.Tagging;

/** An AppSync Events API. */
public final class AppSyncApiResource extends CrudResource {
  static final Shape AUTH_MODES =
      Shape.list(Struct.camel(member("AuthType", Shape.text()).required()));

  private static final Struct AUTH_PROVIDER =
      Struct.camel(
          """
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
          """);
  private static final Struct PROPERTIES =
      Struct.camel(
          member("Name", Shape.text()).required(),
          member("OwnerContact", Shape.text()),
          member(
              "EventConfig",
              Struct.camel(
                  member("AuthProviders", Shape.list(AUTH_PROVIDER)).required(),
                  member("ConnectionAuthModes", AUTH_MODES).required(),
                  member("DefaultPublishAuthModes", AUTH_MODES).required(),
                  member("DefaultSubscribeAuthModes", AUTH_MODES).required(),
                  member(
                      "LogConfig",
                      Struct.camel(
                          member("CloudWatchLogsRoleArn", Shape.text()).required(),
                          member("LogLevel", Shape.text()).required())))),
          member("Tags", Shape.tagMap()));

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
