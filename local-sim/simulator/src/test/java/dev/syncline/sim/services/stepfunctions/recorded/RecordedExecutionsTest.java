// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.recorded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.lambda.inprocess.InProcessFunctions;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.service.settings.MockConfig;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import dev.syncline.sim.testing.Workflows;
import dev.syncline.testing.RecordedData;
import dev.syncline.testing.RecordedScores;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every recorded execution through the port of a simulator on skipping time, judged from L0 to L3.
 * A case that does not reach L3 must be listed in known-wire-misses.txt with the first level it
 * misses and the reason; a listed case that does better fails too, so the list can only shrink.
 *
 * <p>{@code -Dsyncline.corpus.list=true} prints what misses, and fails nothing.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(600)
class RecordedExecutionsTest {
  private static final List<String> BUCKETS =
      List.of("pure", "pure-distributed", "mocked", "services");

  private final RecordedScores scores = new RecordedScores();
  private final Map<String, List<RecordedCase>> cases = new HashMap<>();
  private final Map<String, Integer> known = new HashMap<>();
  private @Nullable Simulator simulator;
  private @Nullable Workflows workflows;
  private @Nullable WireClient client;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    Path corpus = corpus();
    MockConfig.Builder mocks = MockConfig.builder();
    for (String bucket : BUCKETS) {
      var read = new ArrayList<RecordedCase>();
      for (Path file : RecordedScores.files(corpus.resolve(bucket))) {
        RecordedCase one = RecordedCase.read(bucket, file, read.size());
        one.mock(mocks);
        read.add(one);
      }
      cases.put(bucket, read);
    }
    readKnown();
    Simulator running =
        Simulator.start(
            SimulatorConfig.defaults(directory)
                .withExecutor(FunctionExecutor.IN_PROCESS, 50)
                .withMocks(mocks.build()));
    simulator = running;
    var preparing = new Workflows(running);
    workflows = preparing;
    client = new WireClient(running.endpoint());
    running
        .contracts()
        .get(InProcessFunctions.class)
        .register(RecordedCase.ECHO, environment -> (in, out, context) -> in.transferTo(out));
    preparing.function(RecordedCase.ECHO);
    for (RecordedCase one : Objects.requireNonNull(cases.get("services"))) {
      for (String key : List.of("file.json", "file.csv")) {
        String content = one.object(key);
        if (content != null) {
          preparing.object(one.machine(), key, content.getBytes(StandardCharsets.UTF_8));
        }
      }
    }
  }

  @AfterAll
  void stop() throws Exception {
    scores.print("recorded cases over the wire");
    if (workflows != null) {
      workflows.close();
    }
    if (simulator != null) {
      simulator.close();
    }
  }

  @TestFactory
  Stream<DynamicContainer> executions() {
    return BUCKETS.stream().map(name -> DynamicContainer.dynamicContainer(name, bucket(name)));
  }

  private Stream<DynamicTest> bucket(String bucket) {
    return cases.getOrDefault(bucket, List.of()).stream()
        .filter(one -> one.json().path("kind").asText().equals("execution"))
        .map(one -> DynamicTest.dynamicTest(one.name(), () -> check(one)));
  }

  private void check(RecordedCase one) {
    int expected = known.getOrDefault(one.bucket() + " " + one.name(), RecordedScores.LEVELS) - 1;
    scores.check(one.bucket(), one.name(), () -> run(one), expected);
  }

  private RecordedScores.Verdict run(RecordedCase one) {
    WireClient wire = Objects.requireNonNull(client);
    JsonNode created =
        wire.call(
            "CreateStateMachine",
            Json.object()
                .put("name", one.machine())
                .put("definition", one.definition())
                .put("roleArn", "arn:aws:iam::111111111111:role/snf_role_arn")
                .put("type", one.json().path("type").asText()));
    if (created.has("Error")) {
      return new RecordedScores.Verdict(-1, created.toString());
    }
    String machine = created.path("stateMachineArn").asText();
    ObjectNode start =
        Json.object().put("stateMachineArn", one.target(machine)).put("input", one.input());
    if (one.express()) {
      return new ExecutionJudge(one.json())
          .judge(shown(wire.call("StartSyncExecution", start)), null);
    }
    String name = one.machine() + "-run";
    String arn = wire.call("StartExecution", start.put("name", name)).path("executionArn").asText();
    Objects.requireNonNull(workflows).awaitEnd(name);
    ArrayNode history = Json.array();
    ObjectNode page = Json.object().put("executionArn", arn).put("maxResults", 1000);
    JsonNode answer;
    do {
      answer = wire.call("GetExecutionHistory", page);
      answer.path("events").forEach(history::add);
      page.set("nextToken", answer.path("nextToken"));
    } while (answer.has("nextToken"));
    JsonNode described = wire.call("DescribeExecution", Json.object().put("executionArn", arn));
    return new ExecutionJudge(one.json()).judge(shown(described), history);
  }

  private static ObjectNode shown(JsonNode answer) {
    ObjectNode shown = Json.object();
    for (String member : List.of("status", "output", "error", "cause")) {
      if (answer.hasNonNull(member)) {
        shown.set(member, answer.get(member));
      }
    }
    return shown;
  }

  private static Path corpus() {
    return RecordedData.require("stepfunctions/cases");
  }

  private void readKnown() throws IOException {
    try (InputStream file =
        RecordedExecutionsTest.class.getResourceAsStream("/known-wire-misses.txt")) {
      String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().toList()) {
        if (line.startsWith("L")) {
          known.put(line.substring(3), Integer.valueOf(line.substring(1, 2)));
        }
      }
    }
  }
}
