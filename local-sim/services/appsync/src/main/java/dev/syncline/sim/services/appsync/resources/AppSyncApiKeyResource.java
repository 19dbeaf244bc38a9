// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.resources;

import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.Struct;

/** An API key of an Event API or a GraphQL API. */
public final class AppSyncApiKeyResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.camel(
          """
          ApiId: text, required, fixed
          Description: text
          Expires: integer
          """);

  /** The declaration of the type. */
  public AppSyncApiKeyResource() {
    super(
        new CrudDeclaration("AWS::AppSync::ApiKey", "appsync", PROPERTIES)
            .create("CreateApiKey")
            .created(AppSyncApiKeyResource::state)
            .addressedByAttribute("id", "ApiKeyId")
            .addressedByProperties("apiId")
            .updateAll("UpdateApiKey")
            .delete("DeleteApiKey"));
  }

  private static ResourceState state(Created call) {
    String key = call.answered("/apiKey/id");
    String arn = call.calls().arn("appsync", "apis/" + call.given("apiId") + "/apikey/" + key);
    return ResourceState.of(arn, "Arn", arn, "ApiKey", key, "ApiKeyId", key);
  }
}
