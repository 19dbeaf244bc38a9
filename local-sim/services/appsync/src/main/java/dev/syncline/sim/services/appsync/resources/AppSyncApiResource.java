// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.Differences;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;
import dev.syncline.sim.service.resource.Tagging;

/** An AppSync Events API. */
public final class AppSyncApiResource implements ResourceType {
  static final Shape AUTH_MODES =
      Shape.list(Struct.camel(member("AuthType", Shape.text()).required()));

  private static final Struct AUTH_PROVIDER =
      Struct.camel(
          member("AuthType", Shape.text()).required(),
          member(
              "CognitoConfig",
              Struct.camel(
                  member("AppIdClientRegex", Shape.text()),
                  member("AwsRegion", Shape.text()).required(),
                  member("UserPoolId", Shape.text()).required())),
          member(
              "OpenIDConnectConfig",
              Struct.camel(
                  member("AuthTTL", Shape.integer()),
                  member("ClientId", Shape.text()),
                  member("IatTTL", Shape.integer()),
                  member("Issuer", Shape.text()).required())),
          member(
              "LambdaAuthorizerConfig",
              Struct.camel(
                  member("AuthorizerResultTtlInSeconds", Shape.integer()),
                  member("AuthorizerUri", Shape.text()).required(),
                  member("IdentityValidationExpression", Shape.text()))));
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
  private static final Tagging TAGGING = Tagging.camel("appsync");

  @Override
  public String name() {
    return "AWS::AppSync::Api";
  }

  @Override
  public Struct properties() {
    return PROPERTIES;
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    JsonNode api = calls.call("appsync", "CreateApi", properties.deepCopy()).path("api");
    String arn = api.path("apiArn").asText();
    return ResourceState.of(
        arn,
        "ApiArn",
        arn,
        "ApiId",
        api.path("apiId").asText(),
        "Dns.Http",
        api.path("dns").path("HTTP").asText(),
        "Dns.Realtime",
        api.path("dns").path("REALTIME").asText());
  }

  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    if (Differences.in(before, after, "name", "ownerContact", "eventConfig")) {
      ObjectNode input = after.deepCopy().put("apiId", id(current));
      input.remove("tags");
      calls.call("appsync", "UpdateApi", input);
    }
    TAGGING.changeMap(calls, current.physicalId(), before.path("tags"), after.path("tags"));
    return current;
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    calls.callUnlessGone("appsync", "DeleteApi", calls.input().put("apiId", id(current)));
  }

  private static String id(ResourceState current) {
    return current.text("ApiId");
  }
}
