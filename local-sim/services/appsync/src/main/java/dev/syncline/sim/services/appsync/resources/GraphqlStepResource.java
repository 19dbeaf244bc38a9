// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Struct;

/** A resolver or function; its code and templates are texts or in S3. */
abstract class GraphqlStepResource extends CrudResource {
  private static final String SERVICE = "appsync";
  private static final String SHARED =
      """
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
      """;

  GraphqlStepResource(CrudDeclaration declaration) {
    super(declaration);
  }

  /**
   * The declaration of a type.
   *
   * @param noun of the operations, such as {@code Resolver}
   * @param properties those that only this type has
   */
  static CrudDeclaration declaration(String type, String noun, String properties) {
    return new CrudDeclaration(type, SERVICE, Struct.camel(properties + SHARED))
        .create("Create" + noun)
        .update(
            change -> {
              ObjectNode input = InlineText.ofStep(change.calls(), change.after());
              change.calls().call(SERVICE, "Update" + noun, input.setAll(change.target()));
            })
        .delete("Delete" + noun);
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    return super.create(calls, names, InlineText.ofStep(calls, properties));
  }
}
