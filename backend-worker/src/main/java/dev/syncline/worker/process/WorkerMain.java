// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.process;

import dev.syncline.work.Randomness;
import dev.syncline.work.Sleeper;
import dev.syncline.worker.WorkerLog;
import dev.syncline.worker.WorkerSetting;
import dev.syncline.worker.host.WorkerHost;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The worker as a program. Receives jobs from the configured sources until SIGTERM or Ctrl-C, then
 * finishes the running ones. An invalid environment causes exit status 2 and one line on standard
 * error.
 */
public final class WorkerMain {
  /** The time limit for putting jobs back and closing after the drain; then the process exits. */
  private static final Duration LAST_STEPS = Duration.ofSeconds(5);

  private WorkerMain() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws InterruptedException {
    if (arguments.length > 0) {
      System.err.println(
          "backend-worker: takes no arguments; configure it by environment variables:"
              + " docs/workers.md");
      System.exit(2);
    }
    Map<String, String> environment = System.getenv();
    WorkerLog log = WorkerLog.to(System.out, Clock.systemUTC());
    try {
      run(environment, log);
    } catch (IllegalArgumentException e) {
      System.err.println("backend-worker: " + e.getMessage());
      System.exit(2);
    }
  }

  private static void run(Map<String, String> environment, WorkerLog log)
      throws InterruptedException {
    Duration drain = Duration.ofMillis(WorkerSetting.WORKER_DRAIN_MS.number(environment));
    WorkerHosts hosts =
        WorkerHosts.fromEnvironment(
            environment, Clock.systemUTC(), Sleeper.real(), Randomness.real(), log);
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stop(hosts, drain, log);
                  ended.countDown();
                },
                "stop"));
    hosts.start();
    log.info("started", Map.of("hosts", String.join(", ", hosts.names())));
    ended.await();
  }

  /** Jobs that hang are abandoned, because the process would soon be killed. */
  private static void stop(WorkerHosts hosts, Duration drain, WorkerLog log) {
    log.info("stopping", Map.of("drainMs", drain.toMillis()));
    CountDownLatch done = new CountDownLatch(1);
    Thread.ofVirtual()
        .start(
            () -> {
              drainAll(hosts.all(), drain, log);
              hosts.close();
              done.countDown();
            });
    try {
      boolean clean = done.await(drain.plus(LAST_STEPS).toMillis(), TimeUnit.MILLISECONDS);
      log.info(clean ? "stopped" : "stopped with unfinished jobs", Map.of());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void drainAll(List<WorkerHost> hosts, Duration drain, WorkerLog log) {
    List<Thread> draining =
        hosts.stream()
            .map(
                host ->
                    Thread.ofVirtual()
                        .start(
                            () -> {
                              try {
                                host.drain(drain);
                              } catch (InterruptedException e) {
                                log.warn("drain interrupted", Map.of());
                              }
                            }))
            .toList();
    for (Thread one : draining) {
      try {
        one.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
