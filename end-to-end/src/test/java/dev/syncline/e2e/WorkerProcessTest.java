// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.aws.SimulatorConfig.FunctionExecutor;
import dev.syncline.sim.aws.service.Output;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.kernel.FaultPlan;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The worker as a process that is killed, stopped and given what it cannot do, in real time, with
 * the bridge in front of it. That a job is in mid-work is made sure by a secret that comes late.
 */
@Timeout(180)
class WorkerProcessTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ACTIVITY_STATE =
      "{\"StartAt\":\"Work\",\"States\":{\"Work\":{\"Type\":\"Task\",\"Resource\":\"%s\","
          + "\"End\":true}}}";

  private static Deployed deployed;

  @BeforeAll
  static void deploy() throws Exception {
    deployed =
        Deployed.start(
            Deployed.config()
                .withClock(new ClockMode.Real())
                .withExecutor(FunctionExecutor.IN_PROCESS, 8),
            Map.of("Backend", "sqs", "WorkerDelayMs", "0", "ResultBucket", Deployed.BUCKET));
    // The bridge has its secret and its socket before any test makes secrets come late.
    assertThat(answer(deployed.post(Deployed.person("Warm", "Up")))).contains("Warm Up");
    JsonNode mappings = call("lambda", "ListEventSourceMappings", JSON.createObjectNode());
    call(
        "lambda",
        "UpdateEventSourceMapping",
        JSON.createObjectNode()
            .put("UUID", mappings.path("EventSourceMappings").path(0).path("UUID").asText())
            .put("Enabled", false));
    until(
        () ->
            call("lambda", "ListEventSourceMappings", JSON.createObjectNode())
                .path("EventSourceMappings")
                .path(0)
                .path("State")
                .asText()
                .equals("Disabled"));
  }

  @AfterAll
  static void stop() {
    if (deployed != null) {
      deployed.close();
    }
  }

  @AfterEach
  void clearFaults() {
    deployed.simulator().faults().clear();
  }

  @Test
  void aJobWhoseWorkerIsKilledIsRedoneAndAnsweredOnce() throws Exception {
    CompletableFuture<HttpResponse<String>> asked;
    try (WorkerProcess killed = onQueue()) {
      long struck = aSecretThatComesLate(Duration.ofSeconds(30));
      asked = deployed.postAsync(Deployed.person("Killed", "Worker"));
      until(() -> strikes() > struck);
      killed.kill();
    }
    try (WorkerProcess next = onQueue()) {
      assertThat(answer(asked.get())).contains("Killed Worker");
      until(() -> depth("WorkQueueUrl") == 0);
      assertThat(next.log()).containsOnlyOnce("\"status\":\"COMPLETED\"");
    }
  }

  @Test
  void aWorkerThatIsToldToStopFinishesWhatItHas() throws Exception {
    try (WorkerProcess worker = onQueue()) {
      long struck = aSecretThatComesLate(Duration.ofSeconds(3));
      var asked = deployed.postAsync(Deployed.person("Last", "Job"));
      until(() -> strikes() > struck);
      worker.stop();
      assertThat(worker.log())
          .contains("\"message\":\"stopped\"", "\"status\":\"COMPLETED\"")
          .doesNotContain("left behind");
      assertThat(answer(asked.get())).contains("Last Job");
      assertThat(depth("WorkQueueUrl")).isZero();
    }
  }

  @Test
  void aTextThatIsNoJobIsPutAsideAndComesBackByRedrive() throws Exception {
    try (WorkerProcess worker = onQueue()) {
      call(
          "sqs",
          "SendMessage",
          JSON.createObjectNode()
              .put("QueueUrl", deployed.output("WorkQueueUrl"))
              .put("MessageBody", "poison"));
      // Others are not held up by it.
      assertThat(answer(deployed.post(Deployed.person("Not", "Poisoned")))).contains("Poisoned");
      until(() -> depth("WorkDeadLettersUrl") == 1);
      assertThat(worker.log()).contains("\"level\":\"ERROR\"");
    }
    call(
        "sqs",
        "StartMessageMoveTask",
        JSON.createObjectNode().put("SourceArn", arn("WorkDeadLettersUrl")));
    until(() -> depth("WorkQueueUrl") == 1 && depth("WorkDeadLettersUrl") == 0);
    call(
        "sqs",
        "PurgeQueue",
        JSON.createObjectNode().put("QueueUrl", deployed.output("WorkQueueUrl")));
  }

  @Test
  void aWorkflowsActivityIsDoneByAProcess() throws Exception {
    String activity =
        call("states", "CreateActivity", JSON.createObjectNode().put("name", "names"))
            .path("activityArn")
            .asText();
    String machine =
        call(
                "states",
                "CreateStateMachine",
                JSON.createObjectNode()
                    .put("name", "with-activity")
                    .put("roleArn", "arn:aws:iam::111111111111:role/states")
                    .put("definition", ACTIVITY_STATE.formatted(activity)))
            .path("stateMachineArn")
            .asText();
    try (WorkerProcess worker =
        WorkerProcess.start(deployed, Map.of("WORKER_ACTIVITY_ARN", activity))) {
      ObjectNode job = JSON.createObjectNode().put("id", "exec-1");
      job.put("replyTo", "/AsyncEvents/test/exec-1").put("event", Deployed.person("Ada", "King"));
      ObjectNode execution =
          JSON.createObjectNode()
              .put(
                  "executionArn",
                  call(
                          "states",
                          "StartExecution",
                          JSON.createObjectNode()
                              .put("stateMachineArn", machine)
                              .put("input", job.toString()))
                      .path("executionArn")
                      .asText());
      until(
          () ->
              !call("states", "DescribeExecution", execution)
                  .path("status")
                  .asText()
                  .equals("RUNNING"));
      JsonNode ended = call("states", "DescribeExecution", execution);
      assertThat(ended.path("status").asText()).as(worker.log()).isEqualTo("SUCCEEDED");
      assertThat(JSON.readTree(ended.path("output").asText()).path("fullName").asText())
          .isEqualTo("Ada King");
    }
  }

  private static WorkerProcess onQueue() throws IOException {
    return WorkerProcess.start(
        deployed, Map.of("WORKER_QUEUE_URL", deployed.output("WorkQueueUrl")));
  }

  /** The next one to ask for the secret waits; returns how often faults have struck before. */
  private static long aSecretThatComesLate(Duration delay) {
    deployed
        .simulator()
        .faults()
        .add(
            "call",
            details -> "GetSecretValue".equals(details.get("operation")),
            1,
            1,
            new Fault.Delay(delay));
    return strikes();
  }

  private static long strikes() {
    return deployed
        .simulator()
        .journal()
        .select(entry -> entry.event() instanceof FaultPlan.Struck)
        .size();
  }

  private static int depth(String queue) throws IOException {
    ObjectNode request = JSON.createObjectNode().put("QueueUrl", deployed.output(queue));
    request.putArray("AttributeNames").add("All");
    JsonNode attributes = call("sqs", "GetQueueAttributes", request).path("Attributes");
    return attributes.path("ApproximateNumberOfMessages").asInt()
        + attributes.path("ApproximateNumberOfMessagesNotVisible").asInt()
        + attributes.path("ApproximateNumberOfMessagesDelayed").asInt();
  }

  private static String arn(String queue) throws IOException {
    ObjectNode request = JSON.createObjectNode().put("QueueUrl", deployed.output(queue));
    request.putArray("AttributeNames").add("QueueArn");
    return call("sqs", "GetQueueAttributes", request).path("Attributes").path("QueueArn").asText();
  }

  private static JsonNode call(String service, String operation, ObjectNode input) {
    Output output =
        deployed
            .simulator()
            .dispatcher()
            .call(service, operation, input, deployed.simulator().internalCall());
    return output.json();
  }

  /** The answer, at once or, on a slow machine, at Location. */
  private static String answer(HttpResponse<String> response) throws Exception {
    HttpResponse<String> answer = response;
    if (response.statusCode() == 202) {
      String location = response.headers().firstValue("Location").orElseThrow();
      URI at = deployed.api("/event/" + location.substring(location.lastIndexOf('/') + 1));
      do {
        answer = deployed.get(at);
      } while (answer.statusCode() == 202);
    }
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  /** The test's time-out bounds it. */
  private static void until(Callable<Boolean> condition) throws Exception {
    while (!condition.call()) {
      Thread.sleep(20);
    }
  }
}
