// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

/** A stage of an HTTP API. */
public final class HttpStageResource extends CrudResource {
  private static final Struct SETTINGS =
      Struct.camel(
          member("DetailedMetricsEnabled", Shape.bool()),
          member("ThrottlingBurstLimit", Shape.integer()),
          member("ThrottlingRateLimit", Shape.number()));
  private static final Struct PROPERTIES =
      Struct.camel(
          member("ApiId", Shape.text()).required().fixed(),
          member("StageName", Shape.text()).required().fixed(),
          member(
              "AccessLogSettings",
              Struct.camel(member("DestinationArn", Shape.text()), member("Format", Shape.text()))),
          member("AutoDeploy", Shape.bool()),
          member("DefaultRouteSettings", SETTINGS),
          member("DeploymentId", Shape.text()),
          member("Description", Shape.text()),
          member("RouteSettings", Shape.map(SETTINGS)),
          member("StageVariables", Shape.map(Shape.text())),
          member("Tags", Shape.map(Shape.text())).fixed());

  /** The declaration of the type. */
  public HttpStageResource() {
    super(
        new CrudDeclaration("AWS::ApiGatewayV2::Stage", "apigatewayv2", PROPERTIES)
            .create("CreateStage")
            .created(call -> ResourceState.of(call.given("stageName")))
            .addressedByProperties("apiId", "stageName")
            .updateAll("UpdateStage", "tags")
            .delete("DeleteStage"));
  }
}
