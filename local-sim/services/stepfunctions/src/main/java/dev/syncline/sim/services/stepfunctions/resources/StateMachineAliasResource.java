// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.Struct;

/** An alias of a state machine's versions. Gradual deployment is not supported. */
public final class StateMachineAliasResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.camel(
          """
          Name: text, fixed
          Description: text
          RoutingConfiguration: list of structure, required
            StateMachineVersionArn: text, required
            Weight: integer, required
          """);

  /** The declaration of the type. */
  public StateMachineAliasResource() {
    super(
        new CrudDeclaration("AWS::StepFunctions::StateMachineAlias", "states", PROPERTIES)
            .create("CreateStateMachineAlias")
            .named("name", 80)
            .id("/stateMachineAliasArn", "Arn")
            .addressedBy("stateMachineAliasArn")
            .update(StateMachineAliasResource::change)
            .delete("DeleteStateMachineAlias"));
  }

  private static void change(Change change) {
    ObjectNode input = change.target();
    input.put("description", change.after().path("description").asText(""));
    input.set("routingConfiguration", change.after().get("routingConfiguration"));
    change.calls().call("states", "UpdateStateMachineAlias", input);
  }
}
