// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.syncline.sim.asl.Diagnostic;
import dev.syncline.sim.asl.ExecutionContext;
import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.asl.StateMachineDefinition;
import dev.syncline.sim.asl.StateTest;
import dev.syncline.sim.asl.WorkflowType;
import dev.syncline.sim.asl.testing.LocalRunner;
import dev.syncline.sim.asl.testing.RunResult;
import dev.syncline.testing.RecordedScores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Public reports of what AWS does with expressions, definitions and intrinsic functions. Each kind
 * also has cases of our own beside the part it is about.
 */
class ReportsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> reports() {
    Path cases = RecordedBehaviourTest.corpus();
    assumeTrue(cases != null, "The reports (../shared/corpus/reports) are not there");
    Path folder = Objects.requireNonNull(cases).resolve("../../reports").normalize();
    return RecordedScores.files(folder).stream()
        .filter(file -> file.getFileName().toString().matches("([AJ]\\d\\d|S07)\\.json"))
        .flatMap(ReportsTest::cases);
  }

  private static Stream<DynamicTest> cases(Path file) {
    JsonNode report;
    try {
      report = JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    JsonNode cases = report.get("cases");
    return IntStream.range(0, cases.size())
        .mapToObj(
            i ->
                DynamicTest.dynamicTest(
                    report.get("id").asText() + " " + i, () -> check(cases.get(i))));
  }

  private static void check(JsonNode one) {
    if (one.path("call").asText().equals("states:TestState")) {
      testState(one);
    } else {
      validate(one);
    }
  }

  private static void testState(JsonNode one) {
    JsonNode given = one.path("input");
    // One input is told in words.
    String input = given.isTextual() ? "{\"s\":\"" + "a".repeat(10_001) + "\"}" : given.toString();
    // An expression that cannot be evaluated is no test yet: the state is run in a machine, too.
    RunResult run =
        LocalRunner.of("{\"StartAt\":\"S\",\"States\":{\"S\":" + one.get("definition") + "}}")
            .run(input);
    StateTest test =
        StateTest.create(
            new StateTest.Request(
                one.get("definition").toString(),
                null,
                Payload.parse(input),
                java.util.Map.of(),
                null,
                null,
                0,
                0,
                null),
            ExecutionContext.forTests("m", "e"),
            1);
    test.execution().start(java.time.Instant.EPOCH);
    JsonNode expected = one.get("expected");
    assertThat(test.status().name()).isEqualTo(expected.path("status").asText());
    if (expected.has("output")) {
      assertThat(run.json()).isEqualTo(expected.get("output"));
      assertThat(test.output().orElseThrow().json()).isEqualTo(expected.get("output"));
    }
    if (expected.has("outputText")) {
      assertThat(test.output().orElseThrow().text()).isEqualTo(expected.get("outputText").asText());
    }
    if (expected.has("error")) {
      assertThat(test.error()).contains(expected.get("error").asText());
    }
    String cause = test.cause().orElse("");
    assertThat(cause)
        .contains(expected.path("causeContains").asText())
        .endsWith(expected.path("causeEndsWith").asText());
    if (expected.has("causeMustNotContain")) {
      assertThat(cause).doesNotContain(expected.get("causeMustNotContain").asText());
    }
  }

  private static void validate(JsonNode one) {
    String definition =
        one.has("definitionText")
            ? one.get("definitionText").asText()
            : one.get("definition").toString();
    JsonNode expected = one.get("expected");
    List<Diagnostic> found = StateMachineDefinition.validate(definition, WorkflowType.STANDARD);
    assertThat(found).isNotEmpty();
    assertThat(found)
        .anySatisfy(
            problem -> {
              assertThat(problem.code()).contains(expected.path("code").asText());
              assertThat(problem.message())
                  .contains(expected.path("message").asText())
                  .contains(expected.path("messageContains").asText());
              assertThat(String.valueOf(problem.location()))
                  .contains(expected.path("location").asText());
            });
  }
}
