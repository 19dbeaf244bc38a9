// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole deployment is found again by the next process, however the one before ended. */
@Timeout(600)
class DataTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PAUSE_NANOS = 50_000_000;
  private static final String PERSON = Deployed.person("Ada", "Lovelace");

  @TempDir Path scratch;

  @Test
  void aProcessThatWasKilledOrStoppedIsFollowedByOneThatHasEverything() throws Exception {
    String data = scratch.resolve("data").toString();
    String path;
    JsonNode machines;
    JsonNode execution;
    String executionArn;
    try (CommandLine first = deploy(data)) {
      path = first.path("POST");
      String id = fullName(first.post(path, PERSON));
      first.call("sqs", "AmazonSQS.CreateQueue", "{\"QueueName\":\"mine\"}");
      send(first, "accepted");
      machines = first.call("states", "AWSStepFunctions.ListStateMachines", "{}");
      executionArn =
          machines
                  .at("/stateMachines/0/stateMachineArn")
                  .asText()
                  .replace(":stateMachine:", ":execution:")
              + ":"
              + id;
      execution = ended(first, executionArn);
      first.untilSaved();
      first.kill();
    }

    try (CommandLine second = deploy(data)) {
      assertThat(second.path("POST")).isEqualTo(path);
      assertThat(second.status().at("/stacks/0/status").asText()).isEqualTo("CREATE_COMPLETE");
      assertThat(second.call("states", "AWSStepFunctions.ListStateMachines", "{}"))
          .isEqualTo(machines);
      assertThat(ended(second, executionArn)).isEqualTo(execution);
      fullName(second.post(path, PERSON));
      send(second, "just before the end");
      assertThat(second.stop()).isZero();
    }

    try (CommandLine third = CommandLine.up(work(), "--empty", "--data", data, "--time", "skip")) {
      fullName(third.post(path, PERSON));
      assertThat(bodies(third)).containsExactly("accepted", "just before the end");
    }
  }

  @Test
  void anObjectThatIsSavedSurvivesAKillAndIsNamedWhenItIsDamaged() throws Exception {
    Path data = scratch.resolve("data");
    String[] arguments = {"--empty", "--data", data.toString(), "--time", "skip"};
    try (CommandLine first = CommandLine.up(work(), arguments)) {
      assertThat(first.s3("PUT", "/bbb", "").statusCode()).isEqualTo(200);
      assertThat(first.s3("PUT", "/bbb/precious", "of value").statusCode()).isEqualTo(200);
      assertThat(first.s3("PUT", "/bbb/other", "something").statusCode()).isEqualTo(200);
      first.untilSaved();
      first.kill();
    }
    try (CommandLine second = CommandLine.up(work(), arguments)) {
      assertThat(second.s3("GET", "/bbb/precious", "").body()).isEqualTo("of value");
      second.kill();
    }
    try (var blobs = Files.list(data.resolve("blobs"))) {
      for (Path blob : blobs.toList()) {
        if (Files.size(blob) == "of value".length()) {
          Files.write(blob, new byte[0]);
        }
      }
    }

    assertThatThrownBy(() -> CommandLine.up(work(), arguments).close())
        .hasStackTraceContaining("the object 'precious' of bucket 'bbb'")
        .hasStackTraceContaining("--skip-damaged");

    try (CommandLine third =
        CommandLine.up(
            work(), "--empty", "--data", data.toString(), "--time", "skip", "--skip-damaged")) {
      assertThat(third.s3("GET", "/bbb/precious", "").statusCode()).isEqualTo(404);
      assertThat(third.s3("GET", "/bbb/other", "").body()).isEqualTo("something");
    }
    assertThat(data.resolve("damaged")).isNotEmptyDirectory();
  }

  @Test
  void everyListIsTheSameAfterwardsAndWorkContinues() throws Exception {
    SimulatorConfig config =
        SimulatorConfig.defaults(scratch.resolve("work"))
            .withPort(0, -1)
            .withProactive(false)
            .withData(scratch.resolve("data"));
    List<String> before;
    Map<String, String> outputs;
    try (Deployed deployed =
        Deployed.start(config, Map.of("Backend", "sqs", "ResultBucket", Deployed.BUCKET))) {
      assertThat(deployed.post(PERSON).statusCode()).isEqualTo(200);
      outputs = deployed.outputs();
      untilTheBatchIsDone(deployed.simulator());
      before = everything(deployed.simulator());
    }

    try (Deployed again = Deployed.around(Simulator.start(config), outputs)) {
      assertThat(everything(again.simulator())).isEqualTo(before);
      HttpResponse<String> answer = again.post(PERSON);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(Deployed.json(answer).path("fullName").asText()).isEqualTo("Ada Lovelace");
    }

    try (Simulator empty = Simulator.start(config.withData(null))) {
      assertThat(Emptiness.leftovers(empty)).isEmpty();
    }
  }

  private CommandLine deploy(String data) throws Exception {
    return CommandLine.up(
        work(),
        "--data",
        data,
        "--template",
        Repository.path("cloudformation/template.yaml").toString(),
        "--upload",
        "bridge-lambda.jar=" + Repository.path("bridge-lambda/target/bridge-lambda.jar"),
        "--upload",
        "workflow.asl.json=" + Repository.path("cloudformation/workflow.asl.json"),
        "--time",
        "skip");
  }

  private Path work() {
    return scratch.resolve("work");
  }

  /** Checks the answer; gives the request's id. */
  private static String fullName(HttpResponse<String> answer) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode body = JSON.readTree(answer.body());
    assertThat(body.path("fullName").asText()).isEqualTo("Ada Lovelace");
    return body.path("id").asText();
  }

  /** The execution once it has ended: the client has its answer a little earlier. */
  private static JsonNode ended(CommandLine running, String executionArn) throws Exception {
    while (true) {
      JsonNode execution =
          running.call(
              "states",
              "AWSStepFunctions.DescribeExecution",
              JSON.createObjectNode().put("executionArn", executionArn).toString());
      if (!execution.path("status").asText().equals("RUNNING")) {
        return execution;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static ObjectNode queue() {
    return JSON.createObjectNode().put("QueueUrl", "http://localhost/111111111111/mine");
  }

  private static void send(CommandLine running, String body) throws Exception {
    running.call("sqs", "AmazonSQS.SendMessage", queue().put("MessageBody", body).toString());
  }

  private static List<String> bodies(CommandLine running) throws Exception {
    var bodies = new ArrayList<String>();
    running
        .call("sqs", "AmazonSQS.ReceiveMessage", queue().put("MaxNumberOfMessages", 10).toString())
        .path("Messages")
        .forEach(message -> bodies.add(message.path("Body").asText()));
    return bodies;
  }

  /** The client has its answer before the worker's mapping has heard of it. */
  private static void untilTheBatchIsDone(Simulator simulator) {
    while (!simulator
        .dispatcher()
        .call(
            "lambda", "ListEventSourceMappings", JSON.createObjectNode(), simulator.internalCall())
        .json()
        .at("/EventSourceMappings/0/LastProcessingResult")
        .asText()
        .equals("OK")) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Every list but for the port, and for how much functions wrote when they were ended. */
  private static List<String> everything(Simulator simulator) {
    return Emptiness.leftovers(simulator).stream()
        .map(item -> item.replaceAll("127\\.0\\.0\\.1:\\d+", "here"))
        .map(item -> item.replaceAll("\"storedBytes\":\\d+,", ""))
        .toList();
  }
}
