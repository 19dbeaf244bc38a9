// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.realtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.syncline.publisher.Channel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The subscriber's side of one AppSync Events connection, without I/O: the input is frames, the
 * output is effects. The order is: connect, {@code connection_init}, {@code connection_ack}, then
 * any number of subscriptions, each acknowledged with {@code subscribe_success}, and events until a
 * failure. A failure is final.
 *
 * <p>Source: the AppSync Events developer guide, "Understanding the Event API WebSocket protocol",
 * and observations of published clients where the guide differs.
 *
 * <p>Not thread-safe.
 */
public final class RealtimeProtocol {

  /** The subprotocol that the service must select. */
  public static final String SUBPROTOCOL = "aws-appsync-event-ws";

  /** The default silence after which a connection is considered dead. */
  static final long DEFAULT_CONNECTION_TIMEOUT_MILLIS = 300_000;

  private enum Phase {
    CONNECTING("the connection to open"),
    INITIALISING("connection_ack"),
    ACKNOWLEDGED("subscribe_success"),
    FAILED("nothing");

    private final String awaited;

    Phase(String awaited) {
      this.awaited = awaited;
    }
  }

  /** An effect to apply. */
  public sealed interface Effect {

    /** Send this frame. It contains credentials; never log it. */
    record Send(String frame) implements Effect {}

    /**
     * The connection is acknowledged; subscribe now.
     *
     * @param silenceLimitMillis a connection silent for longer than this is dead
     */
    record Acknowledged(long silenceLimitMillis) implements Effect {}

    /** This subscription is acknowledged. */
    record Subscribed(String subscriptionId) implements Effect {}

    /** This subscription is refused; the others continue. */
    record Refused(String subscriptionId, String reason, boolean unauthorized) implements Effect {}

    /** An event arrived. */
    record Event(String subscriptionId, String text) implements Effect {}

    /** Drop the connection. */
    record Failed(String reason, boolean unauthorized) implements Effect {}

    /** The service could not deliver an event. */
    record EventLost(String reason) implements Effect {}

    /** A malformed or unexpected frame was ignored. */
    record Malformed(String reason) implements Effect {}
  }

  private final Set<String> asked = new HashSet<>();
  private final Set<String> subscribed = new HashSet<>();
  private final Set<String> left = new HashSet<>();
  private Phase phase = Phase.CONNECTING;

  /** The awaited frame, for a time-out's message. */
  public String awaited() {
    return phase.awaited;
  }

  /** The WebSocket is open. */
  public List<Effect> opened() {
    phase = Phase.INITIALISING;
    return List.of(new Effect.Send("{\"type\":\"connection_init\"}"));
  }

  /**
   * Subscribes, once the connection is acknowledged.
   *
   * @param subscriptionId letters, digits and dashes, unique on the connection
   * @param authorizationJson the credentials as a JSON object
   */
  public List<Effect> subscribe(String subscriptionId, Channel channel, String authorizationJson) {
    asked.add(subscriptionId);
    // Ids and channels contain no character that JSON would escape.
    return List.of(
        new Effect.Send(
            "{\"type\":\"subscribe\",\"id\":\""
                + subscriptionId
                + "\",\"channel\":\""
                + channel.path()
                + "\",\"authorization\":"
                + authorizationJson
                + "}"));
  }

  /** Ends a subscription. */
  public List<Effect> unsubscribe(String subscriptionId) {
    if (!asked.remove(subscriptionId) && !subscribed.remove(subscriptionId)) {
      return List.of();
    }
    left.add(subscriptionId);
    return List.of(new Effect.Send("{\"type\":\"unsubscribe\",\"id\":\"" + subscriptionId + "\"}"));
  }

  /** A text message arrived. */
  public List<Effect> received(String text) {
    if (phase == Phase.FAILED) {
      return List.of();
    }
    RealtimeFrame frame;
    try {
      frame = RealtimeFrame.parse(text);
    } catch (JsonProcessingException e) {
      return List.of(new Effect.Malformed("a frame is not JSON"));
    } catch (IOException e) {
      return List.of(new Effect.Malformed("a frame is not one JSON object"));
    }
    return switch (frame.type()) {
      case "connection_ack" -> acknowledged(frame);
      case "subscribe_success" -> subscribed(frame);
      case "data" -> data(frame);
      case "connection_error" -> fail("the connection was refused", frame);
      case "subscribe_error" -> refused(frame);
      case "unsubscribe_success", "unsubscribe_error" -> unsubscribed(frame);
      case "error" -> fail("the service reported an error", frame);
      case "broadcast_error" -> List.of(new Effect.EventLost(describe("event lost", frame)));
      case "ka" -> List.of();
      default -> unexpected(frame);
    };
  }

  private List<Effect> acknowledged(RealtimeFrame frame) {
    if (phase != Phase.INITIALISING) {
      return unexpected(frame);
    }
    phase = Phase.ACKNOWLEDGED;
    return List.of(
        new Effect.Acknowledged(
            frame.connectionTimeoutMillis() > 0
                ? frame.connectionTimeoutMillis()
                : DEFAULT_CONNECTION_TIMEOUT_MILLIS));
  }

  private List<Effect> subscribed(RealtimeFrame frame) {
    if (asked.remove(frame.id())) {
      subscribed.add(frame.id());
      return List.of(new Effect.Subscribed(frame.id()));
    }
    // Unsubscribed before it was acknowledged.
    return left.contains(frame.id()) ? List.of() : unexpected(frame);
  }

  private List<Effect> refused(RealtimeFrame frame) {
    if (!asked.remove(frame.id())) {
      return left.remove(frame.id()) ? List.of() : unexpected(frame);
    }
    return List.of(
        new Effect.Refused(
            frame.id(), describe("the subscription was refused", frame), frame.unauthorized()));
  }

  private List<Effect> unsubscribed(RealtimeFrame frame) {
    return left.remove(frame.id()) ? List.of() : unexpected(frame);
  }

  private List<Effect> data(RealtimeFrame frame) {
    if (left.contains(frame.id())) {
      return List.of();
    }
    if (!subscribed.contains(frame.id()) || frame.events().isEmpty()) {
      return unexpected(frame);
    }
    List<Effect> events = new ArrayList<>(1);
    frame.events().forEach(event -> events.add(new Effect.Event(frame.id(), event)));
    return events;
  }

  private List<Effect> fail(String what, RealtimeFrame frame) {
    phase = Phase.FAILED;
    return List.of(new Effect.Failed(describe(what, frame), frame.unauthorized()));
  }

  private static List<Effect> unexpected(RealtimeFrame frame) {
    // The type is external and is logged, so it is reduced to 40 letters.
    String type = frame.type().replaceAll("[^A-Za-z_]", "?");
    type = type.substring(0, Math.min(40, type.length()));
    return List.of(new Effect.Malformed("an unexpected frame of type \"" + type + "\""));
  }

  private static String describe(String what, RealtimeFrame frame) {
    return frame.error().isEmpty() ? what : what + ": " + frame.error();
  }
}
