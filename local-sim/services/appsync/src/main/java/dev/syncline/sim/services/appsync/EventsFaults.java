// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.kernel.FaultPlace;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fault places of Event APIs, and AppSync's own faults. Names of places are constants; what each
 * does is in its {@link FaultPlace#what()}.
 */
public final class EventsFaults {
  /** The answer to an upgrade request. */
  public static final String HANDSHAKE = "appsync.handshake";

  /** A connection whose credentials were accepted. */
  public static final String CONNECT = "appsync.connect";

  /** A frame of the client. */
  public static final String MESSAGE = "appsync.message";

  /** An accepted subscribe. */
  public static final String SUBSCRIBE = "appsync.subscribe";

  /** A subscription that was acknowledged. */
  public static final String ACTIVATION = "appsync.activation";

  /** An accepted publication. */
  public static final String PUBLISH = "appsync.publish";

  /** The delivery of an event to one subscription. */
  public static final String DELIVERY = "appsync.delivery";

  private static final String API = "api";
  private static final String CHANNEL = "channel";

  private EventsFaults() {}

  /** The error for an expired key. */
  public static Fault expiredKey() {
    return new Fault.Refuse(
        401, "UnauthorizedException", "You are not authorized to make this call.");
  }

  /** The error for a client that exceeds the rate limit. */
  public static Fault throttle() {
    return new Fault.Refuse(429, "LimitExceededError", "Rate limit exceeded");
  }

  static FaultPlace[] places() {
    Map<String, Fault> named = Map.of("expired-key", expiredKey(), "throttle", throttle());
    return Arrays.stream(plainPlaces())
        .map(place -> place.withNamed(named))
        .toArray(FaultPlace[]::new);
  }

  private static FaultPlace[] plainPlaces() {
    return new FaultPlace[] {
      new FaultPlace(
          HANDSHAKE,
          "in place of switching to WebSocket: the status and error of Refuse",
          List.of(Fault.Refuse.class),
          Set.of("host")),
      new FaultPlace(
          CONNECT,
          "after the handshake, credentials good: Refuse is a connection_error and code 1000, Delay"
              + " lets the client's frames wait",
          List.of(
              Fault.Refuse.class,
              Fault.Delay.class,
              Fault.Disconnect.class,
              Fault.Close.class,
              Fault.Silence.class),
          Set.of(API)),
      new FaultPlace(
          MESSAGE,
          "a client's frame, before it is looked at: Drop is not hearing it",
          List.of(
              Fault.Drop.class,
              Fault.Delay.class,
              Fault.Disconnect.class,
              Fault.Close.class,
              Fault.Silence.class),
          Set.of(API, "type", CHANNEL)),
      new FaultPlace(
          SUBSCRIBE,
          "before a good subscribe begins: Drop leaves it without an answer, Delay acknowledges it"
              + " late",
          List.of(
              Fault.Refuse.class,
              Fault.Delay.class,
              Fault.Drop.class,
              Fault.Disconnect.class,
              Fault.Close.class,
              Fault.Silence.class),
          Set.of(API, CHANNEL)),
      new FaultPlace(
          ACTIVATION,
          "after subscribe_success: with Delay the subscription receives only from then on, with"
              + " Drop never",
          List.of(Fault.Delay.class, Fault.Drop.class),
          Set.of(API, CHANNEL)),
      new FaultPlace(
          PUBLISH,
          "a good publish over HTTP or WebSocket: Drop answers success and loses the events,"
              + " Duplicate broadcasts them several times",
          List.of(Fault.Refuse.class, Fault.Delay.class, Fault.Drop.class, Fault.Duplicate.class),
          Set.of(API, CHANNEL, "via")),
      new FaultPlace(
          DELIVERY,
          "the delivery of an event to one subscription: Refuse is a broadcast_error in its place",
          List.of(
              Fault.Refuse.class,
              Fault.Drop.class,
              Fault.Duplicate.class,
              Fault.Delay.class,
              Fault.Corrupt.class,
              Fault.Disconnect.class,
              Fault.Close.class,
              Fault.Silence.class),
          Set.of(CHANNEL))
    };
  }
}
