// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

/** An alias of a state machine's versions. Gradual deployment is not supported. */
public final class StateMachineAliasResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.camel(
          member("Name", Shape.text()).fixed(),
          member("Description", Shape.text()),
          member(
                  "RoutingConfiguration",
                  Shape.list(
                      Struct.camel(
                          member("StateMachineVersionArn", Shape.text()).required(),
                          member("Weight", Shape.integer()).required())))
              .required());

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
