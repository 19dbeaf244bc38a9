// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.logs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Pages;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The operations on log groups. Thread-safe. */
record LogGroupOperations(SimClock clock, LogStore store) {
  private static final Pattern GROUP_NAME = Pattern.compile("[.\\-_/#A-Za-z0-9]{1,512}");
  private static final Set<Integer> RETENTIONS =
      Set.of(
          1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557,
          2922, 3288, 3653);

  List<Operation> operations() {
    return List.of(
        Operation.of(
            "CreateLogGroup: logGroupName, tags, kmsKeyId, logGroupClass", this::createLogGroup),
        Operation.of("DeleteLogGroup: logGroupName", this::deleteLogGroup),
        Operation.of(
            "DescribeLogGroups: logGroupNamePrefix, logGroupNamePattern, limit, nextToken",
            this::describeLogGroups),
        Operation.of("PutRetentionPolicy: logGroupName, retentionInDays", this::putRetentionPolicy),
        Operation.of("DeleteRetentionPolicy: logGroupName", this::deleteRetentionPolicy),
        Operation.of("AssociateKmsKey: logGroupName, kmsKeyId", this::associateKey),
        Operation.of("DisassociateKmsKey: logGroupName", this::disassociateKey),
        Operation.of("TagResource: resourceArn, tags", this::tagResource),
        Operation.of("UntagResource: resourceArn, tagKeys", this::untagResource),
        Operation.of("ListTagsForResource: resourceArn", this::listTagsForResource));
  }

  private Output createLogGroup(Input input, CallContext context) {
    String name = input.requiredText("logGroupName");
    if (!GROUP_NAME.matcher(name).matches()) {
      throw LogsErrors.invalidGroupName(name);
    }
    String type = input.text("logGroupClass").orElse("STANDARD");
    if (!type.equals("STANDARD")) {
      throw LogsErrors.unsupportedClass(type);
    }
    var group = new LogGroup(name, clock.millis());
    group.tag(input.textMap("tags"));
    group.kmsKey(input.text("kmsKeyId").orElse(null));
    if (!store.add(group)) {
      throw LogsErrors.groupExists();
    }
    return Output.empty();
  }

  private Output deleteLogGroup(Input input, CallContext context) {
    if (!store.remove(input.requiredText("logGroupName"))) {
      throw LogsErrors.noGroup();
    }
    return Output.empty();
  }

  private Output describeLogGroups(Input input, CallContext context) {
    String prefix = input.text("logGroupNamePrefix").orElse("");
    String pattern = input.text("logGroupNamePattern").orElse("");
    List<LogGroup> found =
        store.groups().stream()
            .filter(group -> group.name.startsWith(prefix) && group.name.contains(pattern))
            .toList();
    return Output.of(
        page(found, input)
            .addTo(Json.object(), "logGroups", group -> json(group, context), "nextToken"));
  }

  /** The page of groups or streams that the input asks for. */
  static <T> Pages.Page<T> page(List<T> found, Input input) {
    return Pages.page(
        found,
        input.integer("limit").orElse(50),
        input.text("nextToken"),
        LogsErrors.INVALID_PARAMETER);
  }

  private static ObjectNode json(LogGroup group, CallContext context) {
    ObjectNode json =
        Json.object()
            .put("logGroupName", group.name)
            .put("creationTime", group.created)
            .put("metricFilterCount", 0)
            .put("arn", group.arn(context) + ":*")
            .put("storedBytes", group.bytes())
            .put("logGroupClass", "STANDARD")
            .put("logGroupArn", group.arn(context));
    Integer days = group.retentionDays();
    Json.putIfPresent(json, "retentionInDays", days);
    String key = group.kmsKey();
    Json.putIfPresent(json, "kmsKeyId", key);
    return json;
  }

  private Output putRetentionPolicy(Input input, CallContext context) {
    int days = input.integer("retentionInDays").orElseThrow(LogsErrors::retentionRequired);
    if (!RETENTIONS.contains(days)) {
      throw LogsErrors.invalidRetention(days, RETENTIONS.stream().sorted().toList());
    }
    store.group(input.requiredText("logGroupName")).retain(days);
    return Output.empty();
  }

  private Output deleteRetentionPolicy(Input input, CallContext context) {
    store.group(input.requiredText("logGroupName")).retain(null);
    return Output.empty();
  }

  /** Stores and shows the key. Nothing is encrypted. */
  private Output associateKey(Input input, CallContext context) {
    store.group(input.requiredText("logGroupName")).kmsKey(input.requiredText("kmsKeyId"));
    return Output.empty();
  }

  private Output disassociateKey(Input input, CallContext context) {
    store.group(input.requiredText("logGroupName")).kmsKey(null);
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
    return store.group(input.requiredText("resourceArn"));
  }
}
