// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.realtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.syncline.sim.service.http.FanOut;
import dev.syncline.sim.service.http.WebSocketPeer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Keeps what was sent. Thread-safe. */
public final class RecordingPeer implements WebSocketPeer {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final List<String> frames = new ArrayList<>();
  private String end = "";
  private boolean full;
  private boolean waitedFor;
  private @Nullable CompletableFuture<Boolean> room;

  @Override
  public synchronized boolean sendText(String message) {
    return end.isEmpty() && !full && frames.add(message);
  }

  @Override
  public boolean sendUtf8(byte[] message) {
    return sendText(new String(message, StandardCharsets.UTF_8));
  }

  @Override
  public int sendAll(byte[] head, byte[][] bodies, int from, FanOut fanOut) {
    int next = from;
    while (next < bodies.length) {
      var whole = new ByteArrayOutputStream();
      whole.writeBytes(head);
      whole.writeBytes(bodies[next]);
      if (!sendUtf8(whole.toByteArray())) {
        break;
      }
      next++;
    }
    return next - from;
  }

  @Override
  public synchronized @Nullable CompletableFuture<Boolean> room() {
    waitedFor = room != null;
    return room;
  }

  @Override
  public synchronized void close(int code, String reason) {
    if (end.isEmpty()) {
      end = "closed " + code;
    }
  }

  @Override
  public synchronized void cut() {
    if (end.isEmpty()) {
      end = "cut";
    }
  }

  /** From now on takes nothing, and lets those who fan out wait until {@link #read()}. */
  public synchronized void block() {
    full = true;
    room = new CompletableFuture<>();
  }

  /** Whether a call waits. */
  public synchronized boolean waitedFor() {
    return waitedFor;
  }

  /** Takes again. */
  public void read() {
    CompletableFuture<Boolean> waiting;
    synchronized (this) {
      full = false;
      waiting = room;
      room = null;
    }
    if (waiting != null) {
      waiting.complete(true);
    }
  }

  /** Forgets the frames so far; returns how many there were. */
  public synchronized int clear() {
    int count = frames.size();
    frames.clear();
    return count;
  }

  /** From now on takes nothing, as a mailbox that is full. */
  public synchronized void fill() {
    full = true;
  }

  /** Every frame so far, in order. */
  public synchronized List<JsonNode> frames() {
    return frames.stream().map(RecordingPeer::parse).toList();
  }

  /** The frames of that type. */
  public List<JsonNode> frames(String type) {
    return frames().stream().filter(frame -> frame.path("type").asText().equals(type)).toList();
  }

  /** The events received, in order. */
  public List<String> events() {
    return frames("data").stream().map(frame -> frame.path("event").textValue()).toList();
  }

  /** The types of every frame, in order. */
  public List<String> types() {
    return frames().stream().map(frame -> frame.path("type").asText()).toList();
  }

  /** The newest frame. */
  public JsonNode last() {
    return frames().getLast();
  }

  /** Empty while open, else {@code closed <code>} or {@code cut}. */
  public synchronized String end() {
    return end;
  }

  private static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not JSON: " + text, e);
    }
  }
}
