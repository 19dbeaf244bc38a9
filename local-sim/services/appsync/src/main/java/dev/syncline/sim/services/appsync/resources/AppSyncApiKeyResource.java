// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

/** An API key of an Event API. */
public final class AppSyncApiKeyResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.camel(
          member("ApiId", Shape.text()).required().fixed(),
          member("Description", Shape.text()),
          member("Expires", Shape.integer()));

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
