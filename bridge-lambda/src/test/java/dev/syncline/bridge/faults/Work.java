// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The simulated work of the backends: it takes time, its worker may die and the job is redelivered,
 * and its publish may be refused. Not thread-safe.
 */
record Work(
    SeededRandom chance,
    Fibers fibers,
    EventApi events,
    Keeper keeper,
    Map<String, Piece> pieces,
    Map<String, Long> durations) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PUBLISH_ATTEMPTS = 3;
  private static final long PUBLISH_PAUSE_MILLIS = 1_000;

  /** Stores an answer before it is published; returns whether that succeeded. */
  @FunctionalInterface
  interface Keeper {
    boolean keep(String id, String envelope);
  }

  private static final class Piece {
    final String input;
    @Nullable String envelope;
    int starts;

    Piece(String input) {
      this.input = input;
    }
  }

  Work(SeededRandom chance, Fibers fibers, EventApi events, Keeper keeper) {
    this(chance, fibers, events, keeper, new HashMap<>(), new HashMap<>());
  }

  /** The number of starts. */
  int starts(String id) {
    Piece piece = pieces.get(id);
    return piece == null ? 0 : piece.starts;
  }

  /** The work that was started more than once. */
  List<String> startedTwice() {
    return pieces.entrySet().stream()
        .filter(piece -> piece.getValue().starts > 1)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** The number of pieces of work. */
  int size() {
    return pieces.size();
  }

  /** The input of the work; null if it was not started. */
  @Nullable String input(String id) {
    Piece piece = pieces.get(id);
    return piece == null ? null : piece.input;
  }

  /** Its reply envelope; null if it has not ended. */
  @Nullable String ended(String id) {
    Piece piece = pieces.get(id);
    return piece == null ? null : piece.envelope;
  }

  /** Starts a Standard execution; false if the name is used by an ended or another execution. */
  boolean execution(String id, String input) {
    Piece before = pieces.get(id);
    if (before != null) {
      return before.envelope == null && before.input.equals(input);
    }
    Piece piece = new Piece(input);
    piece.starts = 1;
    pieces.put(id, piece);
    fibers.after(duration(id), () -> publishFromWorkflow(id, piece, 1));
    return true;
  }

  private void publishFromWorkflow(String id, Piece piece, int attempt) {
    String envelope = envelope(id, piece.input);
    boolean accepted = events.publish(id, replyTo(piece.input), envelope);
    if (!accepted && attempt < PUBLISH_ATTEMPTS) {
      fibers.after(PUBLISH_PAUSE_MILLIS, () -> publishFromWorkflow(id, piece, attempt + 1));
      return;
    }
    // The execution ends shortly after its last state has published.
    fibers.after(20, () -> piece.envelope = envelope);
  }

  /** The response of DescribeExecution; null if the execution is unknown. */
  @Nullable ObjectNode describe(String id) {
    Piece piece = pieces.get(id);
    if (piece == null) {
      return null;
    }
    ObjectNode about = JSON.createObjectNode().put("name", id).put("input", piece.input);
    String envelope = piece.envelope;
    return envelope == null
        ? about.put("status", "RUNNING")
        : about.put("status", "SUCCEEDED").put("output", envelope);
  }

  /** Runs a synchronous execution and returns its outcome. It takes {@link #lasted}. */
  String atOnce(String id, String input) {
    Piece piece = pieces.computeIfAbsent(id, key -> new Piece(input));
    piece.starts++;
    durations.put(id, duration(id));
    return envelope(id, input);
  }

  /** The duration of the last synchronous execution; returned once. */
  long lasted(String id) {
    Long lasted = durations.remove(id);
    return lasted == null ? 0 : lasted;
  }

  /**
   * A job of a worker; started twice, it runs twice.
   *
   * @param againMillis the delay of the redelivery after the worker's death
   */
  void job(String id, String input, long againMillis) {
    Piece piece = pieces.computeIfAbsent(id, key -> new Piece(input));
    piece.starts++;
    fibers.after(duration(id), () -> worked(id, input, againMillis));
  }

  private void worked(String id, String input, long againMillis) {
    Runnable again = () -> fibers.after(againMillis, () -> worked(id, input, againMillis));
    if (chance.strikes(id, "worker killed in mid-work", 0.05)) {
      again.run();
      return;
    }
    String envelope = envelope(id, input);
    if (!keeper.keep(id, envelope)) {
      again.run();
      return;
    }
    Piece piece = pieces.get(id);
    if (piece == null) {
      throw new IllegalStateException("there is no work " + id);
    }
    piece.envelope = envelope;
    if (chance.strikes(id, "worker killed before it published", 0.03)) {
      again.run();
      return;
    }
    publishFromWorker(id, input, 1, again);
  }

  private void publishFromWorker(String id, String input, int attempt, Runnable again) {
    if (events.publish(id, replyTo(input), envelope(id, input))) {
      return;
    }
    if (attempt == PUBLISH_ATTEMPTS) {
      again.run();
    } else {
      fibers.after(PUBLISH_PAUSE_MILLIS, () -> publishFromWorker(id, input, attempt + 1, again));
    }
  }

  /** Usually within the caller's deadline, sometimes far beyond, sometimes at once. */
  private long duration(String id) {
    SplittableRandom random = chance.about(id, "duration");
    int kind = random.nextInt(100);
    if (kind < 10) {
      return 0;
    }
    if (kind < 80) {
      return random.nextLong(12_000);
    }
    return kind < 95 ? 12_000 + random.nextLong(16_500) : 28_500 + random.nextLong(40_000);
  }

  static String event(String input) {
    return read(input).path("event").asText();
  }

  private static String replyTo(String input) {
    return read(input).path("replyTo").asText();
  }

  private static String envelope(String id, String input) {
    ObjectNode envelope = JSON.createObjectNode().put("id", id);
    JsonNode person = read(event(input));
    if (!person.path("name").isTextual()) {
      envelope.put("status", "FAILED");
      envelope.putObject("error").put("error", "InvalidEvent").put("cause", "no name");
    } else {
      envelope.put("status", "COMPLETED");
      envelope
          .putObject("result")
          .put("fullName", person.path("name").asText() + " " + person.path("surname").asText());
    }
    return envelope.toString();
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON: " + json, e);
    }
  }
}
