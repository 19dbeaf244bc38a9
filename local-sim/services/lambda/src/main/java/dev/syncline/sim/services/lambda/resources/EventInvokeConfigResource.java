// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

/** How a function is retried when it was invoked asynchronously. */
public final class EventInvokeConfigResource extends CrudResource {
  private static final Struct DESTINATION =
      Struct.of(member("Destination", Shape.text()).required());
  private static final Struct PROPERTIES =
      Struct.of(
          member("FunctionName", Shape.text()).required().fixed(),
          member("Qualifier", Shape.text()).required().fixed(),
          member("MaximumEventAgeInSeconds", Shape.integer()),
          member("MaximumRetryAttempts", Shape.integer()),
          member(
              "DestinationConfig",
              Struct.of(member("OnFailure", DESTINATION), member("OnSuccess", DESTINATION))));

  /** The declaration of the type. */
  public EventInvokeConfigResource() {
    super(
        new CrudDeclaration("AWS::Lambda::EventInvokeConfig", "lambda", PROPERTIES)
            .create("PutFunctionEventInvokeConfig")
            .created(call -> ResourceState.of(call.names().name(100)))
            .addressedByProperties("FunctionName", "Qualifier")
            .updateAll("PutFunctionEventInvokeConfig")
            .delete("DeleteFunctionEventInvokeConfig"));
  }
}
