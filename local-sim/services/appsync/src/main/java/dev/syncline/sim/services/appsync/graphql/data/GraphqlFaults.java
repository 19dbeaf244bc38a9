// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.kernel.FaultPlace;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fault places of requests to GraphQL APIs. Names of places are constants; each has a description
 * in its {@link FaultPlace#what()}.
 */
public final class GraphqlFaults {
  /** A request over HTTP. */
  public static final String REQUEST = "appsync.graphql-request";

  /** A run of a resolver. */
  public static final String RESOLVER = "appsync.graphql-resolver";

  private GraphqlFaults() {}

  /** The error for an expired key. */
  public static Fault expiredKey() {
    return new Fault.Refuse(
        401, "UnauthorizedException", "You are not authorized to make this call.");
  }

  /** The error for a client that exceeds the rate limit. */
  public static Fault throttle() {
    return new Fault.Refuse(429, "LimitExceededException", "Rate exceeded");
  }

  /** The places, for the plan of faults. */
  public static FaultPlace[] places() {
    return new FaultPlace[] {
      new FaultPlace(
              REQUEST,
              "a request whose caller was verified, before its document is read: the status and"
                  + " error of Refuse, Drop executes it and answers an empty 500",
              List.of(Fault.Refuse.class, Fault.Delay.class, Fault.Drop.class),
              Set.of("api", "operation"))
          .withNamed(Map.of("expired-key", expiredKey(), "throttle", throttle())),
      new FaultPlace(
          RESOLVER,
          "before a resolver runs: Refuse is an error of the field with that errorType and message",
          List.of(Fault.Refuse.class, Fault.Delay.class),
          Set.of("api", "field"))
    };
  }
}
