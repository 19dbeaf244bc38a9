// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;
import java.util.Locale;

/** A JSON schema against which a REST API may check request bodies. */
public final class ModelResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.camel(
          member("RestApiId", Shape.text()).required().fixed(),
          member("Name", Shape.text()).fixed(),
          member("ContentType", Shape.text()).fixed(),
          member("Description", Shape.text()),
          member("Schema", Shape.jsonText()));

  /** The declaration of the type. */
  public ModelResource() {
    super(
        new CrudDeclaration("AWS::ApiGateway::Model", "apigateway", PROPERTIES)
            .create("CreateModel")
            .named("name", ModelResource::newName)
            .defaultsTo("contentType", "application/json")
            .created(call -> ResourceState.of(call.given("name")))
            .addressedBy("modelName")
            .addressedByProperties("restApiId")
            .update(
                change ->
                    new Patches()
                        .scalars("/", change.before(), change.after(), "description", "schema")
                        .send(change, "UpdateModel"))
            .delete("DeleteModel"));
  }

  /** A model's name takes letters and digits only. */
  private static String newName(NameSource names) {
    return names.logicalId() + names.ids().lowerAlphanumeric(8).toUpperCase(Locale.ROOT);
  }
}
