// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

/** An API key of API Gateway. */
public final class ApiKeyResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.camel(
          member("Name", Shape.text()).fixed(),
          member("Value", Shape.text()).fixed(),
          member("GenerateDistinctId", Shape.bool()).fixed(),
          member("CustomerId", Shape.text()),
          member("Description", Shape.text()),
          member("Enabled", Shape.bool()),
          member("Tags", Shape.tagMap()));

  /** The declaration of the type. */
  public ApiKeyResource() {
    super(
        new CrudDeclaration("AWS::ApiGateway::ApiKey", "apigateway", PROPERTIES)
            .create("CreateApiKey")
            .named("name", 128)
            .id("/id", "APIKeyId")
            .addressedBy("apiKey")
            .update(ApiKeyResource::patch)
            .tagMap(
                Patches.TAGGING,
                change -> Patches.arn(change, "/apikeys/" + change.current().physicalId()))
            .delete("DeleteApiKey"));
  }

  private static void patch(Change change) {
    new Patches()
        .scalars("/", change.before(), change.after(), "customerId", "description")
        .flags(change, "enabled")
        .send(change, "UpdateApiKey");
  }
}
