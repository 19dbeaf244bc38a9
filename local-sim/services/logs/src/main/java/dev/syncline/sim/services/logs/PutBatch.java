// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.logs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The batch of one PutLogEvents call: the checks of the whole batch and the rejection of events.
 * Source: the API reference of PutLogEvents.
 */
final class PutBatch {
  private static final int MAX_EVENTS = 10_000;
  private static final int MAX_BYTES = 1_048_576;
  private static final int OVERHEAD = 26;
  private static final long MAX_SPAN = Duration.ofHours(24).toMillis();
  private static final long MAX_AGE = Duration.ofDays(14).toMillis();
  private static final long MAX_AHEAD = Duration.ofHours(2).toMillis();
  private static final long DAY = Duration.ofDays(1).toMillis();

  private PutBatch() {}

  /** An event; its time in milliseconds since the epoch. */
  record Event(long time, String message) {
    int bytes() {
      return message.getBytes(StandardCharsets.UTF_8).length + OVERHEAD;
    }
  }

  /**
   * The accepted events of a batch.
   *
   * @param rejected {@code rejectedLogEventsInfo}, empty when all are accepted
   */
  record Acceptance(List<Event> events, ObjectNode rejected) {}

  /**
   * Reads the batch.
   *
   * @throws dev.syncline.sim.service.AwsException {@code InvalidParameterException} when it is out
   *     of order, spans more than 24 hours, or is too large
   */
  static List<Event> read(Input input) {
    if (!input.has("logEvents")) {
      throw LogsErrors.invalid(
          "1 validation error detected: Value null at 'logEvents' failed to satisfy constraint:"
              + " Member must not be null");
    }
    var events = new ArrayList<Event>();
    for (Input event : input.structures("logEvents")) {
      events.add(event(event, events.size() + 1));
    }
    if (events.isEmpty() || events.size() > MAX_EVENTS) {
      throw LogsErrors.invalid(
          "1 validation error detected: Value at 'logEvents' failed to satisfy constraint: Member"
              + " must have length "
              + (events.isEmpty()
                  ? "greater than or equal to 1"
                  : "less than or equal to " + MAX_EVENTS));
    }
    requireOrder(events);
    int bytes = events.stream().mapToInt(Event::bytes).sum();
    if (bytes > MAX_BYTES) {
      throw LogsErrors.invalid(
          "Upload too large: " + bytes + " bytes exceeds limit of " + MAX_BYTES);
    }
    return events;
  }

  private static Event event(Input event, int number) {
    String at = "logEvents." + number + ".member.";
    String message = event.text("message").orElse("");
    if (!event.has("timestamp")) {
      throw LogsErrors.invalid(
          "1 validation error detected: Value null at '"
              + at
              + "timestamp' failed to satisfy constraint: Member must not be null");
    }
    if (message.isEmpty()) {
      throw LogsErrors.invalid(
          "1 validation error detected: Value "
              + (event.has("message") ? "''" : "null")
              + " at '"
              + at
              + "message' failed to satisfy constraint: Member must "
              + (event.has("message") ? "have length greater than or equal to 1" : "not be null"));
    }
    long time = event.longInteger("timestamp").orElse(0);
    if (time < 0) {
      throw LogsErrors.invalid(
          "1 validation error detected: Value '"
              + time
              + "' at '"
              + at
              + "timestamp' failed to satisfy constraint: Member must have value greater than or"
              + " equal to 0");
    }
    return new Event(time, message);
  }

  private static void requireOrder(List<Event> events) {
    for (int i = 1; i < events.size(); i++) {
      if (events.get(i).time() < events.get(i - 1).time()) {
        throw LogsErrors.invalid(
            "Log events in a single PutLogEvents request must be in chronological order.");
      }
    }
    if (events.getLast().time() - events.getFirst().time() > MAX_SPAN) {
      throw LogsErrors.invalid(
          "The batch of log events in a single PutLogEvents request cannot span more than 24"
              + " hours.");
    }
  }

  /**
   * Rejects events that are older than 14 days or the retention, or more than two hours ahead. An
   * end index is one after the last old event, the start index is that of the first new event.
   */
  static Acceptance accept(List<Event> events, long now, @Nullable Integer retentionDays) {
    ObjectNode rejected = Json.object();
    int expired = retentionDays == null ? 0 : countBefore(events, now - retentionDays * DAY);
    int tooOld = countBefore(events, now - MAX_AGE);
    int first = Math.max(expired, tooOld);
    int end = countBefore(events, now + MAX_AHEAD + 1);
    if (tooOld > 0) {
      rejected.put("tooOldLogEventEndIndex", tooOld);
    }
    if (expired > 0) {
      rejected.put("expiredLogEventEndIndex", expired);
    }
    if (end < events.size()) {
      rejected.put("tooNewLogEventStartIndex", end);
    }
    return new Acceptance(first < end ? events.subList(first, end) : List.of(), rejected);
  }

  private static int countBefore(List<Event> events, long time) {
    return (int) events.stream().filter(event -> event.time() < time).count();
  }
}
