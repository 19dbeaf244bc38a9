// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import dev.syncline.sim.handlers.HandlerEngine;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.Operation;
import java.util.List;
import java.util.stream.Stream;

/**
 * The operations of GraphQL APIs, except those that they share with Event APIs. Thread-safe.
 *
 * @param urls the URLs at which APIs answer
 * @param engine checks code
 */
public record GraphqlOperations(
    GraphqlApiStore store, GraphqlUrls urls, HandlerEngine engine, Ids ids) {
  /** The operations. */
  public List<Operation> operations() {
    var reader = new GraphqlStepReader(engine);
    return Stream.of(
            new GraphqlApiOperations(store, urls).operations(),
            new GraphqlSchemaOperations(store).operations(),
            new GraphqlTypeOperations(store).operations(),
            new GraphqlFunctionOperations(store, reader, ids).operations(),
            new GraphqlResolverOperations(store, reader).operations(),
            new GraphqlCacheOperations(store).operations(),
            new GraphqlEnvironmentOperations(store).operations())
        .flatMap(List::stream)
        .toList();
  }
}
