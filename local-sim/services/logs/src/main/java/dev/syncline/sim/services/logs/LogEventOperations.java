// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.logs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Pages;
import dev.syncline.sim.services.logs.LogGroup.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The operations on log events. Thread-safe. */
record LogEventOperations(SimClock clock, LogStore store) {
  private static final int MAX_RETURNED = 10_000;

  List<Operation> operations() {
    return List.of(
        Operation.of(
            "PutLogEvents: logGroupName, logStreamName, logEvents, sequenceToken", this::put),
        Operation.of(
            """
            GetLogEvents: logGroupName, logGroupIdentifier, logStreamName, startTime, endTime,
              limit, nextToken, startFromHead
            """,
            this::get),
        Operation.of(
            """
            FilterLogEvents: logGroupName, logGroupIdentifier, logStreamNames,
              logStreamNamePrefix, startTime, endTime, filterPattern, limit, nextToken,
              interleaved
            """,
            this::filter));
  }

  private Output put(Input input, CallContext context) {
    LogGroup group = store.group(input);
    String stream = input.requiredText("logStreamName");
    if (!group.has(stream)) {
      throw LogsErrors.noStream();
    }
    List<PutBatch.Event> batch = PutBatch.read(input);
    PutBatch.Acceptance accepted = PutBatch.accept(batch, clock.millis(), group.retentionDays());
    for (PutBatch.Event event : accepted.events()) {
      group.append(stream, event.time(), clock.millis(), event.message());
    }
    // Any sequence token is accepted: AWS has ignored them since 2023.
    ObjectNode answer =
        Json.object().put("nextSequenceToken", "49" + "0".repeat(20) + clock.millis());
    if (!accepted.rejected().isEmpty()) {
      answer.set("rejectedLogEventsInfo", accepted.rejected());
    }
    return Output.of(answer);
  }

  /** Tokens are {@code f/<sequence>} for later events and {@code b/<sequence>} for earlier ones. */
  private Output get(Input input, CallContext context) {
    LogGroup group = store.group(input);
    String stream = input.requiredText("logStreamName");
    if (!group.has(stream)) {
      throw LogsErrors.noStream();
    }
    List<Event> all =
        group.select(
            clock.millis(), within(input, false).and(event -> event.stream().equals(stream)));
    int limit = limit(input);
    Optional<String> token = input.text("nextToken");
    boolean forward;
    long at;
    if (token.isPresent()) {
      if (!token.get().matches("[fb]/\\d{1,18}")) {
        throw LogsErrors.invalidToken();
      }
      forward = token.get().startsWith("f");
      at = Long.parseLong(token.get().substring(2));
    } else {
      forward = input.bool("startFromHead", false);
      at = forward ? 0 : Long.MAX_VALUE;
    }
    List<Event> side =
        all.stream()
            .filter(event -> forward ? event.sequence() > at : event.sequence() < at)
            .toList();
    List<Event> page =
        forward
            ? side.subList(0, Math.min(limit, side.size()))
            : side.subList(Math.max(0, side.size() - limit), side.size());
    long first = page.isEmpty() ? (at == Long.MAX_VALUE ? 0 : at) : page.getFirst().sequence();
    long last = page.isEmpty() ? (at == Long.MAX_VALUE ? 0 : at) : page.getLast().sequence();
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("events");
    for (Event event : page) {
      list.addObject()
          .put("timestamp", event.time())
          .put("message", event.message())
          .put("ingestionTime", event.ingested());
    }
    return Output.of(
        answer.put("nextForwardToken", "f/" + last).put("nextBackwardToken", "b/" + first));
  }

  private Output filter(Input input, CallContext context) {
    LogGroup group = store.group(input);
    FilterPattern pattern = FilterPattern.parse(input.text("filterPattern").orElse(""));
    List<String> names = input.texts("logStreamNames");
    String prefix = input.text("logStreamNamePrefix").orElse("");
    List<Event> found =
        new ArrayList<>(
            group.select(
                clock.millis(),
                within(input, true)
                    .and(event -> names.isEmpty() || names.contains(event.stream()))
                    .and(event -> event.stream().startsWith(prefix))
                    .and(event -> pattern.matches(event.message()))));
    found.sort(Comparator.comparingLong(Event::time).thenComparingLong(Event::sequence));
    Pages.Page<Event> page =
        Pages.page(found, limit(input), input.text("nextToken"), LogsErrors.INVALID_PARAMETER);
    ObjectNode answer =
        page.addTo(Json.object(), "events", LogEventOperations::filtered, "nextToken");
    answer.putArray("searchedLogStreams");
    return Output.of(answer);
  }

  private static ObjectNode filtered(Event event) {
    return Json.object()
        .put("logStreamName", event.stream())
        .put("timestamp", event.time())
        .put("message", event.message())
        .put("ingestionTime", event.ingested())
        .put("eventId", "%056d".formatted(event.sequence()));
  }

  /** FilterLogEvents includes the end time, GetLogEvents excludes it, as AWS documents. */
  private static Predicate<Event> within(Input input, boolean withEnd) {
    long start = input.longInteger("startTime").orElse(Long.MIN_VALUE);
    long end = input.longInteger("endTime").orElse(Long.MAX_VALUE);
    return event ->
        event.time() >= start && (event.time() < end || (withEnd && event.time() == end));
  }

  private static int limit(Input input) {
    int limit = input.integer("limit").orElse(MAX_RETURNED);
    if (limit < 1 || limit > MAX_RETURNED) {
      throw LogsErrors.invalidLimit(MAX_RETURNED, limit);
    }
    return limit;
  }
}
