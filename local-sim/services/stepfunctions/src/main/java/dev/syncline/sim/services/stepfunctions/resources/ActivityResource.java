// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.resources;

import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.Struct;
import dev.syncline.sim.service.resource.Tagging;

/** An activity of Step Functions. */
public final class ActivityResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.camel(
          """
          Name: text, required, fixed
          Tags: tags key value
          """);

  /** The declaration of the type. */
  public ActivityResource() {
    super(
        new CrudDeclaration("AWS::StepFunctions::Activity", "states", PROPERTIES)
            .nameProperty("Name")
            .create("CreateActivity")
            .created(ActivityResource::state)
            .addressedBy("activityArn")
            .tagList(Tagging.camel("states"), "key")
            .delete("DeleteActivity"));
  }

  private static ResourceState state(Created call) {
    String arn = call.answered("/activityArn");
    return ResourceState.of(arn, "Arn", arn, "Name", call.given("name"));
  }
}
