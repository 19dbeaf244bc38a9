// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.asl.ExecutionContext;
import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.asl.StateMachineDefinition;
import dev.syncline.sim.asl.StateTest;
import dev.syncline.sim.asl.WorkflowType;
import dev.syncline.testing.RecordedScores;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Recorded answers of TestState and of the definition checks, as far as the engine gives them. */
class RecordedStateTestsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> testState() {
    return cases("teststate")
        // Refusals of the service, and cases that need a real Lambda function.
        .filter(one -> !one.json().at("/expected/Error").isObject())
        .filter(one -> !one.json().at("/expected/output/ExecutedVersion").isTextual())
        .filter(one -> !one.name().contains("test_base_lambda_task_state"))
        .map(one -> DynamicTest.dynamicTest(one.name(), () -> testState(one.json())));
  }

  @TestFactory
  Stream<DynamicTest> refusedDefinitions() {
    return Stream.concat(cases("validation"), cases("teststate"))
        .filter(
            one ->
                one.json().findValuesAsText("message").stream()
                        .anyMatch(text -> text.contains("SCHEMA_VALIDATION_FAILED"))
                    || one.json().at("/expected/response/diagnostics").isArray())
        // A placeholder, not an ARN.
        .filter(one -> !one.json().toString().contains("activity_arn\""))
        .map(one -> DynamicTest.dynamicTest(one.name(), () -> refused(one.json())));
  }

  private static Stream<CorpusCase> cases(String bucket) {
    Path cases = RecordedBehaviourTest.corpus();
    return RecordedScores.files(cases.resolve(bucket)).stream()
        .map(file -> CorpusCase.read(bucket, file));
  }

  private static void refused(JsonNode one) {
    WorkflowType type = WorkflowType.valueOf(one.path("type").asText("STANDARD"));
    String definition = one.get("definition").toString();
    JsonNode diagnostics = one.at("/expected/response/diagnostics");
    if (diagnostics.isArray()) {
      var found = JSON.createArrayNode();
      StateMachineDefinition.validate(definition, type)
          .forEach(
              d ->
                  found
                      .addObject()
                      .put("code", d.code())
                      .put("location", d.location())
                      .put("message", d.message())
                      .put("severity", d.severity().name()));
      assertThat(found).isEqualTo(diagnostics);
      return;
    }
    String message = one.findValuesAsText("message").getFirst();
    String said;
    try {
      if (one.path("bucket").asText().equals("teststate")) {
        StateTest.create(request(one), ExecutionContext.forTests("m", "e"), 1);
      } else {
        StateMachineDefinition.parse(definition, type);
      }
      said = "accepted";
    } catch (RuntimeException e) {
      said = String.valueOf(e.getMessage());
    }
    assertThat(said).isEqualTo(message);
  }

  private static void testState(JsonNode one) {
    JsonNode expected = one.get("expected");
    ExecutionContext context =
        new ExecutionContext(
            "arn:aws:states:us-east-1:111111111111:express:machine:run",
            "run",
            // Recorded without a role: the context object shows null.
            expected.findValues("RoleArn").stream().anyMatch(JsonNode::isNull)
                ? ""
                : "arn:aws:iam::111111111111:role/role",
            "arn:aws:states:us-east-1:111111111111:stateMachine:machine",
            "machine");
    StateTest test = StateTest.create(request(one), context, 1);
    test.execution().start(Instant.parse("2026-01-01T00:00:00Z"));
    ObjectNode answer = JSON.createObjectNode().put("status", test.status().name());
    test.output().ifPresent(output -> answer.put("output", output.text()));
    test.error().ifPresent(error -> answer.put("error", error));
    test.cause().ifPresent(cause -> answer.put("cause", cause));
    test.nextState().ifPresent(next -> answer.put("nextState", next));
    if (!one.at("/request/inspectionLevel").asText("INFO").equals("INFO")) {
      answer.set("inspectionData", test.inspectionData());
    }
    JsonNode want = ((ObjectNode) expected.deepCopy()).without("ResponseMetadata");

    assertThat(new Judge(one).difference(want, answer))
        .as("%s%n got  %s%n want %s", one.get("definition"), answer, want)
        .isNull();
  }

  private static StateTest.Request request(JsonNode one) {
    JsonNode request = one.get("request");
    JsonNode variables = json(request.path("variables"));
    Map<String, JsonNode> values = new HashMap<>();
    if (variables != null) {
      variables.properties().forEach(v -> values.put(v.getKey(), v.getValue()));
    }
    JsonNode configuration = request.path("stateConfiguration");
    return new StateTest.Request(
        one.get("definition").toString(),
        request.path("stateName").textValue(),
        Payload.of(one.get("input")),
        values,
        json(request.path("context")),
        mock(request.path("mock")),
        configuration.path("retrierRetryCount").asInt(),
        configuration.path("mapIterationFailureCount").asInt(),
        configuration.path("mapItemReaderData").textValue());
  }

  private static StateTest.@Nullable Mock mock(JsonNode mock) {
    if (mock.isMissingNode()) {
      return null;
    }
    return mock.has("result")
        ? new StateTest.Mock(Payload.parse(mock.get("result").asText()), null, null)
        : new StateTest.Mock(
            null,
            mock.at("/errorOutput/error").textValue(),
            mock.at("/errorOutput/cause").textValue());
  }

  private static @Nullable JsonNode json(JsonNode text) {
    try {
      return text.isTextual() ? JSON.readTree(text.textValue()) : null;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
