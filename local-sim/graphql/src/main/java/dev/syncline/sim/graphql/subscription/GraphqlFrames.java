// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The frames that the service sends.
 *
 * <p>A {@code data} frame has two parts, so that fan-out encodes each only once: the head belongs
 * to a subscription, the body to an event and to all subscriptions that get the same payload.
 * Thread-safe and without state.
 */
public final class GraphqlFrames {
  /** The keep-alive frame. */
  public static final String KEEP_ALIVE = "{\"type\":\"ka\"}";

  private GraphqlFrames() {}

  /** The answer to {@code connection_init}. */
  public static String connectionAck(Duration timeout) {
    ObjectNode frame = JsonNodeFactory.instance.objectNode().put("type", "connection_ack");
    frame.putObject("payload").put("connectionTimeoutMs", timeout.toMillis());
    return frame.toString();
  }

  /** The frame that refuses a connection, without a type when the error has none. */
  public static String connectionError(RealtimeError error) {
    ObjectNode frame = JsonNodeFactory.instance.objectNode();
    frame.putObject("payload").putArray("errors").add(error.json());
    return frame.put("type", "connection_error").toString();
  }

  /** The acknowledgement of a subscription. */
  public static String startAck(String id) {
    return frame(id, "start_ack").toString();
  }

  /** The end of a subscription. */
  public static String complete(String id) {
    return frame(id, "complete").toString();
  }

  /** The failure of an operation; {@code id} is null for a frame without an operation. */
  public static String error(@Nullable String id, List<RealtimeError> errors) {
    ObjectNode frame = frame(id, "error");
    var array = frame.putObject("payload").putArray("errors");
    errors.forEach(error -> array.add(error.json()));
    return frame.toString();
  }

  /** The refusal of a client that starts too fast: without an id, and an object as its errors. */
  public static String rateExceeded() {
    ObjectNode frame = frame(null, "error");
    frame.putObject("payload").set("errors", RealtimeError.rateExceeded().json());
    return frame.toString();
  }

  /** The part of a data frame before its payload. */
  public static byte[] dataHead(String id) {
    return ("{\"id\":" + TextNode.valueOf(id) + ",\"type\":\"data\",\"payload\":")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The payload and the end of a data frame. */
  public static byte[] dataBody(JsonNode payload) {
    return (payload + "}").getBytes(StandardCharsets.UTF_8);
  }

  private static ObjectNode frame(@Nullable String id, String type) {
    ObjectNode frame = JsonNodeFactory.instance.objectNode();
    if (id != null) {
      frame.put("id", id);
    }
    return frame.put("type", type);
  }
}
