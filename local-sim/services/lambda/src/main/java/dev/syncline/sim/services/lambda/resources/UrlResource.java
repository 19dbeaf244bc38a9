// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

/** The URL of a function or an alias; the physical id is the ARN of that. */
public final class UrlResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.of(
          member("TargetFunctionArn", Shape.text()).as("FunctionName").required().fixed(),
          member("Qualifier", Shape.text()).fixed(),
          member("AuthType", Shape.text()).required(),
          member("InvokeMode", Shape.text()),
          member(
              "Cors",
              Struct.of(
                  member("AllowCredentials", Shape.bool()),
                  member("AllowHeaders", Shape.list(Shape.text())),
                  member("AllowMethods", Shape.list(Shape.text())),
                  member("AllowOrigins", Shape.list(Shape.text())),
                  member("ExposeHeaders", Shape.list(Shape.text())),
                  member("MaxAge", Shape.integer()))));

  /** The declaration of the type. */
  public UrlResource() {
    super(
        new CrudDeclaration("AWS::Lambda::Url", "lambda", PROPERTIES)
            .create("CreateFunctionUrlConfig")
            .created(
                call ->
                    ResourceState.of(
                        call.answered("/FunctionArn"),
                        "FunctionArn",
                        call.answered("/FunctionArn"),
                        "FunctionUrl",
                        call.answered("/FunctionUrl")))
            .addressedBy("FunctionName")
            .update(UrlResource::change)
            .delete("DeleteFunctionUrlConfig"));
  }

  private static void change(Change change) {
    ObjectNode input = change.after().deepCopy();
    if (!input.has("Cors")) {
      input.putObject("Cors");
    }
    if (!input.has("InvokeMode")) {
      input.put("InvokeMode", "BUFFERED");
    }
    change.calls().call("lambda", "UpdateFunctionUrlConfig", input);
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    calls.callUnlessGone(
        "lambda",
        "DeleteFunctionUrlConfig",
        calls.input().put("FunctionName", current.physicalId()));
  }
}
