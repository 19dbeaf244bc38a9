// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.ResourceException;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

/** A published version of a function. Every property is create-only. */
public final class VersionResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.of(
          member("FunctionName", Shape.text()).required().fixed(),
          member("CodeSha256", Shape.text()).fixed(),
          member("Description", Shape.text()).fixed());

  /** The declaration of the type. */
  public VersionResource() {
    super(
        new CrudDeclaration("AWS::Lambda::Version", "lambda", PROPERTIES)
            .create("PublishVersion")
            .created(VersionResource::whenReady)
            .addressedByAttribute("Qualifier", "Version")
            .addressedByProperties("FunctionName")
            .delete("DeleteFunction"));
  }

  private static ResourceState whenReady(Created call) {
    String arn = call.answered("/FunctionArn");
    call.calls().await("Version " + arn, () -> isReady(call.calls(), arn));
    return ResourceState.of(arn, "FunctionArn", arn, "Version", call.answered("/Version"));
  }

  /** A version with SnapStart is ready when its snapshot has been taken. */
  private static boolean isReady(ServiceCalls calls, String arn) {
    JsonNode version =
        calls.call("lambda", "GetFunctionConfiguration", calls.input().put("FunctionName", arn));
    String state = version.path("State").asText();
    if (state.equals("Failed")) {
      throw new ResourceException(
          "Version " + arn + " failed to become active: " + version.path("StateReason").asText());
    }
    return state.equals("Active");
  }
}
