// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Struct;

/** A function of pipeline resolvers; its code and templates as text or from S3. */
public final class GraphqlFunctionResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.camel(
          """
          ApiId: text, required, fixed
          Name: text, required
          DataSourceName: text, required
          Description: text
          FunctionVersion: text
          Code: text
          CodeS3Location: text
          MaxBatchSize: integer
          RequestMappingTemplate: text
          RequestMappingTemplateS3Location: text
          ResponseMappingTemplate: text
          ResponseMappingTemplateS3Location: text
          Runtime: structure
            Name: text, required
            RuntimeVersion: text, required
          SyncConfig: structure
            ConflictDetection: text, required
            ConflictHandler: text
            LambdaConflictHandlerConfig: structure
              LambdaConflictHandlerArn: text
          """);

  /** The declaration of the type. */
  public GraphqlFunctionResource() {
    super(
        new CrudDeclaration("AWS::AppSync::FunctionConfiguration", "appsync", PROPERTIES)
            .create("CreateFunction")
            .created(
                call ->
                    ResourceState.of(
                        call.answered("/functionConfiguration/functionArn"),
                        "FunctionArn",
                        call.answered("/functionConfiguration/functionArn"),
                        "FunctionId",
                        call.answered("/functionConfiguration/functionId"),
                        "Name",
                        call.answered("/functionConfiguration/name"),
                        "DataSourceName",
                        call.answered("/functionConfiguration/dataSourceName")))
            .addressedByProperties("apiId")
            .addressedByAttribute("functionId", "FunctionId")
            .update(GraphqlFunctionResource::change)
            .delete("DeleteFunction"));
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    return super.create(calls, names, InlineText.ofStep(calls, properties));
  }

  private static void change(Change change) {
    ObjectNode input = InlineText.ofStep(change.calls(), change.after());
    change.calls().call("appsync", "UpdateFunction", input.setAll(change.target()));
  }
}
