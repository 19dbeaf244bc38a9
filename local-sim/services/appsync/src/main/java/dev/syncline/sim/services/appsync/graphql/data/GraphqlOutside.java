// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.contract.FurtherPorts;
import dev.syncline.sim.service.contract.MetricSink;
import dev.syncline.sim.services.appsync.auth.GraphqlVerifier;
import dev.syncline.sim.services.appsync.graphql.sources.SourceServices;
import java.net.URI;
import java.util.function.Supplier;

/**
 * What GraphQL APIs need of the simulator. Thread-safe.
 *
 * @param verifier verifies callers
 * @param services carries out the documents of resolvers
 * @param metrics takes metrics
 * @param ports opens the port of each API
 * @param endpoint the URL of the simulator's port; may be called only after it is open
 */
public record GraphqlOutside(
    GraphqlVerifier verifier,
    SourceServices services,
    Supplier<MetricSink> metrics,
    Supplier<FurtherPorts> ports,
    Supplier<URI> endpoint) {
  /** That of a room. */
  public static GraphqlOutside of(ServiceContext context, GraphqlVerifier verifier) {
    return new GraphqlOutside(
        verifier,
        SourceServices.of(context),
        context.contracts().later(MetricSink.class),
        context.contracts().later(FurtherPorts.class),
        context.endpoint());
  }
}
