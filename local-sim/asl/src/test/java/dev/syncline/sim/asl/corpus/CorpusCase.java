// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.syncline.sim.asl.ExecutionContext;
import dev.syncline.sim.asl.ExecutionStatus;
import dev.syncline.sim.asl.StateMachineDefinition;
import dev.syncline.sim.asl.WorkflowType;
import dev.syncline.sim.asl.testing.LocalRunner;
import dev.syncline.sim.asl.testing.RunResult;
import dev.syncline.sim.asl.testing.TaskOutcome;
import dev.syncline.testing.RecordedScores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One recorded case. */
record CorpusCase(String bucket, JsonNode json) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Pattern FROM_NOW = Pattern.compile("\\{\\{NOW\\+(-?\\d+)s\\|(.*?)}}");

  static CorpusCase read(String bucket, Path file) {
    try {
      return new CorpusCase(bucket, JSON.readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return json.get("name").asText();
  }

  RecordedScores.Verdict run() {
    WorkflowType type = WorkflowType.valueOf(json.get("type").asText());
    JsonNode given = json.get("definition");
    String definition =
        (given.isTextual() ? given.textValue() : given.toString())
            .replace(
                "\"Resource\":\"activity_arn\"",
                "\"Resource\":\"arn:aws:states:us-east-1:111111111111:activity:activity_arn\"");
    LocalRunner runner =
        LocalRunner.of(StateMachineDefinition.parse(definition, type))
            .startingAt(NOW)
            .as(context(type));
    json.path("mocks")
        .properties()
        .forEach(mock -> runner.mock(mock.getKey(), outcomes(mock.getValue())));
    RunResult result = runner.run(expand(json.get("input").toString()));
    ObjectNode actual = JSON.createObjectNode().put("status", result.status().name());
    result.output().ifPresent(output -> actual.put("output", output.text()));
    result.error().ifPresent(error -> actual.put("error", error));
    result.cause().ifPresent(cause -> actual.put("cause", cause));
    ArrayNode history = null;
    if (type == WorkflowType.STANDARD && result.status() != ExecutionStatus.RUNNING) {
      history = JSON.createArrayNode();
      for (var event : result.history()) {
        history.add(event.toJson());
      }
    }
    return new Judge(json).judge(actual, history);
  }

  private static ExecutionContext context(WorkflowType type) {
    ExecutionContext standard = ExecutionContext.forTests("machine", "run");
    return type == WorkflowType.STANDARD
        ? standard
        : new ExecutionContext(
            "arn:aws:states:us-east-1:111111111111:express:machine:run:part",
            "run",
            standard.roleArn(),
            standard.stateMachineArn(),
            standard.stateMachineName());
  }

  private static String expand(String input) {
    Matcher matcher = FROM_NOW.matcher(input);
    return matcher.replaceAll(
        found -> {
          Instant time = NOW.plusSeconds(Long.parseLong(found.group(1)));
          return time.toString().substring(0, 19) + found.group(2);
        });
  }

  private static TaskOutcome[] outcomes(JsonNode recorded) {
    Deque<TaskOutcome> outcomes = new ArrayDeque<>();
    JsonNode submitted = null;
    for (JsonNode one : recorded) {
      if (one.has("submitted")) {
        submitted = one.get("submitted");
        continue;
      }
      TaskOutcome outcome = outcome(one);
      outcomes.add(
          submitted == null
              ? outcome
              : new TaskOutcome.Submitted(dev.syncline.sim.asl.Payload.of(submitted), outcome));
      submitted = null;
    }
    return outcomes.toArray(TaskOutcome[]::new);
  }

  private static TaskOutcome outcome(JsonNode one) {
    if (one.has("timeout")) {
      return TaskOutcome.silence();
    }
    if (one.has("throw")) {
      return TaskOutcome.fails(text(one.at("/throw/error")), cause(one));
    }
    JsonNode value = one.get("return");
    if (value.isTextual()) {
      try {
        return TaskOutcome.returns(JSON.readTree(value.textValue()));
      } catch (IOException e) {
        return TaskOutcome.returns(value);
      }
    }
    return TaskOutcome.returns(value);
  }

  /** The recordings show causes as objects; a Python function's own text has blanks. */
  private static @Nullable String cause(JsonNode one) {
    JsonNode cause = one.at("/throw/cause");
    if (cause.isObject() && one.path("event").asText().equals("LambdaFunctionFailed")) {
      return spaced(cause);
    }
    return text(cause);
  }

  private static String spaced(JsonNode value) {
    StringJoiner joiner;
    if (value.isObject()) {
      joiner = new StringJoiner(", ", "{", "}");
      value
          .properties()
          .forEach(
              field ->
                  joiner.add(TextNode.valueOf(field.getKey()) + ": " + spaced(field.getValue())));
      return joiner.toString();
    }
    if (value.isArray()) {
      joiner = new StringJoiner(", ", "[", "]");
      value.forEach(element -> joiner.add(spaced(element)));
      return joiner.toString();
    }
    return value.toString();
  }

  private static @Nullable String text(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    return value.isTextual() ? value.textValue() : value.toString();
  }
}
