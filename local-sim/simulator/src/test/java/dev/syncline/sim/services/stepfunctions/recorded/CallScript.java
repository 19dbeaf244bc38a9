// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.recorded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.syncline.sim.service.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A recorded sequence of calls. Arguments may name what an earlier call answered, and ARNs of the
 * recording are replaced by those that this run was given. Not thread-safe.
 */
final class CallScript {
  private static final Pattern EARLIER = Pattern.compile("@call(\\d+)((?:\\.[A-Za-z]+|\\[\\d+])+)");
  private static final Pattern STEP = Pattern.compile("\\.([A-Za-z]+)|\\[(\\d+)]");
  private static final Pattern WORD = Pattern.compile("(?:^|_)([a-z])");

  private final JsonNode one;
  private final WireClient client;
  private final Map<Integer, JsonNode> answers = new HashMap<>();
  private final Map<String, String> given = new LinkedHashMap<>();

  CallScript(JsonNode one, WireClient client) {
    this.one = one;
    this.client = client;
  }

  /** Plays it; the differences by the key of the recorded answer. */
  Map<String, String> play() {
    var misses = new LinkedHashMap<String, String>();
    var judge = new AnswerJudge(one.at("/compare/wildcards"));
    for (int i = 0; i < one.path("calls").size(); i++) {
      JsonNode call = one.path("calls").get(i);
      String operation = call.path("op").asText();
      JsonNode arguments = replaced(call.path("args"));
      if (operation.startsWith("@") || operation.startsWith("x_")) {
        await(operation, arguments);
        continue;
      }
      JsonNode answer = client.call(camel(operation), arguments);
      answers.put(i, answer);
      for (Map.Entry<String, JsonNode> fake : call.path("fake").properties()) {
        if (answer.path(fake.getKey()).isTextual()) {
          given.put(fake.getValue().asText(), answer.path(fake.getKey()).asText());
        }
      }
      for (JsonNode expected : one.path("expect")) {
        if (expected.path("call").asInt() == i) {
          String found = judge.difference(expected.path("value"), answer);
          if (found != null) {
            misses.put(expected.path("key").asText(), found);
          }
        }
      }
    }
    return misses;
  }

  /** {@code create_state_machine} as {@code CreateStateMachine}. */
  static String camel(String operation) {
    return WORD.matcher(operation).replaceAll(match -> match.group(1).toUpperCase());
  }

  private void await(String what, JsonNode arguments) {
    if (what.contains("listed")) {
      return;
    }
    for (JsonNode argument : arguments) {
      if (argument.asText().contains(":execution:")) {
        JsonNode input = Json.object().put("executionArn", argument.asText());
        while (client.call("DescribeExecution", input).path("status").asText().equals("RUNNING")
            && !what.contains("events")) {
          Thread.onSpinWait();
        }
        while (what.contains("events")
            && client.call("GetExecutionHistory", input).path("events").size() < 2) {
          Thread.onSpinWait();
        }
      }
    }
  }

  private JsonNode replaced(JsonNode value) {
    if (value.isObject()) {
      ObjectNode object = Json.object();
      value.properties().forEach(entry -> object.set(entry.getKey(), replaced(entry.getValue())));
      return object;
    }
    if (value.isArray()) {
      ArrayNode array = Json.array();
      value.forEach(item -> array.add(replaced(item)));
      return array;
    }
    return value.isTextual() ? TextNode.valueOf(text(value.asText())) : value;
  }

  private String text(String text) {
    Matcher earlier = EARLIER.matcher(text);
    if (earlier.matches()) {
      JsonNode found = answers.getOrDefault(Integer.valueOf(earlier.group(1)), Json.object());
      Matcher step = STEP.matcher(earlier.group(2));
      while (step.find()) {
        found =
            step.group(1) == null
                ? found.path(Integer.parseInt(step.group(2)))
                : found.path(step.group(1));
      }
      return found.isTextual() ? found.asText() : text;
    }
    String replaced = text;
    List<Map.Entry<String, String>> longestFirst = new ArrayList<>(given.entrySet());
    longestFirst.sort(Comparator.comparingInt(entry -> -entry.getKey().length()));
    for (Map.Entry<String, String> entry : longestFirst) {
      replaced = replaced.replace(entry.getKey(), entry.getValue());
    }
    // Calls of CloudWatch Logs in the recording.
    return replaced.equals("logs.describe_log_groups().logGroups.0.arn")
        ? "arn:aws:logs:us-east-1:111111111111:log-group:log_group_name:*"
        : replaced;
  }
}
