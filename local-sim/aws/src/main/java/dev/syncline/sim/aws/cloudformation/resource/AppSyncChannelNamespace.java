// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.cloudformation.resource;

import static dev.syncline.sim.aws.cloudformation.resource.Struct.member;

import com.fasterxml.jackson.databind.node.ObjectNode;

final class AppSyncChannelNamespace implements ResourceType {
  private static final Shape HANDLER =
      Struct.camel(
          member("Behavior", Shape.text()).required(),
          member(
                  "Integration",
                  Struct.camel(
                      member("DataSourceName", Shape.text()).required(),
                      member(
                          "LambdaConfig",
                          Struct.camel(member("InvokeType", Shape.text()).required()))))
              .required());
  private static final Struct PROPERTIES =
      Struct.camel(
          member("ApiId", Shape.text()).required().fixed(),
          member("Name", Shape.text()).required().fixed(),
          member("CodeHandlers", Shape.text()),
          member(
              "HandlerConfigs",
              Struct.camel(member("OnPublish", HANDLER), member("OnSubscribe", HANDLER))),
          member("PublishAuthModes", AppSyncApi.AUTH_MODES),
          member("SubscribeAuthModes", AppSyncApi.AUTH_MODES),
          member("Tags", Shape.tagMap()));
  private static final Tagging TAGGING = Tagging.camel("appsync");

  @Override
  public String name() {
    return "AWS::AppSync::ChannelNamespace";
  }

  @Override
  public Struct properties() {
    return PROPERTIES;
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    String arn =
        calls
            .call("appsync", "CreateChannelNamespace", properties.deepCopy())
            .path("channelNamespace")
            .path("channelNamespaceArn")
            .asText();
    return ResourceState.of(arn, "ChannelNamespaceArn", arn);
  }

  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    ObjectNode input = after.deepCopy();
    input.remove("tags");
    calls.call("appsync", "UpdateChannelNamespace", input);
    TAGGING.changeMap(calls, current.physicalId(), before.path("tags"), after.path("tags"));
    return current;
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    ObjectNode input = calls.input();
    input.set("apiId", properties.get("apiId"));
    input.set("name", properties.get("name"));
    calls.callUnlessGone("appsync", "DeleteChannelNamespace", input);
  }
}
