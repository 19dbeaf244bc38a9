// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

public final class AliasResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.of(
          member("FunctionName", Shape.text()).required().fixed(),
          member("Name", Shape.text()).required().fixed(),
          member("FunctionVersion", Shape.text()).required(),
          member("Description", Shape.text()));

  /** The declaration of the type. */
  public AliasResource() {
    super(
        new CrudDeclaration("AWS::Lambda::Alias", "lambda", PROPERTIES)
            .create("CreateAlias")
            .id("/AliasArn", "AliasArn")
            .addressedByProperties("FunctionName", "Name")
            .update(AliasResource::change)
            .delete("DeleteAlias"));
  }

  private static void change(Change change) {
    ObjectNode input = change.after().deepCopy();
    input.put("Description", input.path("Description").asText(""));
    change.calls().call("lambda", "UpdateAlias", input);
  }
}
