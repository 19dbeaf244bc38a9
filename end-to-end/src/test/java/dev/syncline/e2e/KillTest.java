// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.Fault;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Processes killed in mid-work: what was accepted is answered, at once or at {@code Location}. That
 * work is under way when its process dies is made sure by something it waits for.
 */
@EnabledIfSystemProperty(
    named = "syncline.kill",
    matches = "true",
    disabledReason = "not yet steady on a busy machine; run it with -Dsyncline.kill=true")
@Timeout(240)
@Isolated("it kills every environment of this process")
class KillTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BRIDGE = "dev.syncline.bridge.BridgeHandler";
  private static final String QUEUE_WORKER = "dev.syncline.worker.lambda.SqsWorkerHandler";

  @TempDir Path directory;

  @Test
  void theBridgesEnvironmentKilledWhileItHoldsRequestsLosesNone() throws Exception {
    try (Deployed deployed = Deployed.start(Deployed.config(), Map.of("SnapStart", "None"))) {
      // No answer reaches this environment before it dies.
      deployed
          .simulator()
          .faults()
          .add("appsync.delivery", any -> true, 1, Integer.MAX_VALUE, new Fault.Drop());
      HttpResponse<String> accepted =
          deployed.postUntilStarted(Deployed.person("Told", "Later"), "Prefer", "respond-async");
      assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
      CompletableFuture<HttpResponse<String>> held =
          deployed.postAsync(Deployed.person("Asked", "Again"), "Idempotency-Key", "again");
      Deployed.until(() -> count(deployed, "states.ExecutionStarted") == 2);

      killAll(BRIDGE);

      assertThat(held.get().statusCode()).as(held.get().body()).isEqualTo(502);
      deployed.simulator().faults().clear();
      assertThat(deployed.atLocation(accepted)).contains("Told Later");
      HttpResponse<String> again =
          deployed.postUntilStarted(Deployed.person("Asked", "Again"), "Idempotency-Key", "again");
      assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
      assertThat(again.body()).contains("Asked Again");
      assertThat(count(deployed, "states.ExecutionStarted")).isEqualTo(2);
    }
  }

  @Test
  void theQueuesFunctionKilledInMidWorkIsGivenTheMessageAgain() throws Exception {
    try (Deployed deployed =
        Deployed.start(
            Deployed.config().withClock(new ClockMode.Real()),
            Map.of(
                "Backend",
                "sqs",
                "WorkerDelayMs",
                "0",
                "ResultBucket",
                Deployed.BUCKET,
                "SnapStart",
                "None"))) {
      // The bridge has its secret, and messages come back soon.
      assertThat(deployed.answer(deployed.postUntilStarted(Deployed.person("Warm", "Up"))))
          .contains("Up");
      ObjectNode visibility =
          JSON.createObjectNode().put("QueueUrl", deployed.output("WorkQueueUrl"));
      visibility.putObject("Attributes").put("VisibilityTimeout", "3");
      deployed.call("sqs", "SetQueueAttributes", visibility);
      killAll(QUEUE_WORKER);
      late(deployed, "GetSecretValue", Duration.ofSeconds(5));
      HttpResponse<String> accepted =
          deployed.postUntilStarted(Deployed.person("Once", "More"), "Prefer", "respond-async");
      assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
      untilItIsInHand(deployed);

      killAll(QUEUE_WORKER);
      deployed.simulator().faults().clear();

      assertThat(deployed.atLocation(accepted)).contains("Once More");
      Deployed.until(() -> deployed.depth("WorkQueueUrl") == 0);
    }
  }

  @Test
  void aQueueThatGoesAwayInMidWorkLosesNothing() throws Exception {
    try (Deployed deployed =
        Deployed.start(
            Deployed.config().withClock(new ClockMode.Real()),
            Map.of(
                "Backend",
                "sqs",
                "WorkerDelayMs",
                "0",
                "ResultBucket",
                Deployed.BUCKET,
                "SnapStart",
                "None"))) {
      deployed.disableMapping();
      HttpResponse<String> before =
          deployed.postUntilStarted(Deployed.person("In", "Queue"), "Prefer", "respond-async");
      assertThat(before.statusCode()).as(before.body()).isEqualTo(202);
      late(deployed, "GetSecretValue", Duration.ofSeconds(4));
      try (WorkerProcess worker =
          WorkerProcess.start(
              deployed, Map.of("WORKER_QUEUE_URL", deployed.output("WorkQueueUrl")))) {
        untilItIsInHand(deployed);
        theQueueIsAway(deployed);

        HttpResponse<String> meanwhile =
            deployed.post(
                Deployed.person("Not", "Taken"), "Idempotency-Key", "k", "Prefer", "wait=5");
        assertThat(meanwhile.statusCode()).as(meanwhile.body()).isIn(502, 503);
        // What the worker had is answered, though it cannot tell the queue.
        assertThat(deployed.atLocation(before)).contains("In Queue");

        deployed.simulator().faults().clear();
        HttpResponse<String> repeated =
            deployed.postUntilStarted(Deployed.person("Not", "Taken"), "Idempotency-Key", "k");
        assertThat(deployed.answer(repeated)).contains("Not Taken");
        Deployed.until(() -> deployed.depth("WorkQueueUrl") == 0);
        assertThat(worker.log()).doesNotContain("stopped");
      }
    }
  }

  @Test
  void anHttpWorkerKilledInMidWorkIsFollowedByOneWithItsDirectory() throws Exception {
    int port = freePort();
    String jobs = "http://127.0.0.1:" + port + "/jobs";
    try (Deployed deployed =
        Deployed.start(
            Deployed.config().withClock(new ClockMode.Real()),
            Map.of(
                "Backend",
                "http",
                "WorkerUrl",
                jobs,
                "WorkerStatusUrl",
                jobs + "/{id}",
                "SnapStart",
                "None"))) {
      Map<String, String> worker =
          Map.of(
              "WORKER_HTTP_PORT",
              String.valueOf(port),
              "WORKER_HTTP_DIRECTORY",
              directory.toString());
      HttpResponse<String> accepted;
      CompletableFuture<HttpResponse<String>> held;
      try (WorkerProcess killed = WorkerProcess.start(deployed, worker)) {
        Deployed.until(() -> killed.log().contains("started"));
        // The bridge has its secret.
        assertThat(deployed.answer(deployed.postUntilStarted(Deployed.person("Warm", "Up"))))
            .contains("Up");
        killed.kill();
      }
      try (WorkerProcess killed = WorkerProcess.start(deployed, worker)) {
        Deployed.until(() -> killed.log().contains("started"));
        // Of these two, only the worker has to do with the bucket.
        late(deployed, "PutObject", Duration.ofMinutes(5));
        accepted =
            deployed.postUntilStarted(Deployed.person("Kept", "Safe"), "Prefer", "respond-async");
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        held = deployed.postAsync(Deployed.person("Still", "Held"));
        Deployed.until(() -> filesIn(directory) == 2);
        killed.kill();
        deployed.simulator().faults().clear();
      }
      try (WorkerProcess unused = WorkerProcess.start(deployed, worker)) {
        // It knows of both only once it has begun them again.
        Deployed.until(() -> filesIn(directory) == 0);
        // Killed before it could confirm the job, it leaves the caller in doubt: with a Location.
        HttpResponse<String> told = held.get();
        assertThat(told.statusCode() == 200 ? told.body() : deployed.atLocation(told))
            .contains("Still Held");
        assertThat(deployed.atLocation(accepted)).contains("Kept Safe");
        Deployed.until(() -> filesIn(directory) == 0);
      }
    }
  }

  private static long filesIn(Path directory) throws Exception {
    try (var files = Files.list(directory)) {
      return files.count();
    }
  }

  private static List<ProcessHandle> processes(String handler) {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().commandLine().orElse("").contains(handler))
        .toList();
  }

  /** SIGKILL for every environment of this handler; returns when they are gone. */
  private static void killAll(String handler) throws Exception {
    Deployed.until(() -> !processes(handler).isEmpty());
    List<ProcessHandle> found = processes(handler);
    found.forEach(ProcessHandle::destroyForcibly);
    Deployed.until(() -> found.stream().noneMatch(ProcessHandle::isAlive));
  }

  /** From now on whoever asks for this waits so long for the answer. */
  private static void late(Deployed deployed, String operation, Duration delay) {
    deployed
        .simulator()
        .faults()
        .add(
            "call",
            details -> operation.equals(details.get("operation")),
            1,
            Integer.MAX_VALUE,
            new Fault.Delay(delay));
  }

  /** A worker has the message, or, on a machine that stood still meanwhile, has done with it. */
  private static void untilItIsInHand(Deployed deployed) throws Exception {
    Deployed.until(
        () -> deployed.inFlight("WorkQueueUrl") == 1 || deployed.depth("WorkQueueUrl") == 0);
  }

  private static void theQueueIsAway(Deployed deployed) {
    deployed
        .simulator()
        .faults()
        .add(
            "call",
            details -> "sqs".equals(details.get("service")),
            1,
            Integer.MAX_VALUE,
            new Fault.Refuse(503, "ServiceUnavailable", "away"));
  }

  private static long count(Deployed deployed, String type) {
    return deployed.simulator().journal().select(entry -> entry.event().type().equals(type)).size();
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
