// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.resources;

import dev.syncline.sim.service.resource.ResourceState;

/** A function of pipeline resolvers. */
public final class GraphqlFunctionResource extends GraphqlStepResource {
  private static final String PROPERTIES =
      """
      ApiId: text, required, fixed
      Name: text, required
      DataSourceName: text, required
      Description: text
      FunctionVersion: text
      """;

  /** The declaration of the type. */
  public GraphqlFunctionResource() {
    super(
        declaration("AWS::AppSync::FunctionConfiguration", "Function", PROPERTIES)
            .created(GraphqlFunctionResource::state)
            .addressedByProperties("apiId")
            .addressedByAttribute("functionId", "FunctionId"));
  }

  private static ResourceState state(Created call) {
    String function = "/functionConfiguration/";
    String arn = call.answered(function + "functionArn");
    return ResourceState.of(
        arn,
        "FunctionArn",
        arn,
        "FunctionId",
        call.answered(function + "functionId"),
        "Name",
        call.answered(function + "name"),
        "DataSourceName",
        call.answered(function + "dataSourceName"));
  }
}
