// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.recorded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.settings.MockConfig;
import dev.syncline.sim.service.settings.MockedResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One recorded execution, and what it needs around it.
 *
 * @param machine the name of its state machine, unique among the cases
 */
record RecordedCase(String bucket, JsonNode json, String machine) {
  /** The test case of the mocks. */
  static final String MOCKED = "recorded";

  /** The function that gives back what it is given. */
  static final String ECHO = "lambda_function_name";

  private static final Pattern FROM_NOW = Pattern.compile("\\{\\{NOW\\+(-?\\d+)s\\|(.*?)}}");
  private static final String RAISED =
      "{\"errorMessage\":\"Some exception was raised.\",\"errorType\":\"Exception\","
          + "\"requestId\":\"00000000-0000-4000-8000-000000000000\",\"stackTrace\":[\"  File"
          + " \\\"/var/task/handler.py\\\", line 2, in handler\\n    raise Exception(\\\"Some"
          + " exception was raised.\\\")\\n\"]}";

  static RecordedCase read(String bucket, Path file, int number) {
    try {
      return new RecordedCase(bucket, Json.MAPPER.readTree(file.toFile()), bucket + "-" + number);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  String name() {
    return json.get("name").asText();
  }

  boolean express() {
    return json.path("type").asText().equals("EXPRESS");
  }

  String definition() {
    JsonNode given = json.get("definition");
    String text = given.isTextual() ? given.textValue() : Json.write(given);
    // The recordings show placeholders where these were names.
    return text.replace("<lambda_function_name>", ECHO)
        .replace("<lambda-function-name>", ECHO)
        .replace(
            "\"Resource\":\"activity_arn\"",
            "\"Resource\":\"arn:aws:states:us-east-1:111111111111:activity:activity_arn\"");
  }

  String input() {
    String text = Json.write(json.get("input"));
    return FROM_NOW
        .matcher(bucket.equals("services") ? text.replace("s3_create_bucket()", machine) : text)
        .replaceAll(
            found ->
                Instant.now()
                        .plusSeconds(Long.parseLong(found.group(1)))
                        .toString()
                        .substring(0, 19)
                    + found.group(2));
  }

  /** The target that its execution is started on. */
  String target(String machineArn) {
    return isMocked() ? machineArn + "#" + MOCKED : machineArn;
  }

  private boolean isMocked() {
    return !json.path("mocks").isEmpty() || failingFunction() != null;
  }

  /** The state of the cases with services whose function fails; null for the others. */
  private @Nullable String failingFunction() {
    if (!bucket.equals("services") || !Json.write(json.get("expected")).contains("raise Exc")) {
      return null;
    }
    for (String state :
        new String[] {"ExecuteLambdaTask", "InvokeLambda", "InvokeLambdaWithRetry"}) {
      if (definition().contains("\"" + state + "\":{")) {
        return state;
      }
    }
    return null;
  }

  void mock(MockConfig.Builder mocks) {
    for (Map.Entry<String, JsonNode> state : json.path("mocks").properties()) {
      var responses = new ArrayList<MockedResponse>();
      for (JsonNode one : state.getValue()) {
        if (!one.has("submitted")) {
          responses.add(response(one));
        }
      }
      if (!responses.isEmpty()) {
        mocks.mock(machine, MOCKED, state.getKey(), responses.toArray(MockedResponse[]::new));
      }
    }
    mocks.testCase(machine, MOCKED);
    String failing = failingFunction();
    for (int i = 0; failing != null && i < 10; i++) {
      mocks.mock(machine, MOCKED, failing, MockedResponse.fails("Exception", raised()));
    }
  }

  private String raised() {
    try {
      return spaced(Json.MAPPER.readTree(RAISED));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** JSON as Python writes it, which is what the recorded functions answered with. */
  private static String spaced(JsonNode value) {
    var parts = new ArrayList<String>();
    if (value.isObject()) {
      value
          .properties()
          .forEach(
              member ->
                  parts.add(TextNode.valueOf(member.getKey()) + ": " + spaced(member.getValue())));
      return "{" + String.join(", ", parts) + "}";
    }
    if (value.isArray()) {
      value.forEach(element -> parts.add(spaced(element)));
      return "[" + String.join(", ", parts) + "]";
    }
    return value.toString();
  }

  private static MockedResponse response(JsonNode one) {
    if (one.has("return")) {
      JsonNode value = one.get("return");
      return MockedResponse.returns(parsed(value));
    }
    if (one.has("timeout")) {
      return MockedResponse.fails("States.Timeout", "");
    }
    JsonNode error = one.at("/throw/error");
    JsonNode cause = one.at("/throw/cause");
    String text = cause.isTextual() ? cause.textValue() : spaced(cause);
    return MockedResponse.fails(
        error.asText("States.TaskFailed"), cause.isMissingNode() ? "" : text);
  }

  private static JsonNode parsed(JsonNode text) {
    if (!text.isTextual()) {
      return text;
    }
    try {
      return Json.MAPPER.readTree(text.textValue());
    } catch (JsonProcessingException notJson) {
      return text;
    }
  }

  /** The object that its ItemReader reads, by key; null when it reads none. */
  @Nullable String object(String key) {
    if (!input().contains(key)) {
      return null;
    }
    if (name().contains("csv_first_row_extra_fields")) {
      return "H1,\nValue4,Value5,Value6\n,,,\ntrue,1,'HelloWorld'\nNull,None,\n   \n";
    }
    JsonNode output = parsed(json.at("/expected/output"));
    if (!output.isArray()) {
      return key.endsWith(".csv") ? "Col1,Col2\nValue1,Value2\n" : "{\"no\":\"list\"}";
    }
    ArrayNode items = Json.array();
    for (JsonNode item : output) {
      if (item.has("Items")) {
        item.get("Items").forEach(items::add);
      } else {
        items.add(item);
      }
    }
    // One more than a limit lets through, so that it is the limit that ends the reading.
    String lower = definition().toLowerCase(Locale.ROOT);
    if (lower.contains("maxitems")
        && !(lower + input()).matches("(?s).*(100000000|maxitems\":0).*")) {
      items.add(items.get(0));
    }
    return key.endsWith(".csv") ? csv(items) : Json.write(items);
  }

  private static String csv(ArrayNode items) {
    var lines = new StringBuilder();
    ((ObjectNode) items.get(0))
        .fieldNames()
        .forEachRemaining(name -> lines.append(name).append(','));
    lines.setCharAt(lines.length() - 1, '\n');
    for (JsonNode item : items) {
      item.forEach(value -> lines.append(value.asText()).append(','));
      lines.setCharAt(lines.length() - 1, '\n');
    }
    return lines.toString();
  }
}
