// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.kernel.FaultPlace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fault places of subscriptions of GraphQL APIs. Names of places are constants; what each does is
 * in its {@link FaultPlace#what()}.
 */
public final class GraphqlRealtimeFaults {
  /** A connection whose credentials were accepted. */
  public static final String CONNECT = "appsync.graphql-connect";

  /** A frame of the client. */
  public static final String MESSAGE = "appsync.graphql-message";

  /** An accepted start. */
  public static final String SUBSCRIBE = "appsync.graphql-subscribe";

  /** The delivery of an event to one subscription. */
  public static final String DELIVERY = "appsync.graphql-delivery";

  private static final String API = "api";
  private static final String FIELD = "field";

  private GraphqlRealtimeFaults() {}

  /**
   * The places.
   *
   * @param named faults that have a name at every place
   */
  public static FaultPlace[] places(Map<String, Fault> named) {
    return Arrays.stream(plainPlaces())
        .map(place -> place.withNamed(named))
        .toArray(FaultPlace[]::new);
  }

  private static FaultPlace[] plainPlaces() {
    List<Class<? extends Fault>> ends =
        List.of(Fault.Disconnect.class, Fault.Close.class, Fault.Silence.class);
    return new FaultPlace[] {
      new FaultPlace(
          CONNECT,
          "after the handshake of a GraphQL connection, credentials good: Refuse is a"
              + " connection_error and code 1000, Delay lets the client's frames wait",
          with(ends, Fault.Refuse.class, Fault.Delay.class),
          Set.of(API)),
      new FaultPlace(
          MESSAGE,
          "a frame of a GraphQL client, before it is looked at: Drop is not hearing it",
          with(ends, Fault.Drop.class, Fault.Delay.class),
          Set.of(API, "type")),
      new FaultPlace(
          SUBSCRIBE,
          "before a good start begins: Drop leaves it without an answer, Delay acknowledges it"
              + " late",
          with(ends, Fault.Refuse.class, Fault.Delay.class, Fault.Drop.class),
          Set.of(API, FIELD)),
      new FaultPlace(
          DELIVERY,
          "the delivery of a mutation's result to one subscription: Refuse is an error frame in"
              + " its place",
          with(
              ends,
              Fault.Refuse.class,
              Fault.Drop.class,
              Fault.Duplicate.class,
              Fault.Delay.class,
              Fault.Corrupt.class),
          Set.of(API, FIELD))
    };
  }

  @SafeVarargs
  private static List<Class<? extends Fault>> with(
      List<Class<? extends Fault>> ends, Class<? extends Fault>... more) {
    List<Class<? extends Fault>> all = new ArrayList<>(List.of(more));
    all.addAll(ends);
    return all;
  }
}
