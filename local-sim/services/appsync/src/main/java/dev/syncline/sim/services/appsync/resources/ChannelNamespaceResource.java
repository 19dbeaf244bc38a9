// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Struct;
import dev.syncline.sim.service.resource.Tagging;

/** A channel namespace of an Event API; its code as text or from S3. */
public final class ChannelNamespaceResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.camel(
          """
          ApiId: text, required, fixed
          Name: text, required, fixed
          CodeHandlers: text
          CodeS3Location: text
          HandlerConfigs: structure
            OnPublish: structure
              Behavior: text, required
              Integration: structure, required
                DataSourceName: text, required
                LambdaConfig: structure
                  InvokeType: text, required
            OnSubscribe: structure
              Behavior: text, required
              Integration: structure, required
                DataSourceName: text, required
                LambdaConfig: structure
                  InvokeType: text, required
          PublishAuthModes: list of structure
            AuthType: text, required
          SubscribeAuthModes: list of structure
            AuthType: text, required
          Tags: tag map
          """);

  /** The declaration of the type. */
  public ChannelNamespaceResource() {
    super(
        new CrudDeclaration("AWS::AppSync::ChannelNamespace", "appsync", PROPERTIES)
            .create("CreateChannelNamespace")
            .id("/channelNamespace/channelNamespaceArn", "ChannelNamespaceArn")
            .addressedByProperties("apiId", "name")
            .update(ChannelNamespaceResource::change)
            .tagMap(Tagging.camel("appsync"))
            .delete("DeleteChannelNamespace"));
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    return super.create(calls, names, withCode(calls, properties));
  }

  private static void change(Change change) {
    ObjectNode input = withCode(change.calls(), change.after());
    input.remove("tags");
    change.calls().call("appsync", "UpdateChannelNamespace", input);
  }

  /** The service takes code as text only; CloudFormation fetches it from S3. */
  private static ObjectNode withCode(ServiceCalls calls, ObjectNode properties) {
    ObjectNode input = properties.deepCopy();
    InlineText.fetch(calls, input, "codeS3Location", "codeHandlers");
    return input;
  }
}
