// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The frames that the service sends, all but {@link DataFrame}. Thread-safe; holds nothing. */
public final class Frames {
  /** The keep-alive frame. */
  public static final String KEEP_ALIVE = "{\"type\":\"ka\"}";

  private Frames() {}

  static String connectionAck(Duration timeout, boolean inPayloadToo) {
    ObjectNode frame = frame("connection_ack", null).put("connectionTimeoutMs", timeout.toMillis());
    if (inPayloadToo) {
      frame.putObject("payload").put("connectionTimeoutMs", timeout.toMillis());
    }
    return frame.toString();
  }

  /** The frame that refuses a connection. */
  public static String connectionError(Refusal refusal) {
    ObjectNode frame = frame("connection_error", null);
    error(frame, refusal).put("errorCode", refusal.status());
    return frame.toString();
  }

  static String success(String operation, String id) {
    return frame(operation + "_success", id).toString();
  }

  static String failure(String operation, String id, Refusal refusal) {
    ObjectNode frame = frame(operation + "_error", id);
    error(frame, refusal);
    return frame.toString();
  }

  static String published(String id, Publication publication) {
    ObjectNode frame = frame("publish_success", id);
    frame.setAll(publication.reply());
    return frame.toString();
  }

  /** The frame for a subscription whose event could not be delivered. */
  public static String broadcastError(String subscriptionId, Refusal refusal) {
    return failure("broadcast", subscriptionId, refusal);
  }

  /** The frame for an error without an operation. */
  static String error(@Nullable String id, Refusal refusal) {
    ObjectNode frame = frame("error", id);
    error(frame, refusal);
    return frame.toString();
  }

  private static ObjectNode frame(String type, @Nullable String id) {
    ObjectNode frame = JsonNodeFactory.instance.objectNode().put("type", type);
    return id == null ? frame : frame.put("id", id);
  }

  private static ObjectNode error(ObjectNode frame, Refusal refusal) {
    ObjectNode error = frame.putArray("errors").addObject().put("errorType", refusal.errorType());
    return refusal.message() == null ? error : error.put("message", refusal.message());
  }
}
