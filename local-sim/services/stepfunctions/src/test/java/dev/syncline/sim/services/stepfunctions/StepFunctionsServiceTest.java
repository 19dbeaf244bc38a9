// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.port.codec.CodecWireAnswers;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.contract.ConnectionCredentials;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.settings.TaskSettings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StepFunctionsServiceTest {
  private static final String WAIT =
      "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":10,\"End\":true}}}";
  private static final CallContext CALL =
      new CallContext("111111111111", "us-east-1", "request", "", new byte[0]);

  @AutoClose private final SimClock clock = new SimClock(new ClockMode.Manual());
  private final Ids ids = new Ids(1);
  private final List<String> logged = new CopyOnWriteArrayList<>();
  private final Journal journal = new Journal(clock);
  private final Dispatcher dispatcher = new Dispatcher(clock, new FaultPlan(journal, ids));

  @BeforeEach
  void register() {
    dispatcher.register(
        StepFunctionsProvider.service(
            clock,
            ids,
            journal,
            dispatcher,
            (group, stream, time, message) -> logged.add(message),
            host -> host.equals("served.example"),
            request -> HttpResponse.json(200, "{\"path\":\"" + request.rawPath() + "\"}"),
            arn ->
                new ConnectionCredentials(
                    List.of(Map.entry("x-api-key", "k")), List.of(), Map.of()),
            CALL,
            TaskSettings.DEFAULT,
            new CodecWireAnswers()));
  }

  @Test
  void theSameNameAndInputJoinsARunningExecutionAndAnotherInputDoesNot() {
    String machine = create("m", WAIT);
    String first = start(machine, "n", "{\"a\":1}");

    assertThat(start(machine, "n", "{\"a\":1}")).isEqualTo(first);
    assertThatThrownBy(() -> start(machine, "n", "{\"a\":2}"))
        .hasMessage("Execution Already Exists: '" + first + "'");
  }

  @Test
  void aStoppedExecutionKeepsItsNameAndItsReason() {
    String machine = create("m", WAIT);
    String execution = start(machine, "n", "{}");
    call(
        "StopExecution",
        Json.object().put("executionArn", execution).put("error", "E").put("cause", "C"));

    JsonNode described = describe(execution);
    assertThat(described.path("status").asText()).isEqualTo("ABORTED");
    assertThat(described.path("error").asText()).isEqualTo("E");
    assertThatThrownBy(() -> start(machine, "n", "{}")).hasMessageContaining("Already Exists");
  }

  @Test
  void unsupportedInputIsRefusedByName() {
    assertThatThrownBy(
            () ->
                create(
                    "t",
                    "{\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"Resource\":"
                        + "\"arn:aws:states:::dynamodb:putItem\",\"Parameters\":{},\"End\":true}}}"))
        .hasMessageContaining("arn:aws:states:::dynamodb:putItem at /States/T/Resource");
  }

  @Test
  void anHttpTaskReachesServedHostsAndNoOthers() {
    JsonNode served = await(start(create("ok", http("served.example", "{}")), "n", "{}"));
    assertThat(served.path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(served.path("output").asText()).contains("/p");
    JsonNode refused = await(start(create("no", http("elsewhere.example", "{}")), "n", "{}"));
    assertThat(refused.path("error").asText()).isEqualTo("States.Http.Socket");
    assertThat(refused.path("cause").asText()).contains("elsewhere.example");
  }

  @Test
  void anHttpTaskRefusesAForbiddenHeaderByName() {
    JsonNode refused =
        await(start(create("h", http("served.example", "{\"Host\":\"x\"}")), "n", "{}"));

    assertThat(refused.path("error").asText()).isEqualTo("States.Runtime");
    assertThat(refused.path("cause").asText()).contains("'Host'");
  }

  private static String http(String host, String headers) {
    return "{\"StartAt\":\"H\",\"States\":{\"H\":{\"Type\":\"Task\",\"Resource\":"
        + "\"arn:aws:states:::http:invoke\",\"Parameters\":{\"ApiEndpoint\":\"https://"
        + host
        + "/p\",\"Method\":\"POST\",\"Headers\":"
        + headers
        + ",\"Authentication\":{\"ConnectionArn\":\"arn:aws:events:us-east-1:111111111111:"
        + "connection/c/1\"}},\"End\":true}}}";
  }

  private String create(String name, String definition) {
    return call(
            "CreateStateMachine",
            Json.object()
                .put("name", name)
                .put("definition", definition)
                .put("roleArn", "arn:aws:iam::111111111111:role/r"))
        .path("stateMachineArn")
        .asText();
  }

  private String start(String machine, String name, String input) {
    return call(
            "StartExecution",
            Json.object().put("stateMachineArn", machine).put("name", name).put("input", input))
        .path("executionArn")
        .asText();
  }

  private JsonNode describe(String execution) {
    return call("DescribeExecution", Json.object().put("executionArn", execution));
  }

  /** Until it has ended: its steps run on threads of their own. */
  private JsonNode await(String execution) {
    JsonNode now = describe(execution);
    while (now.path("status").asText().equals("RUNNING")) {
      Thread.onSpinWait();
      now = describe(execution);
    }
    return now;
  }

  private JsonNode call(String operation, ObjectNode input) {
    return dispatcher.call("states", operation, input, CALL).json();
  }
}
