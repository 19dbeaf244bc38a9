// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.logs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Pages;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.contract.LogSink;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.state.ServiceState;
import dev.syncline.sim.services.logs.resources.LogGroupResource;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Amazon CloudWatch Logs, and the {@link LogSink} of every other service. Memory is bounded: a
 * group keeps its newest 50,000 events or 32 MB, whichever is less. Thread-safe.
 */
public final class LogsService implements AwsService, ResourceProvider, LogSink {
  private static final Pattern GROUP_NAME = Pattern.compile("[.\\-_/#A-Za-z0-9]{1,512}");
  private static final Set<Integer> RETENTIONS =
      Set.of(
          1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557,
          2922, 3288, 3653);

  private final SimClock clock;
  private final String account;
  private final String region;
  private final ConcurrentSkipListMap<String, LogGroup> groups = new ConcurrentSkipListMap<>();
  private final LogEvents events;

  /** The service for one account and region. */
  public LogsService(SimClock clock, String account, String region) {
    this.clock = clock;
    this.account = account;
    this.region = region;
    this.events = new LogEvents(clock, this::group);
  }

  @Override
  public void append(String logGroup, String logStream, Instant time, String message) {
    groups
        .computeIfAbsent(logGroup, name -> new LogGroup(name, clock.millis()))
        .append(logStream, time.toEpochMilli(), clock.millis(), message);
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
        Operation.of(
            "CreateLogGroup",
            this::createLogGroup,
            "logGroupName",
            "tags",
            "kmsKeyId",
            "logGroupClass"),
        Operation.of("DeleteLogGroup", this::deleteLogGroup, "logGroupName"),
        Operation.of(
            "DescribeLogGroups",
            this::describeLogGroups,
            "logGroupNamePrefix",
            "logGroupNamePattern",
            "limit",
            "nextToken"),
        Operation.of(
            "PutRetentionPolicy", this::putRetentionPolicy, "logGroupName", "retentionInDays"),
        Operation.of("DeleteRetentionPolicy", this::deleteRetentionPolicy, "logGroupName"),
        Operation.of("AssociateKmsKey", this::associateKey, "logGroupName", "kmsKeyId"),
        Operation.of("DisassociateKmsKey", this::disassociateKey, "logGroupName"),
        Operation.of("TagResource", this::tagResource, "resourceArn", "tags"),
        Operation.of("UntagResource", this::untagResource, "resourceArn", "tagKeys"),
        Operation.of("ListTagsForResource", this::listTagsForResource, "resourceArn"),
        Operation.of("CreateLogStream", events::createStream, "logGroupName", "logStreamName"),
        Operation.of("DeleteLogStream", events::deleteStream, "logGroupName", "logStreamName"),
        Operation.of(
            "DescribeLogStreams",
            (input, context) -> events.describeStreams(input, this::arn),
            "logGroupName",
            "logGroupIdentifier",
            "logStreamNamePrefix",
            "orderBy",
            "descending",
            "limit",
            "nextToken"),
        Operation.of(
            "PutLogEvents",
            events::put,
            "logGroupName",
            "logStreamName",
            "logEvents",
            "sequenceToken"),
        Operation.of(
            "GetLogEvents",
            events::get,
            "logGroupName",
            "logGroupIdentifier",
            "logStreamName",
            "startTime",
            "endTime",
            "limit",
            "nextToken",
            "startFromHead"),
        Operation.of(
            "FilterLogEvents",
            events::filter,
            "logGroupName",
            "logGroupIdentifier",
            "logStreamNames",
            "logStreamNamePrefix",
            "startTime",
            "endTime",
            "filterPattern",
            "limit",
            "nextToken",
            "interleaved"));
  }

  @Override
  public ServiceState state() {
    return new LogsState(groups);
  }

  private Output createLogGroup(Input input, CallContext context) {
    String name = input.requiredText("logGroupName");
    if (!GROUP_NAME.matcher(name).matches()) {
      throw AwsException.badRequest(
          "InvalidParameterException",
          "1 validation error detected: Value '"
              + name
              + "' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular"
              + " expression pattern: [\\.\\-_/#A-Za-z0-9]+");
    }
    String type = input.text("logGroupClass").orElse("STANDARD");
    if (!type.equals("STANDARD")) {
      throw AwsException.badRequest(
          "InvalidParameterException",
          "The simulator does not support logGroupClass " + type + ".");
    }
    var group = new LogGroup(name, clock.millis());
    group.tag(input.textMap("tags"));
    group.kmsKey(input.text("kmsKeyId").orElse(null));
    if (groups.putIfAbsent(name, group) != null) {
      throw AwsException.badRequest(
          "ResourceAlreadyExistsException", "The specified log group already exists");
    }
    return Output.empty();
  }

  private Output deleteLogGroup(Input input, CallContext context) {
    if (groups.remove(input.requiredText("logGroupName")) == null) {
      throw LogEvents.noGroup();
    }
    return Output.empty();
  }

  private Output describeLogGroups(Input input, CallContext context) {
    String prefix = input.text("logGroupNamePrefix").orElse("");
    String pattern = input.text("logGroupNamePattern").orElse("");
    List<LogGroup> found =
        groups.values().stream()
            .filter(group -> group.name.startsWith(prefix) && group.name.contains(pattern))
            .toList();
    Pages.Page<LogGroup> page =
        Pages.page(
            found,
            input.integer("limit").orElse(50),
            input.text("nextToken"),
            "InvalidParameterException");
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("logGroups");
    page.items().forEach(group -> list.add(json(group)));
    page.next().ifPresent(token -> answer.put("nextToken", token));
    return Output.of(answer);
  }

  private ObjectNode json(LogGroup group) {
    ObjectNode json =
        Json.object()
            .put("logGroupName", group.name)
            .put("creationTime", group.created)
            .put("metricFilterCount", 0)
            .put("arn", arn(group) + ":*")
            .put("storedBytes", group.bytes())
            .put("logGroupClass", "STANDARD")
            .put("logGroupArn", arn(group));
    Integer days = group.retentionDays();
    if (days != null) {
      json.put("retentionInDays", days);
    }
    String key = group.kmsKey();
    if (key != null) {
      json.put("kmsKeyId", key);
    }
    return json;
  }

  private String arn(LogGroup group) {
    return "arn:aws:logs:" + region + ":" + account + ":log-group:" + group.name;
  }

  private Output putRetentionPolicy(Input input, CallContext context) {
    int days =
        input
            .integer("retentionInDays")
            .orElseThrow(
                () ->
                    AwsException.badRequest(
                        "InvalidParameterException", "retentionInDays is required."));
    if (!RETENTIONS.contains(days)) {
      throw AwsException.badRequest(
          "InvalidParameterException",
          "1 validation error detected: Value '"
              + days
              + "' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum"
              + " value set: "
              + RETENTIONS.stream().sorted().toList());
    }
    group(input.requiredText("logGroupName")).retain(days);
    return Output.empty();
  }

  private Output deleteRetentionPolicy(Input input, CallContext context) {
    group(input.requiredText("logGroupName")).retain(null);
    return Output.empty();
  }

  /** The key is kept and shown; nothing is encrypted, because nothing is stored. */
  private Output associateKey(Input input, CallContext context) {
    group(input.requiredText("logGroupName")).kmsKey(input.requiredText("kmsKeyId"));
    return Output.empty();
  }

  private Output disassociateKey(Input input, CallContext context) {
    group(input.requiredText("logGroupName")).kmsKey(null);
    return Output.empty();
  }

  private Output tagResource(Input input, CallContext context) {
    byArn(input).tag(input.textMap("tags"));
    return Output.empty();
  }

  private Output untagResource(Input input, CallContext context) {
    byArn(input).untag(input.texts("tagKeys"));
    return Output.empty();
  }

  private Output listTagsForResource(Input input, CallContext context) {
    ObjectNode answer = Json.object();
    ObjectNode tags = answer.putObject("tags");
    byArn(input).tags().forEach(tags::put);
    return Output.of(answer);
  }

  private LogGroup byArn(Input input) {
    return group(input.requiredText("resourceArn"));
  }

  /** The group of a name or an ARN, with or without the {@code :*} that AWS puts behind it. */
  private LogGroup group(String nameOrArn) {
    String name = nameOrArn;
    int marker = name.indexOf(":log-group:");
    if (name.startsWith("arn:") && marker >= 0) {
      name = name.substring(marker + ":log-group:".length());
    }
    if (name.endsWith(":*")) {
      name = name.substring(0, name.length() - 2);
    }
    @Nullable LogGroup group = groups.get(name);
    if (group == null) {
      throw LogEvents.noGroup();
    }
    return group;
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(new LogGroupResource());
  }
}
