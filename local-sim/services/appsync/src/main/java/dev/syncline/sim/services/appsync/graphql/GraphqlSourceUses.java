// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.services.appsync.common.AppSyncErrors;
import dev.syncline.sim.services.appsync.datasource.DataSource;
import java.util.Optional;
import java.util.stream.Stream;

/** Resolvers and functions of an API that use a data source. Stateless and thread-safe. */
public final class GraphqlSourceUses {
  private GraphqlSourceUses() {}

  /**
   * Refuses to delete a data source that is used.
   *
   * @throws AwsException naming the first user
   */
  public static void requireUnused(GraphqlApiRecord api, String source) {
    Optional<String> resolver =
        GraphqlResolverOperations.visible(api).values().stream()
            .filter(one -> source.equals(one.dataSourceName()))
            .map(one -> "the resolver " + one.key())
            .findFirst();
    resolver
        .or(
            () ->
                api.functions().values().stream()
                    .filter(one -> source.equals(one.dataSourceName()))
                    .map(one -> "the function " + one.name() + " (" + one.functionId() + ")")
                    .findFirst())
        .ifPresent(
            user -> {
              throw AppSyncErrors.badRequest("Data source " + source + " is used by " + user + ".");
            });
  }

  /**
   * Refuses a change of the type from Lambda while a resolver or function has no templates.
   *
   * @throws AwsException in AppSync's words
   */
  public static void requireTemplatesFor(GraphqlApiRecord api, DataSource changed) {
    if (changed.type() == DataSource.Type.AWS_LAMBDA) {
      return;
    }
    boolean bypassed =
        Stream.concat(
                api.resolvers().values().stream()
                    .filter(one -> changed.name().equals(one.dataSourceName()))
                    .map(GraphqlResolverRecord::source),
                api.functions().values().stream()
                    .filter(one -> changed.name().equals(one.dataSourceName()))
                    .map(GraphqlFunctionRecord::source))
            .anyMatch(GraphqlStepSource::direct);
    if (bypassed) {
      throw AppSyncErrors.badRequest(
          "Data source is still connected to a resolver that uses mapping template bypass.");
    }
  }
}
