// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.kernel.FaultRule;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Processes killed in mid-work: what was accepted is answered, at once or at {@code Location}. That
 * work is under way when its process dies is made sure by something it waits for.
 */
@Timeout(240)
@Isolated("it kills every environment of this process")
class KillTest {
  private static final String BRIDGE = "dev.syncline.bridge.BridgeHandler";
  private static final String QUEUE_WORKER = "dev.syncline.worker.lambda.SqsWorkerHandler";

  @TempDir Path directory;

  @Test
  void theBridgesEnvironmentKilledWhileItHoldsRequestsLosesNone() throws Exception {
    try (Deployed deployed = Deployed.start(Deployed.config(), Map.of("SnapStart", "None"))) {
      // No answer reaches this environment before it dies.
      deployed.simulator().faults().add(FaultRule.always("appsync.delivery", new Fault.Drop()));
      HttpResponse<String> accepted =
          deployed.postUntilAccepted(Deployed.person("Told", "Later"), "later");
      assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
      CompletableFuture<HttpResponse<String>> held =
          deployed.postAsync(Deployed.person("Asked", "Again"), "Idempotency-Key", "again");
      Deployed.until(() -> count(deployed, "states.ExecutionStarted") == 2);

      killAll(BRIDGE);

      assertThat(held.get().statusCode()).as(held.get().body()).isEqualTo(502);
      deployed.simulator().faults().clear();
      assertThat(deployed.atLocation(accepted)).contains("Told Later");
      HttpResponse<String> again =
          deployed.postUntilAccepted(Deployed.person("Asked", "Again"), "again");
      assertThat(deployed.answer(again)).contains("Asked Again");
      assertThat(count(deployed, "states.ExecutionStarted")).isEqualTo(2);
    }
  }

  @Test
  void theQueuesFunctionKilledInMidWorkIsGivenTheMessageAgain() throws Exception {
    try (Deployed deployed = withQueue(new ClockMode.Skipping())) {
      long before = nothingIsPublished(deployed);
      HttpResponse<String> accepted =
          deployed.postUntilAccepted(Deployed.person("Once", "More"), "once-more");
      assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
      Deployed.until(() -> deployed.strikes() > before);

      killAll(QUEUE_WORKER);
      deployed.simulator().faults().clear();

      // No process is at work now: the time for which the message is hidden is skipped.
      Deployed.until(() -> deployed.depth("WorkQueueUrl") == 0);
      assertThat(deployed.depth("WorkDeadLettersUrl")).isZero();
      assertThat(deployed.atLocation(accepted)).contains("Once More");
    }
  }

  @Test
  void aQueueThatGoesAwayInMidWorkLosesNothing() throws Exception {
    try (Deployed deployed = withQueue(new ClockMode.Real())) {
      deployed.disableMapping();
      // A worker that cannot extend the visibility time-out receives the message repeatedly.
      deployed.keepOutOfDeadLetters("WorkQueueUrl");
      HttpResponse<String> accepted =
          deployed.postUntilAccepted(Deployed.person("In", "Queue"), "in-queue");
      assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
      long before = nothingIsPublished(deployed);
      try (WorkerProcess worker =
          WorkerProcess.start(
              deployed, Map.of("WORKER_QUEUE_URL", deployed.output("WorkQueueUrl")))) {
        Deployed.until(() -> deployed.strikes() > before);
        deployed.simulator().faults().clear();
        theQueueIsAway(deployed);

        HttpResponse<String> meanwhile =
            deployed.post(
                Deployed.person("Not", "Taken"), "Idempotency-Key", "k", "Prefer", "wait=5");
        assertThat(meanwhile.statusCode()).as(meanwhile.body()).isBetween(502, 504);
        // The worker's job is answered, although it cannot delete the message.
        assertThat(deployed.atLocation(accepted)).contains("In Queue");

        deployed.simulator().faults().clear();
        // A standard queue does not know work by its id, and its refusal may have come after it had
        // taken the message: that work may run, and is not started a second time.
        HttpResponse<String> repeated =
            deployed.post(
                Deployed.person("Not", "Taken"), "Idempotency-Key", "k", "Prefer", "respond-async");
        assertThat(repeated.statusCode()).as(repeated.body()).isIn(202, 502);
        assertThat(repeated.headers().firstValue("Location")).isPresent();
        HttpResponse<String> taken =
            deployed.postUntilAccepted(Deployed.person("Taken", "Again"), "other");
        assertThat(deployed.answer(taken)).contains("Taken Again");
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
      nothingIsPublished(deployed);
      HttpResponse<String> accepted;
      CompletableFuture<HttpResponse<String>> held;
      try (WorkerProcess killed = WorkerProcess.start(deployed, worker)) {
        Deployed.until(() -> killed.log().contains("started"));
        accepted = deployed.postUntilAccepted(Deployed.person("Kept", "Safe"), "kept-safe");
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        held = deployed.postAsync(Deployed.person("Still", "Held"), "Idempotency-Key", "held");
        Deployed.until(() -> jobsIn(directory) == 2);
        killed.kill();
        deployed.simulator().faults().clear();
      }
      try (WorkerProcess unused = WorkerProcess.start(deployed, worker)) {
        // It has both only after it started them again.
        Deployed.until(() -> jobsIn(directory) == 0);
        assertThat(deployed.atLocation(accepted)).contains("Kept Safe");
        // Killed before it could confirm the job, it leaves the caller in doubt: with a Location.
        HttpResponse<String> told = held.get();
        String answer =
            Deployed.ofTheGateway(told)
                ? deployed.answer(
                    deployed.postUntilAccepted(Deployed.person("Still", "Held"), "held"))
                : told.statusCode() == 200 ? told.body() : deployed.atLocation(told);
        assertThat(answer).contains("Still Held");
      }
    }
  }

  private static Deployed withQueue(ClockMode clock) throws Exception {
    return Deployed.start(
        Deployed.config().withClock(clock),
        Map.of(
            "Backend",
            "sqs",
            "WorkerDelayMs",
            "0",
            "ResultBucket",
            Deployed.BUCKET,
            "SnapStart",
            "None"));
  }

  /** The jobs that a worker has taken and not yet answered. */
  private static long jobsIn(Path directory) throws Exception {
    try (var files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".job")).count();
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

  /**
   * From now on a worker waits for its first publish to be accepted, longer than any function may
   * run. Returns how often faults have struck before.
   */
  private static long nothingIsPublished(Deployed deployed) {
    long before = deployed.strikes();
    deployed
        .simulator()
        .faults()
        .add(FaultRule.always("appsync.publish", new Fault.Delay(Duration.ofMinutes(10))));
    return before;
  }

  private static void theQueueIsAway(Deployed deployed) {
    deployed
        .simulator()
        .faults()
        .add(
            FaultRule.always("call", new Fault.Refuse(503, "ServiceUnavailable", "away"))
                .when("service", "sqs"));
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
