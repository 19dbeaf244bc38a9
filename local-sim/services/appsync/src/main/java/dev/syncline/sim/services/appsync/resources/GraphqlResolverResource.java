// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Struct;

/** The resolver of a field; its code and templates as text or from S3. */
public final class GraphqlResolverResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.camel(
          """
          ApiId: text, required, fixed
          TypeName: text, required, fixed
          FieldName: text, required, fixed
          CachingConfig: structure
            CachingKeys: list of text
            Ttl: integer, required
          DataSourceName: text
          Kind: text
          MetricsConfig: text
          PipelineConfig: structure
            Functions: list of text
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
  public GraphqlResolverResource() {
    super(
        new CrudDeclaration("AWS::AppSync::Resolver", "appsync", PROPERTIES)
            .create("CreateResolver")
            .created(
                call ->
                    ResourceState.of(
                        call.answered("/resolver/resolverArn"),
                        "ResolverArn",
                        call.answered("/resolver/resolverArn"),
                        "TypeName",
                        call.answered("/resolver/typeName"),
                        "FieldName",
                        call.answered("/resolver/fieldName")))
            .addressedByProperties("apiId", "typeName", "fieldName")
            .update(GraphqlResolverResource::change)
            .delete("DeleteResolver"));
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    return super.create(calls, names, InlineText.ofStep(calls, properties));
  }

  private static void change(Change change) {
    ObjectNode input = InlineText.ofStep(change.calls(), change.after());
    change.calls().call("appsync", "UpdateResolver", input.setAll(change.target()));
  }
}
