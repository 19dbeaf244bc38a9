// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.logs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.aws.service.AwsException;
import dev.syncline.sim.aws.service.AwsService;
import dev.syncline.sim.aws.service.CallContext;
import dev.syncline.sim.aws.service.Input;
import dev.syncline.sim.aws.service.Json;
import dev.syncline.sim.aws.service.LogSink;
import dev.syncline.sim.aws.service.Operation;
import dev.syncline.sim.aws.service.Output;
import dev.syncline.sim.aws.service.Protocol;
import dev.syncline.sim.kernel.SimClock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Amazon CloudWatch Logs: groups, streams and events. Functions, gateways and state machines write
 * here through {@link LogSink}. Retention is kept and shown but deletes nothing; memory is bounded
 * by group instead. Thread-safe.
 */
public final class LogsService implements AwsService, LogSink {
  private static final Pattern NAME = Pattern.compile("[.\\-_/#A-Za-z0-9]{1,512}");
  private static final Set<Integer> RETENTIONS =
      Set.of(
          1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557,
          2922, 3288, 3653);
  private static final int MOST_EVENTS = 10_000;

  private final SimClock clock;
  private final String account;
  private final String region;
  private final Map<String, LogGroup> groups = new ConcurrentSkipListMap<>();

  /** The service without groups. */
  public LogsService(SimClock clock, String account, String region) {
    this.clock = clock;
    this.account = account;
    this.region = region;
  }

  @Override
  public String signingName() {
    return "logs";
  }

  @Override
  public String title() {
    return "Amazon CloudWatch Logs";
  }

  @Override
  public Protocol protocol() {
    return new Protocol.AwsJson("Logs_20140328", "1.1");
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.of("CreateLogGroup", this::createGroup, "logGroupName", "tags", "logGroupClass"),
        Operation.of("DeleteLogGroup", this::deleteGroup, "logGroupName"),
        Operation.of(
            "DescribeLogGroups",
            this::describeGroups,
            "logGroupNamePrefix",
            "logGroupNamePattern",
            "nextToken",
            "limit"),
        Operation.of("CreateLogStream", this::createStream, "logGroupName", "logStreamName"),
        Operation.of(
            "DescribeLogStreams",
            this::describeStreams,
            "logGroupName",
            "logGroupIdentifier",
            "logStreamNamePrefix",
            "orderBy",
            "descending",
            "nextToken",
            "limit"),
        Operation.of(
            "PutLogEvents",
            this::put,
            "logGroupName",
            "logStreamName",
            "logEvents",
            "sequenceToken"),
        Operation.of(
            "GetLogEvents",
            this::get,
            "logGroupName",
            "logGroupIdentifier",
            "logStreamName",
            "startTime",
            "endTime",
            "nextToken",
            "limit",
            "startFromHead"),
        Operation.of(
            "FilterLogEvents",
            this::filter,
            "logGroupName",
            "logGroupIdentifier",
            "logStreamNames",
            "logStreamNamePrefix",
            "startTime",
            "endTime",
            "filterPattern",
            "nextToken",
            "limit",
            "interleaved"),
        Operation.of("PutRetentionPolicy", this::retain, "logGroupName", "retentionInDays"),
        Operation.of("DeleteRetentionPolicy", this::retainForever, "logGroupName"),
        Operation.of("TagResource", this::tag, "resourceArn", "tags"),
        Operation.of("UntagResource", this::untag, "resourceArn", "tagKeys"),
        Operation.of("ListTagsForResource", this::tags, "resourceArn"));
  }

  @Override
  public void append(String logGroup, String logStream, Instant time, String message) {
    long now = clock.millis();
    groups
        .computeIfAbsent(logGroup, name -> new LogGroup(name, now, Map.of()))
        .append(logStream, time.toEpochMilli(), now, message);
  }

  private Output createGroup(Input input, CallContext context) {
    String name = input.requiredText("logGroupName");
    if (!NAME.matcher(name).matches()) {
      throw AwsException.badRequest(
          "InvalidParameterException",
          "1 validation error detected: Value '"
              + name
              + "' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular"
              + " expression pattern: [\\.\\-_/#A-Za-z0-9]+");
    }
    String groupClass = input.text("logGroupClass").orElse("STANDARD");
    if (!groupClass.equals("STANDARD")) {
      throw AwsException.badRequest(
          "InvalidParameterException",
          "The simulator supports logGroupClass STANDARD, not '" + groupClass + "'");
    }
    var group = new LogGroup(name, clock.millis(), input.textMap("tags"));
    if (groups.putIfAbsent(name, group) != null) {
      throw AwsException.badRequest(
          "ResourceAlreadyExistsException", "The specified log group already exists");
    }
    return Output.empty();
  }

  private Output deleteGroup(Input input, CallContext context) {
    group(input);
    groups.remove(input.requiredText("logGroupName"));
    return Output.empty();
  }

  private Output describeGroups(Input input, CallContext context) {
    String prefix = input.text("logGroupNamePrefix").orElse("");
    String part = input.text("logGroupNamePattern").orElse("");
    List<LogGroup> matching =
        groups.values().stream()
            .filter(group -> group.name().startsWith(prefix) && group.name().contains(part))
            .toList();
    int from = input.text("nextToken").map(LogsService::number).orElse(0L).intValue();
    int to = Math.min(matching.size(), from + input.integer("limit").orElse(50));
    ObjectNode json = Json.object();
    ArrayNode list = json.putArray("logGroups");
    for (LogGroup group : matching.subList(Math.min(from, matching.size()), to)) {
      ObjectNode item = list.addObject();
      item.put("logGroupName", group.name());
      item.put("creationTime", group.created());
      Integer days = group.retentionInDays();
      if (days != null) {
        item.put("retentionInDays", days);
      }
      item.put("metricFilterCount", 0);
      item.put("arn", arn(group.name()) + ":*");
      item.put("storedBytes", group.storedBytes());
      item.put("logGroupClass", "STANDARD");
      item.put("logGroupArn", arn(group.name()));
    }
    if (to < matching.size()) {
      json.put("nextToken", String.valueOf(to));
    }
    return Output.of(json);
  }

  private Output createStream(Input input, CallContext context) {
    if (!group(input).createStream(input.requiredText("logStreamName"), clock.millis())) {
      throw AwsException.badRequest(
          "ResourceAlreadyExistsException", "The specified log stream already exists");
    }
    return Output.empty();
  }

  private Output describeStreams(Input input, CallContext context) {
    LogGroup group = group(input);
    String prefix = input.text("logStreamNamePrefix").orElse("");
    Comparator<LogGroup.Stream> order =
        input.text("orderBy").orElse("LogStreamName").equals("LastEventTime")
            ? Comparator.comparingLong(
                stream -> {
                  Long last = stream.last();
                  return last == null ? 0 : last;
                })
            : Comparator.comparing(LogGroup.Stream::name);
    if (input.bool("descending", false)) {
      order = order.reversed();
    }
    List<LogGroup.Stream> matching =
        group.streams().stream()
            .filter(stream -> stream.name().startsWith(prefix))
            .sorted(order)
            .toList();
    int from = input.text("nextToken").map(LogsService::number).orElse(0L).intValue();
    int to = Math.min(matching.size(), from + input.integer("limit").orElse(50));
    ObjectNode json = Json.object();
    ArrayNode list = json.putArray("logStreams");
    for (LogGroup.Stream stream : matching.subList(Math.min(from, matching.size()), to)) {
      ObjectNode item = list.addObject();
      item.put("logStreamName", stream.name());
      item.put("creationTime", stream.created());
      put(item, "firstEventTimestamp", stream.first());
      put(item, "lastEventTimestamp", stream.last());
      put(item, "lastIngestionTime", stream.ingested());
      item.put("arn", arn(group.name()) + ":log-stream:" + stream.name());
      item.put("storedBytes", 0);
    }
    if (to < matching.size()) {
      json.put("nextToken", String.valueOf(to));
    }
    return Output.of(json);
  }

  private Output put(Input input, CallContext context) {
    LogGroup group = group(input);
    String stream = stream(group, input);
    long now = clock.millis();
    for (Input event : input.structures("logEvents")) {
      group.append(
          stream,
          event.longInteger("timestamp").orElse(now),
          now,
          event.text("message").orElse(""));
    }
    ObjectNode json = Json.object();
    json.put("nextSequenceToken", "1");
    return Output.of(json);
  }

  private Output get(Input input, CallContext context) {
    LogGroup group = group(input);
    String stream = stream(group, input);
    long after = -1;
    long before = Long.MAX_VALUE;
    String token = input.text("nextToken").orElse("");
    if (token.startsWith("f/")) {
      after = number(token.substring(2));
    } else if (token.startsWith("b/")) {
      before = number(token.substring(2));
    } else if (!token.isEmpty()) {
      throw badToken(token);
    }
    int limit = limit(input);
    long last = before;
    List<LogGroup.Event> events =
        group.select(Set.of(stream), from(input), to(input), after, text -> true).stream()
            .filter(event -> event.sequence() < last)
            .toList();
    boolean head = input.bool("startFromHead", false) || token.startsWith("f/");
    List<LogGroup.Event> page =
        events.size() <= limit
            ? events
            : head
                ? events.subList(0, limit)
                : events.subList(events.size() - limit, events.size());
    ObjectNode json = Json.object();
    ArrayNode list = json.putArray("events");
    for (LogGroup.Event event : page) {
      ObjectNode item = list.addObject();
      item.put("timestamp", event.timestamp());
      item.put("message", event.message());
      item.put("ingestionTime", event.ingested());
    }
    long first = page.isEmpty() ? Math.max(after + 1, 0) : page.getFirst().sequence();
    long newest = page.isEmpty() ? Math.max(after, 0) : page.getLast().sequence();
    json.put("nextForwardToken", "f/" + newest);
    json.put("nextBackwardToken", "b/" + first);
    return Output.of(json);
  }

  private Output filter(Input input, CallContext context) {
    LogGroup group = group(input);
    String prefix = input.text("logStreamNamePrefix").orElse("");
    Set<String> names = new HashSet<>(input.texts("logStreamNames"));
    if (!prefix.isEmpty()) {
      group.streams().stream()
          .map(LogGroup.Stream::name)
          .filter(name -> name.startsWith(prefix))
          .forEach(names::add);
    }
    boolean everyStream = prefix.isEmpty() && names.isEmpty();
    Predicate<String> text = FilterPattern.parse(input.text("filterPattern").orElse(""));
    long after = input.text("nextToken").map(LogsService::number).orElse(-1L);
    List<LogGroup.Event> events =
        group.select(everyStream ? null : names, from(input), to(input), after, text);
    int limit = limit(input);
    ObjectNode json = Json.object();
    ArrayNode list = json.putArray("events");
    for (LogGroup.Event event : events.subList(0, Math.min(limit, events.size()))) {
      ObjectNode item = list.addObject();
      item.put("logStreamName", event.stream());
      item.put("timestamp", event.timestamp());
      item.put("message", event.message());
      item.put("ingestionTime", event.ingested());
      item.put("eventId", String.format("%056d", event.sequence()));
    }
    json.putArray("searchedLogStreams");
    if (events.size() > limit) {
      json.put("nextToken", String.valueOf(events.get(limit - 1).sequence()));
    }
    return Output.of(json);
  }

  private Output retain(Input input, CallContext context) {
    int days =
        input
            .integer("retentionInDays")
            .orElseThrow(
                () ->
                    AwsException.badRequest(
                        "InvalidParameterException", "retentionInDays is required"));
    if (!RETENTIONS.contains(days)) {
      throw AwsException.badRequest(
          "InvalidParameterException",
          "1 validation error detected: Value '"
              + days
              + "' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum"
              + " value set: "
              + RETENTIONS.stream().sorted().toList());
    }
    group(input).retain(days);
    return Output.empty();
  }

  private Output retainForever(Input input, CallContext context) {
    group(input).retain(null);
    return Output.empty();
  }

  private Output tag(Input input, CallContext context) {
    byArn(input).tag(input.textMap("tags"));
    return Output.empty();
  }

  private Output untag(Input input, CallContext context) {
    byArn(input).untag(input.texts("tagKeys"));
    return Output.empty();
  }

  private Output tags(Input input, CallContext context) {
    ObjectNode json = Json.object();
    ObjectNode tags = json.putObject("tags");
    byArn(input).tags().forEach(tags::put);
    return Output.of(json);
  }

  private LogGroup group(Input input) {
    String name =
        input
            .text("logGroupIdentifier")
            .map(LogsService::nameOf)
            .orElseGet(() -> input.requiredText("logGroupName"));
    return require(name);
  }

  private LogGroup byArn(Input input) {
    return require(nameOf(input.requiredText("resourceArn")));
  }

  private LogGroup require(String name) {
    LogGroup group = groups.get(name);
    if (group == null) {
      throw AwsException.badRequest(
          "ResourceNotFoundException", "The specified log group does not exist.");
    }
    return group;
  }

  private static String stream(LogGroup group, Input input) {
    String stream = input.requiredText("logStreamName");
    if (!group.hasStream(stream)) {
      throw AwsException.badRequest(
          "ResourceNotFoundException", "The specified log stream does not exist.");
    }
    return stream;
  }

  /** The name in a group's ARN, with or without its {@code :*}; a name is given back as it is. */
  private static String nameOf(String arnOrName) {
    int at = arnOrName.indexOf(":log-group:");
    if (at < 0) {
      return arnOrName;
    }
    String name = arnOrName.substring(at + ":log-group:".length());
    return name.endsWith(":*") ? name.substring(0, name.length() - 2) : name;
  }

  private String arn(String group) {
    return "arn:aws:logs:" + region + ":" + account + ":log-group:" + group;
  }

  private static long from(Input input) {
    return input.longInteger("startTime").orElse(Long.MIN_VALUE);
  }

  private static long to(Input input) {
    return input.longInteger("endTime").orElse(Long.MAX_VALUE);
  }

  private static int limit(Input input) {
    int limit = input.integer("limit").orElse(MOST_EVENTS);
    if (limit < 1 || limit > MOST_EVENTS) {
      throw AwsException.badRequest(
          "InvalidParameterException", "limit must be 1 to " + MOST_EVENTS + ", got " + limit);
    }
    return limit;
  }

  private static long number(String token) {
    try {
      return Long.parseLong(token);
    } catch (NumberFormatException notOurs) {
      throw badToken(token);
    }
  }

  private static AwsException badToken(String token) {
    return AwsException.badRequest(
        "InvalidParameterException", "The specified nextToken is invalid: '" + token + "'");
  }

  private static void put(ObjectNode item, String name, @Nullable Long value) {
    if (value != null) {
      item.put(name, value);
    }
  }
}
