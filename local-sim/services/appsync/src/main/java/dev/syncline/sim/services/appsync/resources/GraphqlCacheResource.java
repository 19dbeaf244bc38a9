// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.resources;

import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.Struct;

/** The cache of a GraphQL API. */
public final class GraphqlCacheResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.camel(
          """
          ApiId: text, required, fixed
          ApiCachingBehavior: text, required
          AtRestEncryptionEnabled: boolean, fixed
          HealthMetricsConfig: text
          TransitEncryptionEnabled: boolean, fixed
          Ttl: integer, required
          Type: text, required
          """);

  /** The declaration of the type. */
  public GraphqlCacheResource() {
    super(
        new CrudDeclaration("AWS::AppSync::ApiCache", "appsync", PROPERTIES)
            .create("CreateApiCache")
            .created(call -> ResourceState.of(call.given("apiId"), "Id", call.given("apiId")))
            .addressedByProperties("apiId")
            .updateAll("UpdateApiCache", "atRestEncryptionEnabled", "transitEncryptionEnabled")
            .delete("DeleteApiCache"));
  }
}
