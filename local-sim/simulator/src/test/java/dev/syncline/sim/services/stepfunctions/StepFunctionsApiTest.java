// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.simulator.deploy.StackDeployer;
import dev.syncline.sim.simulator.deploy.StackFailedException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The API's behaviour beyond what recordings show, on a manual clock. */
class StepFunctionsApiTest extends StepFunctionsFixture {
  private static final String WAIT =
      "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":600,\"End\":true}}}";
  private static final String FAIL =
      "{\"StartAt\":\"F\",\"States\":{\"F\":{\"Type\":\"Fail\",\"Error\":\"E\"}}}";
  private static final String ACTIVITY = "arn:aws:states:us-east-1:111111111111:activity:work";

  @Test
  void anExpressExecutionIsAnsweredWithItsResultAndItsBill() {
    String machine = create("m", PASS, "EXPRESS");

    JsonNode answer = call("StartSyncExecution", input(machine).put("input", "{\"a\":1}"));

    assertThat(answer.path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(answer.path("output").asText()).isEqualTo("{\"a\":1}");
    assertThat(answer.path("executionArn").asText()).contains(":express:m:");
    assertThat(answer.at("/billingDetails/billedDurationInMilliseconds").asInt()).isEqualTo(100);
  }

  @Test
  void anExpressExecutionEndsAfterFiveMinutes() {
    String machine = create("m", WAIT, "EXPRESS");
    var answer = CompletableFuture.supplyAsync(() -> call("StartSyncExecution", input(machine)));
    while (simulator.clock().pendingTimers() < 2) {
      Thread.onSpinWait();
    }
    simulator.clock().advance(Duration.ofMinutes(5));

    assertThat(answer.join().path("status").asText()).isEqualTo("TIMED_OUT");
  }

  @Test
  void operationsOfStandardWorkflowsAreRefusedForExpressOnes() {
    String machine = create("m", PASS, "EXPRESS");
    JsonNode started = call("StartExecution", input(machine).put("name", "n"));

    assertThatThrownBy(() -> call("DescribeExecution", execution(started)))
        .hasMessage("Invalid Arn: 'Resource type not valid in this context: express'");
    assertThatThrownBy(() -> call("ListExecutions", input(machine)))
        .hasMessage("This operation is not supported by this type of state machine");
    // Never idempotent.
    assertThat(call("StartExecution", input(machine).put("name", "n"))).isNotEqualTo(started);
    assertThatThrownBy(() -> call("StartSyncExecution", input(create("s", PASS, "STANDARD"))))
        .hasMessage("This operation is not supported by this type of state machine");
  }

  @Test
  void anActivityGoesToAWorkerAndItsTokenDiesWithTheTask() {
    call("CreateActivity", Json.object().put("name", "work"));
    JsonNode started = call("StartExecution", input(create("m", activity(""), "STANDARD")));
    JsonNode task =
        call(
            "GetActivityTask", Json.object().put("activityArn", ACTIVITY).put("workerName", "bee"));
    assertThat(task.path("input").asText()).isEqualTo("{}");
    ObjectNode token = Json.object().put("taskToken", task.path("taskToken").asText());
    call("SendTaskHeartbeat", token.deepCopy());
    assertThatThrownBy(() -> call("SendTaskSuccess", token.deepCopy().put("output", "no json")))
        .hasMessageStartingWith("Invalid Output: 'Unrecognized token 'no'");
    call("SendTaskSuccess", token.deepCopy().put("output", "{\"done\":true}"));

    JsonNode described = call("DescribeExecution", execution(started));
    assertThat(described.path("output").asText()).isEqualTo("{\"done\":true}");
    assertThat(Json.write(call("GetExecutionHistory", execution(started))))
        .contains("\"activityStartedEventDetails\":{\"workerName\":\"bee\"}");
    assertThatThrownBy(() -> call("SendTaskHeartbeat", token))
        .hasMessage("Task Timed Out: 'Provided task does not exist anymore'");
    assertThatThrownBy(() -> call("SendTaskHeartbeat", Json.object().put("taskToken", "made up")))
        .hasMessage("Invalid Token: 'Invalid token'");
  }

  @Test
  void aPollEndsEmptyHandedAfterAMinute() {
    call("CreateActivity", Json.object().put("name", "work"));
    var poll =
        CompletableFuture.supplyAsync(
            () -> call("GetActivityTask", Json.object().put("activityArn", ACTIVITY)));
    while (simulator.clock().pendingTimers() < 1) {
      Thread.onSpinWait();
    }
    simulator.clock().advance(Duration.ofSeconds(60));

    assertThat(poll.join()).isEmpty();
  }

  @Test
  void aTaskThatTimesOutIsNotGivenToAWorker() {
    call("CreateActivity", Json.object().put("name", "work"));
    String machine = create("m", activity("\"TimeoutSeconds\":5,"), "STANDARD");
    JsonNode first = call("StartExecution", input(machine));
    simulator.clock().advance(Duration.ofSeconds(5));
    await(first, "FAILED");
    JsonNode second = call("StartExecution", input(machine).put("input", "{\"second\":1}"));

    JsonNode task = call("GetActivityTask", Json.object().put("activityArn", ACTIVITY));
    assertThat(task.path("input").asText()).isEqualTo("{\"second\":1}");
    assertThat(call("DescribeExecution", execution(second)).path("status").asText())
        .isEqualTo("RUNNING");
  }

  @Test
  void anAliasDividesExecutionsBetweenItsVersions() {
    String machine = create("m", PASS, "STANDARD");
    String one = publish(machine);
    call(
        "UpdateStateMachine",
        input(machine).put("definition", PASS.replace("\"End\"", "\"Comment\":\"2\",\"End\"")));
    String two = publish(machine);
    assertThat(two).isEqualTo(machine + ":2");
    ObjectNode alias = Json.object().put("name", "live");
    var routes = alias.putArray("routingConfiguration");
    routes.addObject().put("stateMachineVersionArn", one).put("weight", 50);
    routes.addObject().put("stateMachineVersionArn", two).put("weight", 50);
    String aliasArn = call("CreateStateMachineAlias", alias).path("stateMachineAliasArn").asText();

    var used = new HashSet<String>();
    for (int i = 0; i < 50; i++) {
      JsonNode described =
          call("DescribeExecution", execution(call("StartExecution", input(aliasArn))));
      assertThat(described.path("stateMachineAliasArn").asText()).isEqualTo(aliasArn);
      used.add(described.path("stateMachineVersionArn").asText());
    }

    assertThat(used).containsExactlyInAnyOrder(one, two);
    assertThatThrownBy(
            () ->
                call("DeleteStateMachineVersion", Json.object().put("stateMachineVersionArn", one)))
        .hasMessageContaining("must not be referenced by an alias")
        .hasMessageContaining("[live]");
  }

  @Test
  void aRoutingConfigurationHasToAddUp() {
    String version = publish(create("m", PASS, "STANDARD"));
    ObjectNode alias = Json.object().put("name", "live");
    alias
        .putArray("routingConfiguration")
        .addObject()
        .put("stateMachineVersionArn", version)
        .put("weight", 99);

    assertThatThrownBy(() -> call("CreateStateMachineAlias", alias))
        .hasMessage("Sum of routing configuration weights must equal 100. Received: [99]");
  }

  @Test
  void executionsAreLoggedAsTheirStateMachineAsks() {
    ObjectNode machine = machine("m", FAIL, "EXPRESS");
    ObjectNode logging =
        machine
            .putObject("loggingConfiguration")
            .put("level", "ERROR")
            .put("includeExecutionData", false);
    logging
        .putArray("destinations")
        .addObject()
        .putObject("cloudWatchLogsLogGroup")
        .put("logGroupArn", "arn:aws:logs:us-east-1:111111111111:log-group:/sfn/m:*");
    String arn = call("CreateStateMachine", machine).path("stateMachineArn").asText();
    call("StartSyncExecution", input(arn));

    JsonNode events =
        simulator
            .dispatcher()
            .call(
                "logs",
                "FilterLogEvents",
                Json.object().put("logGroupName", "/sfn/m"),
                simulator.internalCall())
            .json()
            .path("events");
    assertThat(events.findValuesAsText("message"))
        .hasSize(2)
        .allSatisfy(message -> assertThat(message).doesNotContain("\"input\""))
        .anySatisfy(message -> assertThat(message).contains("\"type\":\"ExecutionFailed\""));
  }

  @Test
  void aMapRunAndItsChildrenCanBeAskedAbout() {
    String definition =
        "{\"StartAt\":\"M\",\"States\":{\"M\":{\"Type\":\"Map\",\"Label\":\"items\",\"End\":true,"
            + "\"ItemProcessor\":{\"ProcessorConfig\":{\"Mode\":\"DISTRIBUTED\",\"ExecutionType\":"
            + "\"STANDARD\"},\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}"
            + "}}}";
    String machine = create("m", definition, "STANDARD");
    JsonNode started = call("StartExecution", input(machine).put("input", "[1,2,3]"));

    String run = call("ListMapRuns", execution(started)).at("/mapRuns/0/mapRunArn").asText();
    JsonNode described = call("DescribeMapRun", Json.object().put("mapRunArn", run));
    assertThat(described.path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(described.at("/executionCounts/succeeded").asInt()).isEqualTo(3);
    JsonNode children =
        call("ListExecutions", Json.object().put("mapRunArn", run)).path("executions");
    assertThat(children).hasSize(3);
    ObjectNode child = Json.object().put("executionArn", children.at("/0/executionArn").asText());
    assertThat(call("DescribeExecution", child.deepCopy()).path("mapRunArn").asText())
        .isEqualTo(run);
    JsonNode ofChild = call("DescribeStateMachineForExecution", child);
    assertThat(ofChild.path("label").asText()).isEqualTo("items");
    assertThat(ofChild.path("definition").asText()).startsWith("{\"ProcessorConfig\"");
    assertThatThrownBy(
            () ->
                call("UpdateMapRun", Json.object().put("mapRunArn", run).put("maxConcurrency", 1)))
        .hasMessageContaining("cannot be updated");
  }

  @Test
  void aFailedExecutionIsRedrivenOnceForOneToken() {
    JsonNode started = call("StartExecution", input(create("m", FAIL, "STANDARD")));
    ObjectNode redrive = execution(started).put("clientToken", "t");

    JsonNode first = call("RedriveExecution", redrive.deepCopy());
    assertThat(call("RedriveExecution", redrive)).isEqualTo(first);

    JsonNode described = call("DescribeExecution", execution(started));
    assertThat(described.path("redriveCount").asInt()).isEqualTo(1);
    assertThat(described.path("status").asText()).isEqualTo("FAILED");
    JsonNode other = call("StartExecution", input(create("p", PASS, "STANDARD")));
    assertThatThrownBy(() -> call("RedriveExecution", execution(other)))
        .hasMessage("Execution is SUCCEEDED and cannot be redriven");
  }

  @Test
  void dataIsLeftOutWhenOnlyMetadataIsAskedFor() {
    String machine = create("m", PASS, "STANDARD");
    JsonNode started = call("StartExecution", input(machine));

    JsonNode described =
        call("DescribeExecution", execution(started).put("includedData", "METADATA_ONLY"));
    assertThat(described.has("output")).isFalse();
    assertThat(described.at("/outputDetails/included").asBoolean()).isFalse();
    JsonNode of = call("DescribeStateMachine", input(machine).put("includedData", "METADATA_ONLY"));
    assertThat(of.path("definition").asText()).isEqualTo("{}");
    String history =
        Json.write(
            call("GetExecutionHistory", execution(started).put("includeExecutionData", false)));
    assertThat(history).contains("PassStateEntered").doesNotContain("\"input\"");
  }

  @Test
  void aStackMakesActivitiesVersionsAndAliases() throws StackFailedException {
    String template =
        """
        Resources:
          Work:
            Type: AWS::StepFunctions::Activity
            Properties: {Name: work}
          Machine:
            Type: AWS::StepFunctions::StateMachine
            Properties:
              StateMachineName: m
              RoleArn: arn:aws:iam::111111111111:role/r
              DefinitionString: '{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}'
          Version:
            Type: AWS::StepFunctions::StateMachineVersion
            Properties:
              StateMachineArn: !Ref Machine
              StateMachineRevisionId: !GetAtt Machine.StateMachineRevisionId
          Alias:
            Type: AWS::StepFunctions::StateMachineAlias
            Properties:
              Name: live
              RoutingConfiguration: [{StateMachineVersionArn: !Ref Version, Weight: 100}]
        Outputs:
          Alias: {Value: !Ref Alias}
          Activity: {Value: !GetAtt Work.Arn}
        """;
    try (var real = new SimClock(new ClockMode.Real())) {
      var outputs =
          new StackDeployer(simulator.dispatcher(), simulator.internalCall(), real)
              .create("s", template, Map.of(), line -> {});

      assertThat(outputs.get("Activity")).isEqualTo(ACTIVITY);
      JsonNode started = call("StartExecution", input(outputs.getOrDefault("Alias", "")));
      assertThat(call("DescribeExecution", execution(started)).path("status").asText())
          .isEqualTo("SUCCEEDED");
    }
  }

  private static String activity(String more) {
    return "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Task\","
        + more
        + "\"Resource\":\""
        + ACTIVITY
        + "\",\"End\":true}}}";
  }

  private static ObjectNode machine(String name, String definition, String type) {
    return machine(name, definition).put("type", type);
  }

  private String create(String name, String definition, String type) {
    return call("CreateStateMachine", machine(name, definition, type))
        .path("stateMachineArn")
        .asText();
  }

  private String publish(String machine) {
    return call("PublishStateMachineVersion", input(machine))
        .path("stateMachineVersionArn")
        .asText();
  }

  private void await(JsonNode started, String status) {
    while (!call("DescribeExecution", execution(started)).path("status").asText().equals(status)) {
      Thread.onSpinWait();
    }
  }

  private static ObjectNode input(String machine) {
    return Json.object().put("stateMachineArn", machine);
  }
}
