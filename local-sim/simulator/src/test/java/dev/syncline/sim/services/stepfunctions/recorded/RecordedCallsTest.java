// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests to Step Functions and AWS's answers ({@code ../shared/corpus/aws-recordings}), asked
 * again in their order on a manual clock. What cannot come out the same is listed with its reason:
 * a row that is listed and agrees fails as much as one that differs and is not listed.
 */
@Timeout(120)
class RecordedCallsTest {
  private static final String ACCOUNT = "111111111111";
  private static final String REGION = "us-east-1";

  @TempDir private Path work;
  @AutoClose private Simulator simulator;
  private long recordedMillis;
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeEach
  void start() {
    simulator =
        Simulator.start(
            SimulatorConfig.defaults(work).withPort(0, -1).withClock(new ClockMode.Manual()));
  }

  @Test
  void controlLifecycle() throws IOException, InterruptedException {
    var known = new HashMap<String, String>();
    String encryption =
        "AWS has sent encryptionConfiguration since 2024; recordings of before lack it, and until"
            + " all agree it is sent for definitions of the newer language only";
    for (String row :
        List.of(
            "describe-initial",
            "describe-after-idempotent-create",
            "describe-control",
            "describe-express",
            "snapshot-before-update",
            "snapshot-after-update",
            "describe-updated",
            "describe-original-version",
            "describe-second-after-idempotent-publish",
            "describe-after-same-update",
            "describe-after-rejected-updates",
            "snapshot-version-before-delete",
            "snapshot-version-after-delete",
            "authority-allowed-describe",
            "control-snapshot-current-role",
            "alias-snapshot-retained-after-delete")) {
      known.put(row, encryption);
    }
    String stale = "AWS still shows what was before the last write; here it is seen at once";
    known.put("alias-describe-new-route", stale);
    known.put("alias-describe-empty-description", stale);
    String roles = "made with a role that is denied this; policies of callers are not looked at";
    known.put("authority-explicit-denied-describe", roles);
    known.put("authority-pass-role-denied-update", roles);
    String deletion =
        "AWS takes seconds to delete a machine of which nothing runs; here it is gone at once";
    known.put("describe-standard-immediate-delete", deletion);
    known.put("snapshot-after-machine-delete", deletion);
    known.put("execution-after-machine-delete", deletion);
    for (String execution :
        List.of(
            "start-initial-unqualified",
            "alias-start-old-route",
            "alias-start-new-route",
            "start-updated-unqualified",
            "start-immutable-version")) {
      known.put("cleanup-execution-" + execution, deletion);
    }
    String polled = "cleanup-absence-machine-sd-sfn-ctl-ac6edea844-";
    known.put(polled + "control-0", deletion);
    for (int i = 0; i < 5; i++) {
      known.put(polled + "express-" + i, deletion);
      known.put(polled + "standard-" + i, deletion);
    }
    known.put(polled + "standard-5", deletion);
    check("control_lifecycle", row -> true, known);
  }

  @Test
  void mockedStates() throws IOException, InterruptedException {
    check(
        "test_state_mock",
        row -> !row.at("/result/code").asText().equals("ThrottlingException"),
        Map.of());
  }

  @Test
  void tracedTasks() throws IOException, InterruptedException {
    String sampled = "a short poll of AWS gives some of the messages, here all of them";
    check("tracing_sdk_headers", row -> true, Map.of("receive-0", sampled, "receive-1", sampled));
  }

  @Test
  void expressionLimits() throws IOException, InterruptedException {
    check("expression_limits", row -> true, Map.of());
  }

  private void check(String file, Predicate<JsonNode> wanted, Map<String, String> known)
      throws IOException, InterruptedException {
    Path folder = folder();
    assumeTrue(
        folder != null,
        "The recorded calls (../shared/corpus/aws-recordings/stepfunctions) are not there");
    JsonNode recording =
        Json.MAPPER.readTree(Objects.requireNonNull(folder).resolve(file + ".json").toFile());
    var misses = new LinkedHashMap<String, String>();
    var judge = new RecordingJudge();
    var asked = new ArrayList<String>();
    createMachinesOfOthers(recording);
    for (JsonNode row : recording.path("observations")) {
      String service = row.path("service").asText("stepfunctions");
      if ((!service.equals("stepfunctions") && !service.equals("sqs")) || !wanted.test(row)) {
        continue;
      }
      String label = row.path("label").asText(row.path("case").asText());
      String difference = ask(service, here(row), judge);
      asked.add(label);
      if (difference != null) {
        misses.put(label, difference);
      }
    }
    assertThat(asked).isNotEmpty();
    assertThat(misses.keySet())
        .as("%s", String.join("\n", lines(misses)))
        .isEqualTo(known.keySet());
  }

  private static List<String> lines(Map<String, String> misses) {
    return misses.entrySet().stream().map(miss -> miss.getKey() + ": " + miss.getValue()).toList();
  }

  /** The row with the account and region of this simulator. */
  private static JsonNode here(JsonNode row) throws IOException {
    String text = Json.write(row).replace("000000000000", ACCOUNT).replace("us-west-2", REGION);
    return Json.MAPPER.readTree(text);
  }

  private @Nullable String ask(String service, JsonNode row, RecordingJudge judge)
      throws IOException, InterruptedException {
    JsonNode input = given(row.has("input") ? row.path("input") : row.path("request"), judge);
    String operation = CallScript.camel(row.path("operation").asText().replace('-', '_'));
    JsonNode result = row.path("result");
    JsonNode expected = result.has("output") ? result.path("output") : result.path("error");
    String code = result.path("code").asText();
    advanceTo(expected);
    // Answers of tasks come from other threads.
    Answer answer = call(service, operation, input);
    while (expected.has("stopDate") && answer.body().path("status").asText().equals("RUNNING")) {
      Thread.onSpinWait();
      answer = call(service, operation, input);
    }
    if (!code.equals("Success")) {
      return refused(row, code, message(result), answer, judge);
    }
    if (answer.status() != 200) {
      return "is refused: " + answer.body();
    }
    return judge.difference(expected, answer.body());
  }

  /** The clock follows the times that AWS's answers tell, by their differences. */
  private void advanceTo(JsonNode answer) {
    for (String member : List.of("creationDate", "startDate", "updateDate", "stopDate")) {
      if (answer.path(member).isNumber()) {
        long millis = Math.round(answer.path(member).asDouble() * 1000);
        if (recordedMillis != 0 && millis > recordedMillis) {
          simulator.clock().advance(Duration.ofMillis(millis - recordedMillis));
        }
        recordedMillis = Math.max(recordedMillis, millis);
      }
    }
  }

  /** Resources that lists show and the recording does not create. */
  private void createMachinesOfOthers(JsonNode recording) throws IOException, InterruptedException {
    var created = new HashSet<String>();
    for (JsonNode row : recording.path("observations")) {
      if (row.path("operation").asText().equals("create-state-machine")) {
        created.add(row.at("/input/name").asText());
      }
    }
    for (JsonNode row : recording.path("observations")) {
      for (JsonNode machine : row.at("/result/output/stateMachines")) {
        if (created.add(machine.path("name").asText())) {
          String pass = "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}";
          ObjectNode input = Json.object().put("definition", pass);
          input.put("name", machine.path("name").asText());
          input.put("roleArn", "arn:aws:iam::" + ACCOUNT + ":role/other");
          assertThat(call("stepfunctions", "CreateStateMachine", input).status()).isEqualTo(200);
        }
      }
    }
  }

  private static @Nullable String refused(
      JsonNode row, String code, String message, Answer answer, RecordingJudge judge) {
    if (answer.status() == 200) {
      return "is taken, not refused with " + code + ": " + message;
    }
    int status = row.at("/result/http_status").asInt(400);
    if (answer.status() != status) {
      return "has the status " + answer.status() + ", not " + status;
    }
    if (!answer.code().equals(code)) {
      return "is " + answer.code() + ", not " + code;
    }
    String found =
        judge.difference(TextNode.valueOf(message), TextNode.valueOf(message(answer.body())));
    if (found != null) {
      return "says" + found;
    }
    JsonNode reason = row.at("/result/output/reason");
    return reason.equals(answer.body().path("reason")) ? null : "has another reason: " + reason;
  }

  private static String message(JsonNode result) {
    for (String member : List.of("message", "Message")) {
      for (JsonNode place : List.of(result, result.path("output"), result.path("error"))) {
        if (place.hasNonNull(member)) {
          return place.path(member).asText();
        }
      }
    }
    return "";
  }

  /** The input with what this simulator has given out in place of what AWS has. */
  private static JsonNode given(JsonNode value, RecordingJudge judge) throws IOException {
    ObjectNode holder = Json.object();
    holder.set("input", value);
    JsonNode given = Json.MAPPER.readTree(judge.given(Json.write(holder))).path("input");
    if (given instanceof ObjectNode object) {
      // Nothing is under way that a poll would have to wait for, and the clock stands still.
      object.remove("WaitTimeSeconds");
    }
    return given;
  }

  private record Answer(int status, String code, JsonNode body) {}

  private Answer call(String service, String operation, JsonNode input)
      throws IOException, InterruptedException {
    URI endpoint = simulator.endpoint();
    String target = service.equals("sqs") ? "AmazonSQS." : "AWSStepFunctions.";
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", target + operation)
            .POST(HttpRequest.BodyPublishers.ofString(Json.write(input)))
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    JsonNode body = Json.MAPPER.readTree(response.body().isEmpty() ? "{}" : response.body());
    String type = body.path("__type").asText();
    String code =
        response
            .headers()
            .firstValue("x-amzn-query-error")
            .map(value -> value.substring(0, value.indexOf(';')))
            .orElse(type.substring(type.indexOf('#') + 1));
    return new Answer(response.statusCode(), code, body);
  }

  private static @Nullable Path folder() {
    Path folder = Path.of(System.getProperty("user.dir")).toAbsolutePath();
    while (folder != null) {
      Path calls = folder.resolveSibling("shared").resolve("corpus/aws-recordings/stepfunctions");
      if (Files.isDirectory(folder.resolve("local-sim")) && Files.isDirectory(calls)) {
        return calls;
      }
      folder = folder.getParent();
    }
    return null;
  }
}
