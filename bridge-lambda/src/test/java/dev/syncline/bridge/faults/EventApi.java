// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.bridge.realtime.RealtimeTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** AppSync Events with faults, for subscribers and publishers. Not thread-safe. */
final class EventApi {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long KEEP_ALIVE_MILLIS = 60_000;
  private static final long TRAVEL_MILLIS = 8;

  private final Fibers fibers;
  private final SeededRandom chance;
  private final List<Wire> wires = new ArrayList<>();
  private int connections;
  private int keys;

  EventApi(Fibers fibers, SeededRandom chance) {
    this.fibers = fibers;
    this.chance = chance;
  }

  /** The key that is valid now. */
  String key() {
    return "da2-key" + keys;
  }

  /** Rotates the key: the old one is refused. */
  void replaceKey() {
    keys++;
  }

  /** The network of an execution environment; {@link Network#cut} ends it. */
  Network network() {
    return new Network();
  }

  /** Publishes, and returns whether the event was accepted. */
  boolean publish(String id, String channel, String event) {
    if (chance.strikes(id, "publish refused", 0.03)) {
      return false;
    }
    for (Wire wire : List.copyOf(wires)) {
      wire.subscriptions.forEach(
          (subscription, pattern) -> {
            if (covers(pattern, channel)) {
              deliver(id, wire, subscription, event);
            }
          });
    }
    return true;
  }

  private static boolean covers(String pattern, String channel) {
    return pattern.endsWith("/*")
        ? channel.startsWith(pattern.substring(0, pattern.length() - 1))
        : pattern.equals(channel);
  }

  private void deliver(String id, Wire wire, String subscription, String event) {
    if (chance.strikes(id, "event dropped", 0.04)) {
      return;
    }
    if (chance.strikes(id, "socket cut in place of the event", 0.02)) {
      wire.end("cut", false);
      return;
    }
    if (chance.strikes(id, "socket silent from now on", 0.01)) {
      wire.mute = true;
      return;
    }
    String text = event;
    if (chance.strikes(id, "event malformed", 0.02)) {
      text = "{\"id\": nonsense";
    }
    long delay = TRAVEL_MILLIS + chance.about(id, "travel").nextLong(30);
    if (chance.strikes(id, "event late", 0.04)) {
      delay += 1_000 + chance.about(id, "late").nextLong(40_000);
    }
    int times = chance.strikes(id, "event doubled", 0.05) ? 3 : 1;
    for (int i = 0; i < times; i++) {
      ObjectNode frame = JSON.createObjectNode();
      frame.put("type", "data").put("id", subscription);
      frame.put("event", text);
      wire.later(delay + 5L * i, frame.toString());
    }
    if (chance.strikes(id, "delivery error told", 0.01)) {
      wire.later(
          delay,
          "{\"type\":\"broadcast_error\",\"errors\":[{\"errorType\":\"MessageProcessingError\","
              + "\"message\":\"lost one\"}]}");
    }
  }

  /** One environment's connection to the service. */
  final class Network implements RealtimeTransport {
    private final List<Wire> mine = new ArrayList<>();
    private boolean down;

    @Override
    public Connection connect(URI uri, List<String> subprotocols, Listener listener) {
      Wire wire = new Wire(listener, "connection " + ++connections);
      mine.add(wire);
      if (!down) {
        fibers.after(20 + chance.about(wire.name, "connecting").nextLong(60), wire::open);
      }
      return wire;
    }

    /** The environment is dead. */
    void cut() {
      down = true;
      mine.forEach(Wire::close);
    }

    @Override
    public void close() {
      mine.forEach(Wire::close);
      mine.clear();
    }
  }

  private final class Wire implements RealtimeTransport.Connection {
    private final RealtimeTransport.Listener listener;
    private final String name;
    private final Map<String, String> subscriptions = new LinkedHashMap<>();
    private boolean open;
    private boolean closed;
    private boolean mute;

    Wire(RealtimeTransport.Listener listener, String name) {
      this.listener = listener;
      this.name = name;
    }

    private void open() {
      if (closed) {
        return;
      }
      if (chance.strikes(name, "connection refused", 0.04)) {
        end("refused", false);
        return;
      }
      if (chance.strikes(name, "connection never opens", 0.02)) {
        return;
      }
      open = true;
      wires.add(this);
      listener.opened(this);
      fibers.after(KEEP_ALIVE_MILLIS, this::keepAlive);
    }

    private void keepAlive() {
      if (open && !closed) {
        text("{\"type\":\"ka\"}");
        fibers.after(KEEP_ALIVE_MILLIS, this::keepAlive);
      }
    }

    @Override
    public void send(String text) {
      JsonNode frame;
      try {
        frame = JSON.readTree(text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      fibers.after(TRAVEL_MILLIS, () -> received(frame));
    }

    private void received(JsonNode frame) {
      if (closed) {
        return;
      }
      String id = frame.path("id").asText();
      switch (frame.path("type").asText()) {
        case "connection_init" -> {
          if (!chance.strikes(name, "connection_ack missing", 0.01)) {
            later(TRAVEL_MILLIS, "{\"type\":\"connection_ack\",\"connectionTimeoutMs\":300000}");
          }
        }
        case "subscribe" -> subscribe(id, frame);
        case "unsubscribe" -> {
          subscriptions.remove(id);
          later(TRAVEL_MILLIS, "{\"type\":\"unsubscribe_success\",\"id\":\"" + id + "\"}");
        }
        default -> throw new IllegalStateException("an unknown frame: " + frame);
      }
    }

    private void subscribe(String id, JsonNode frame) {
      if (!frame.path("authorization").path("x-api-key").asText().equals(key())) {
        later(TRAVEL_MILLIS, error(id, "UnauthorizedException", "the key is not valid"));
        return;
      }
      if (chance.strikes(name, "subscription refused", 0.05)) {
        later(TRAVEL_MILLIS, error(id, "LimitExceededError", "too many"));
        return;
      }
      if (chance.strikes(name, "socket cut in place of subscribe_success", 0.03)) {
        end("cut", false);
        return;
      }
      if (chance.strikes(name, "subscribe_success missing", 0.02)) {
        return;
      }
      long delay = TRAVEL_MILLIS;
      if (chance.strikes(name, "subscribe_success late", 0.05)) {
        delay += 3_000;
      }
      String channel = frame.path("channel").asText();
      fibers.after(
          delay,
          () -> {
            if (!closed) {
              subscriptions.put(id, channel);
              text("{\"type\":\"subscribe_success\",\"id\":\"" + id + "\"}");
            }
          });
    }

    private static String error(String id, String type, String message) {
      return "{\"type\":\"subscribe_error\",\"id\":\""
          + id
          + "\",\"errors\":[{\"errorType\":\""
          + type
          + "\",\"message\":\""
          + message
          + "\"}]}";
    }

    void later(long millis, String frame) {
      fibers.after(millis, () -> text(frame));
    }

    private void text(String frame) {
      if (!closed && !mute) {
        listener.text(frame);
      }
    }

    /** The service's end, which the subscriber notices. */
    void end(String reason, boolean unauthorized) {
      if (!closed) {
        close();
        listener.closed(reason, unauthorized);
      }
    }

    @Override
    public void close() {
      closed = true;
      wires.remove(this);
    }
  }
}
