// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.logs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Pages;
import dev.syncline.sim.services.logs.LogGroup.Event;
import dev.syncline.sim.services.logs.LogGroup.Stream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The operations on streams and events. */
final class LogEvents {
  private static final int MOST_RETURNED = 10_000;

  private final SimClock clock;
  private final Function<String, LogGroup> groups;

  LogEvents(SimClock clock, Function<String, LogGroup> groups) {
    this.clock = clock;
    this.groups = groups;
  }

  static AwsException noGroup() {
    return AwsException.badRequest(
        "ResourceNotFoundException", "The specified log group does not exist.");
  }

  private static AwsException noStream() {
    return AwsException.badRequest(
        "ResourceNotFoundException", "The specified log stream does not exist.");
  }

  private LogGroup group(Input input) {
    Optional<String> identifier = input.text("logGroupIdentifier");
    return groups.apply(
        identifier.isPresent() ? identifier.get() : input.requiredText("logGroupName"));
  }

  Output createStream(Input input, CallContext context) {
    String stream = input.requiredText("logStreamName");
    if (stream.length() > 512 || stream.matches(".*[:*].*")) {
      throw AwsException.badRequest(
          "InvalidParameterException",
          "logStreamName must be 1 to 512 characters without ':' and '*'.");
    }
    if (!group(input).create(stream, clock.millis())) {
      throw AwsException.badRequest(
          "ResourceAlreadyExistsException", "The specified log stream already exists");
    }
    return Output.empty();
  }

  Output deleteStream(Input input, CallContext context) {
    if (!group(input).delete(input.requiredText("logStreamName"))) {
      throw noStream();
    }
    return Output.empty();
  }

  Output describeStreams(Input input, Function<LogGroup, String> arn) {
    LogGroup group = group(input);
    String prefix = input.text("logStreamNamePrefix").orElse("");
    boolean byTime = input.text("orderBy").orElse("LogStreamName").equals("LastEventTime");
    if (byTime && !prefix.isEmpty()) {
      throw AwsException.badRequest(
          "InvalidParameterException", "Cannot order by LastEventTime with a logStreamNamePrefix.");
    }
    Comparator<Stream> order =
        byTime
            ? Comparator.comparingLong(stream -> stream.lastEvent)
            : Comparator.comparing(stream -> stream.name);
    List<Stream> found =
        group.streams().stream()
            .filter(stream -> stream.name.startsWith(prefix))
            .sorted(input.bool("descending", false) ? order.reversed() : order)
            .toList();
    Pages.Page<Stream> page =
        Pages.page(
            found,
            input.integer("limit").orElse(50),
            input.text("nextToken"),
            "InvalidParameterException");
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("logStreams");
    for (Stream stream : page.items()) {
      ObjectNode json =
          list.addObject()
              .put("logStreamName", stream.name)
              .put("creationTime", stream.created)
              .put("arn", arn.apply(group) + ":log-stream:" + stream.name)
              .put("storedBytes", 0);
      if (stream.lastIngestion >= 0) {
        json.put("firstEventTimestamp", stream.firstEvent)
            .put("lastEventTimestamp", stream.lastEvent)
            .put("lastIngestionTime", stream.lastIngestion);
      }
    }
    page.next().ifPresent(token -> answer.put("nextToken", token));
    return Output.of(answer);
  }

  Output put(Input input, CallContext context) {
    LogGroup group = group(input);
    String stream = input.requiredText("logStreamName");
    if (!group.has(stream)) {
      throw noStream();
    }
    List<PutBatch.Event> batch = PutBatch.read(input);
    PutBatch.Acceptance accepted = PutBatch.accept(batch, clock.millis(), group.retentionDays());
    for (PutBatch.Event event : accepted.events()) {
      group.append(stream, event.time(), clock.millis(), event.message());
    }
    // Any sequence token is taken: AWS has ignored them since 2023.
    ObjectNode answer =
        Json.object().put("nextSequenceToken", "49" + "0".repeat(20) + clock.millis());
    if (!accepted.rejected().isEmpty()) {
      answer.set("rejectedLogEventsInfo", accepted.rejected());
    }
    return Output.of(answer);
  }

  /** Tokens are {@code f/<sequence>} and {@code b/<sequence>}: what comes after, or before. */
  Output get(Input input, CallContext context) {
    LogGroup group = group(input);
    String stream = input.requiredText("logStreamName");
    if (!group.has(stream)) {
      throw noStream();
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
        throw AwsException.badRequest(
            "InvalidParameterException", "The specified nextToken is invalid.");
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

  Output filter(Input input, CallContext context) {
    LogGroup group = group(input);
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
        Pages.page(found, limit(input), input.text("nextToken"), "InvalidParameterException");
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("events");
    for (Event event : page.items()) {
      list.addObject()
          .put("logStreamName", event.stream())
          .put("timestamp", event.time())
          .put("message", event.message())
          .put("ingestionTime", event.ingested())
          .put("eventId", "%056d".formatted(event.sequence()));
    }
    answer.putArray("searchedLogStreams");
    page.next().ifPresent(token -> answer.put("nextToken", token));
    return Output.of(answer);
  }

  /** GetLogEvents leaves the end itself out, FilterLogEvents does not, as AWS documents them. */
  private static Predicate<Event> within(Input input, boolean withEnd) {
    long start = input.longInteger("startTime").orElse(Long.MIN_VALUE);
    long end = input.longInteger("endTime").orElse(Long.MAX_VALUE);
    return event ->
        event.time() >= start && (event.time() < end || (withEnd && event.time() == end));
  }

  private static int limit(Input input) {
    int limit = input.integer("limit").orElse(MOST_RETURNED);
    if (limit < 1 || limit > MOST_RETURNED) {
      throw AwsException.badRequest(
          "InvalidParameterException", "limit must be 1 to " + MOST_RETURNED + ", got " + limit);
    }
    return limit;
  }
}
