// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.service.settings.FunctionExecutor;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The worker as a process that is killed, stopped, and sent invalid jobs, in real time, behind the
 * bridge. A delayed secret holds a job in progress. The tests mostly wait, so the class runs beside
 * others; its own tests share a queue and run one after another.
 */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class WorkerProcessTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ACTIVITY_STATE =
      "{\"StartAt\":\"Work\",\"States\":{\"Work\":{\"Type\":\"Task\",\"Resource\":\"%s\","
          + "\"End\":true}}}";

  @RegisterExtension
  static final SharedDeployment SHARED = new SharedDeployment(WorkerProcessTest::deploy);

  private final Deployed deployed = SHARED.get();

  private static Deployed deploy() throws Exception {
    Deployed deployed =
        Deployed.start(
            Deployed.config()
                .withClock(new ClockMode.Real())
                .withExecutor(FunctionExecutor.IN_PROCESS, 8),
            Map.of("Backend", "sqs", "WorkerDelayMs", "0", "ResultBucket", Deployed.BUCKET));
    // The bridge has its secret and its socket before any test delays secrets.
    assertThat(deployed.answer(deployed.post(Deployed.person("Warm", "Up")))).contains("Warm Up");
    deployed.disableMapping();
    return deployed;
  }

  @Test
  @Execution(ExecutionMode.SAME_THREAD)
  void aJobWhoseWorkerIsKilledIsRedoneAndAnsweredOnce() throws Exception {
    CompletableFuture<HttpResponse<String>> asked;
    try (WorkerProcess killed = onQueue()) {
      long struck = deployed.delayNextSecret(Duration.ofSeconds(30));
      asked = deployed.postAsync(Deployed.person("Killed", "Worker"));
      Deployed.until(() -> deployed.strikes() > struck);
      killed.kill();
    }
    try (WorkerProcess next = onQueue()) {
      assertThat(deployed.answer(asked.get())).contains("Killed Worker");
      Deployed.until(() -> deployed.depth("WorkQueueUrl") == 0);
      assertThat(next.log()).containsOnlyOnce("\"status\":\"COMPLETED\"");
    }
  }

  @Test
  @Execution(ExecutionMode.SAME_THREAD)
  void aWorkerThatIsToldToStopFinishesWhatItHas() throws Exception {
    try (WorkerProcess worker = onQueue()) {
      long struck = deployed.delayNextSecret(Duration.ofSeconds(3));
      var asked = deployed.postAsync(Deployed.person("Last", "Job"));
      Deployed.until(() -> deployed.strikes() > struck);
      worker.stop();
      assertThat(worker.log())
          .contains("\"message\":\"stopped\"", "\"status\":\"COMPLETED\"")
          .doesNotContain("left behind");
      assertThat(deployed.answer(asked.get())).contains("Last Job");
      assertThat(deployed.depth("WorkQueueUrl")).isZero();
    }
  }

  @Test
  @Execution(ExecutionMode.SAME_THREAD)
  void aTextThatIsNoJobIsPutAsideAndComesBackByRedrive() throws Exception {
    try (WorkerProcess worker = onQueue()) {
      deployed.call(
          "sqs",
          "SendMessage",
          JSON.createObjectNode()
              .put("QueueUrl", deployed.output("WorkQueueUrl"))
              .put("MessageBody", "poison"));
      // Others are not held up by it.
      assertThat(deployed.answer(deployed.post(Deployed.person("Not", "Poisoned"))))
          .contains("Poisoned");
      Deployed.until(() -> deployed.depth("WorkDeadLettersUrl") == 1);
      assertThat(worker.log()).contains("\"level\":\"ERROR\"");
    }
    deployed.call(
        "sqs",
        "StartMessageMoveTask",
        JSON.createObjectNode().put("SourceArn", arn("WorkDeadLettersUrl")));
    Deployed.until(
        () -> deployed.depth("WorkQueueUrl") == 1 && deployed.depth("WorkDeadLettersUrl") == 0);
    deployed.call(
        "sqs",
        "PurgeQueue",
        JSON.createObjectNode().put("QueueUrl", deployed.output("WorkQueueUrl")));
  }

  @Test
  @Execution(ExecutionMode.SAME_THREAD)
  void aWorkflowsActivityIsDoneByAProcess() throws Exception {
    String activity =
        deployed
            .call("states", "CreateActivity", JSON.createObjectNode().put("name", "names"))
            .path("activityArn")
            .asText();
    String machine =
        deployed
            .call(
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
                  deployed
                      .call(
                          "states",
                          "StartExecution",
                          JSON.createObjectNode()
                              .put("stateMachineArn", machine)
                              .put("input", job.toString()))
                      .path("executionArn")
                      .asText());
      Deployed.until(
          () ->
              !deployed
                  .call("states", "DescribeExecution", execution)
                  .path("status")
                  .asText()
                  .equals("RUNNING"));
      JsonNode ended = deployed.call("states", "DescribeExecution", execution);
      assertThat(ended.path("status").asText()).as(worker.log()).isEqualTo("SUCCEEDED");
      assertThat(JSON.readTree(ended.path("output").asText()).path("fullName").asText())
          .isEqualTo("Ada King");
    }
  }

  private WorkerProcess onQueue() throws IOException {
    return WorkerProcess.start(
        deployed, Map.of("WORKER_QUEUE_URL", deployed.output("WorkQueueUrl")));
  }

  private String arn(String queue) throws IOException {
    ObjectNode request = JSON.createObjectNode().put("QueueUrl", deployed.output(queue));
    request.putArray("AttributeNames").add("QueueArn");
    return deployed
        .call("sqs", "GetQueueAttributes", request)
        .path("Attributes")
        .path("QueueArn")
        .asText();
  }
}
