// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.resources;

import dev.syncline.sim.service.resource.ResourceState;

/** The resolver of a field. */
public final class GraphqlResolverResource extends GraphqlStepResource {
  private static final String PROPERTIES =
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
      """;

  /** The declaration of the type. */
  public GraphqlResolverResource() {
    super(
        declaration("AWS::AppSync::Resolver", "Resolver", PROPERTIES)
            .created(GraphqlResolverResource::state)
            .addressedByProperties("apiId", "typeName", "fieldName"));
  }

  private static ResourceState state(Created call) {
    String arn = call.answered("/resolver/resolverArn");
    return ResourceState.of(
        arn,
        "ResolverArn",
        arn,
        "TypeName",
        call.answered("/resolver/typeName"),
        "FieldName",
        call.answered("/resolver/fieldName"));
  }
}
