// SPDX-License-Identifier: Apache-2.0
package dev.syncline.temporal.worker;

import dev.syncline.temporal.local.ParentProcess;
import dev.syncline.worker.WorkerLog;
import dev.syncline.worker.WorkerSetting;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * The Temporal worker as a program, until SIGTERM. Exit status 2 means that its environment is
 * invalid.
 */
public final class TemporalWorkerMain {
  private TemporalWorkerMain() {}

  /** Takes no arguments; reads environment variables. */
  public static void main(String[] arguments) throws InterruptedException {
    Map<String, String> environment = System.getenv();
    WorkerLog log = WorkerLog.to(System.out, Clock.systemUTC());
    try {
      ParentProcess.follow(environment);
      Duration drain = Duration.ofMillis(WorkerSetting.WORKER_DRAIN_MS.number(environment));
      TemporalWorker worker = TemporalWorker.start(environment, log);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    log.info("stopping", Map.of("drainMs", drain.toMillis()));
                    worker.drain(drain);
                    worker.close();
                    log.info("stopped", Map.of());
                  },
                  "stop"));
    } catch (IllegalArgumentException e) {
      System.err.println("temporal-worker: " + e.getMessage());
      System.exit(2);
    }
    new CountDownLatch(1).await();
  }
}
