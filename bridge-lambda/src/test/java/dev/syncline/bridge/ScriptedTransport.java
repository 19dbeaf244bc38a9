// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.syncline.bridge.realtime.RealtimeTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An Event API in memory that behaves as documented unless its script changes it. Thread-safe. */
public final class ScriptedTransport implements RealtimeTransport {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The script of the service. */
  public interface Script {

    default void connecting(Wire wire) {
      wire.listener.opened(wire);
    }

    default void received(Wire wire, JsonNode frame) {
      switch (frame.path("type").asText()) {
        case "connection_init" ->
            wire.text("{\"type\":\"connection_ack\",\"connectionTimeoutMs\":300000}");
        case "subscribe" -> wire.acknowledge(frame.path("id").asText());
        case "unsubscribe" ->
            wire.text(
                "{\"type\":\"unsubscribe_success\",\"id\":\"" + frame.path("id").asText() + "\"}");
        default -> throw new AssertionError("the bridge sent an unknown frame: " + frame);
      }
    }
  }

  /** The service as documented. */
  public static final Script WELL_BEHAVED = new Script() {};

  public final List<Wire> wires = new CopyOnWriteArrayList<>();
  private volatile Script script = WELL_BEHAVED;

  public void script(Script next) {
    script = next;
  }

  public Wire last() {
    return wires.get(wires.size() - 1);
  }

  @Override
  public Connection connect(URI uri, List<String> subprotocols, Listener listener) {
    Wire wire = new Wire(uri, subprotocols, listener);
    wires.add(wire);
    script.connecting(wire);
    return wire;
  }

  /** One connection, from the service's side. */
  public final class Wire implements Connection {
    public final URI uri;
    public final List<String> subprotocols;
    public final List<JsonNode> sent = new CopyOnWriteArrayList<>();
    final Listener listener;
    public volatile boolean closed;

    Wire(URI uri, List<String> subprotocols, Listener listener) {
      this.uri = uri;
      this.subprotocols = subprotocols;
      this.listener = listener;
    }

    @Override
    public void send(String text) {
      JsonNode frame = parse(text);
      sent.add(frame);
      script.received(this, frame);
    }

    @Override
    public void close() {
      closed = true;
    }

    public JsonNode subscription() {
      return sent.stream()
          .filter(f -> f.path("type").asText().equals("subscribe"))
          .findFirst()
          .orElseThrow(() -> new AssertionError("nothing was subscribed"));
    }

    public void subscribed() {
      acknowledge(subscriptionId());
    }

    public void acknowledge(String id) {
      text("{\"type\":\"subscribe_success\",\"id\":\"" + id + "\"}");
    }

    /** The subscribe frames so far, the first one first. */
    public List<JsonNode> subscriptions() {
      return sent.stream().filter(f -> f.path("type").asText().equals("subscribe")).toList();
    }

    public void text(String frame) {
      listener.text(frame);
    }

    public void event(String event) {
      event(subscriptionId(), event);
    }

    public void event(String id, String event) {
      text(
          JsonNodeFactory.instance
              .objectNode()
              .put("type", "data")
              .put("id", id)
              .put("event", event)
              .toString());
    }

    public void drop() {
      listener.closed("the socket closed by the service with 1006", false);
    }

    public String subscriptionId() {
      return subscription().path("id").asText();
    }
  }

  static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
