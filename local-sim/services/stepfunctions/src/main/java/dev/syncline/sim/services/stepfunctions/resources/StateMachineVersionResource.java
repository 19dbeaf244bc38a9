// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.resources;

import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.Struct;

/** A published version of a state machine. Every property is create-only. */
public final class StateMachineVersionResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.camel(
          """
          StateMachineArn: text, required, fixed
          StateMachineRevisionId: text, fixed, as revisionId
          Description: text, fixed
          """);

  /** The declaration of the type. */
  public StateMachineVersionResource() {
    super(
        new CrudDeclaration("AWS::StepFunctions::StateMachineVersion", "states", PROPERTIES)
            .create("PublishStateMachineVersion")
            .id("/stateMachineVersionArn", "Arn")
            .addressedBy("stateMachineVersionArn")
            .delete("DeleteStateMachineVersion"));
  }
}
