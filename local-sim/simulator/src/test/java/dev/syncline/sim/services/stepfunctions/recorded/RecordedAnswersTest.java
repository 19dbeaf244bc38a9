// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import dev.syncline.testing.RecordedData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Answers of Step Functions' API recorded from AWS ({@code ../shared/corpus}), asked again through
 * the real port. What cannot come out the same is listed here with the reason.
 */
class RecordedAnswersTest {
  private static final String ROLE = "arn:aws:iam::111111111111:role/snf_role_arn";

  /** Case and call, and why the answer differs. */
  private static final Map<String, String> KNOWN_MISSES = new LinkedHashMap<>();

  static {
    String oneRole =
        "recorded with two roles; the script has one name for both, so nothing changes";
    String sameParameters = "sfn_api.TestSnfApi.test_create_update_state_machine_same_parameters#";
    KNOWN_MISSES.put(sameParameters + "update_state_machine_res_t1", oneRole);
    KNOWN_MISSES.put(sameParameters + "describe_resp_t1", oneRole);
    KNOWN_MISSES.put(sameParameters + "update_state_machine_res_t2", oneRole);
    KNOWN_MISSES.put(sameParameters + "describe_resp_t2", oneRole);
    String version =
        "recorded with the second version; the script's name for it is the first one's";
    KNOWN_MISSES.put(
        "sfn_api_aliasing.TestSfnApiAliasing.test_base_lifecycle_create_update_describe#"
            + "describe_state_machine_alias_update_routing_configuration_response",
        version);
    String function = "calls a Lambda function that only the recording has";
    String states = "test_state.TestStateCaseScenarios.";
    KNOWN_MISSES.put(
        states + "test_base_lambda_service_task_state_INFO.test_case_response#", function);
    KNOWN_MISSES.put(states + "test_base_lambda_task_state_INFO.test_case_response#", function);
    KNOWN_MISSES.put(states + "test_base_lambda_task_state_TRACE.test_case_response#", function);
    KNOWN_MISSES.put(
        states + "test_state_with_variables_base_expressions.test_case_response#",
        "recorded without a role, which shows in the context object");
  }

  @TempDir private Path work;
  private @Nullable Simulator simulator;

  @AfterEach
  void stop() {
    if (simulator != null) {
      simulator.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> scripts() {
    return tests("wire", (one, client) -> new CallScript(one, client).play());
  }

  @TestFactory
  Stream<DynamicTest> refusedDefinitions() {
    return tests(
        "validation",
        (one, client) -> {
          JsonNode expected = one.path("expected");
          ObjectNode input = request(one);
          String operation = expected.path("operation").asText();
          if (operation.equals("create_state_machine")) {
            input.put("roleArn", ROLE);
          }
          JsonNode answer = client.call(CallScript.camel(operation), input);
          return misses(one, expected.path("response"), answer);
        });
  }

  @TestFactory
  Stream<DynamicTest> testState() {
    return tests(
        "teststate",
        (one, client) -> {
          ObjectNode input = request(one).put("roleArn", ROLE);
          if (!one.path("input").isNull()) {
            input.put("input", Json.write(one.path("input")));
          }
          return misses(one, one.path("expected"), client.call("TestState", input));
        });
  }

  private static ObjectNode request(JsonNode one) {
    ObjectNode input = one.path("request").deepCopy();
    JsonNode definition = one.path("definition");
    String text = definition.isTextual() ? definition.asText() : Json.write(definition);
    // The recorder's name in the place of an activity's ARN.
    return input.put(
        "definition",
        text.replace(
            "\"Resource\":\"activity_arn\"",
            "\"Resource\":\"arn:aws:states:us-east-1:111111111111:activity:a\""));
  }

  private static Map<String, String> misses(JsonNode one, JsonNode expected, JsonNode answer) {
    String found = new AnswerJudge(one.at("/compare/wildcards")).difference(expected, answer);
    return found == null ? Map.of() : Map.of("", found);
  }

  private Stream<DynamicTest> tests(
      String bucket, BiFunction<JsonNode, WireClient, Map<String, String>> play) {
    Path folder = cases();
    Simulator started =
        Simulator.start(
            SimulatorConfig.defaults(work).withPort(0, -1).withClock(new ClockMode.Real()));
    simulator = started;
    var client = new WireClient(started.endpoint());
    return read(folder.resolve(bucket)).stream()
        .map(
            one -> {
              String name = one.path("name").asText();
              return DynamicTest.dynamicTest(name, () -> check(name, play.apply(one, client)));
            });
  }

  private static void check(String name, Map<String, String> misses) {
    var known =
        KNOWN_MISSES.keySet().stream()
            .filter(key -> key.startsWith(name + "#"))
            .map(key -> key.substring(name.length() + 1))
            .toList();
    assertThat(misses.keySet()).as("%s", misses).isEqualTo(Set.copyOf(known));
  }

  private static List<JsonNode> read(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().map(RecordedAnswersTest::json).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static JsonNode json(Path file) {
    try {
      return Json.MAPPER.readTree(file.toFile());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Path cases() {
    return RecordedData.require("stepfunctions/cases");
  }
}
