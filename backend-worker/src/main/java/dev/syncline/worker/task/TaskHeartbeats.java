// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.task;

import dev.syncline.work.Sleeper;
import dev.syncline.worker.Heartbeat;
import dev.syncline.worker.Job;
import dev.syncline.worker.JobOutcome;
import dev.syncline.worker.JobProcessor;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Runs jobs, and sends heartbeats to the task that waits for a job. When the task no longer waits,
 * the work is interrupted. Thread-safe.
 *
 * @param every the interval; no heartbeats if it is zero
 */
public record TaskHeartbeats(Tasks tasks, JobProcessor processor, Duration every, Sleeper sleeper) {
  /**
   * Runs a job as {@link JobProcessor#process(Job, Duration)} does.
   *
   * @return the outcome that was sent; null if the task no longer waits and the work was cancelled
   */
  public @Nullable JobOutcome process(Job job, Duration delay) throws InterruptedException {
    String token = job.taskToken();
    if (token == null || !every.isPositive()) {
      return processor.process(job, delay);
    }
    Thread worker = Thread.currentThread();
    Object ending = new Object();
    AtomicBoolean ended = new AtomicBoolean();
    AtomicBoolean unwanted = new AtomicBoolean();
    try (Heartbeat beating =
        Heartbeat.start(
            "task",
            every,
            sleeper,
            () -> {
              if (tasks.heartbeat(token)) {
                return true;
              }
              synchronized (ending) {
                if (!ended.get()) {
                  unwanted.set(true);
                  worker.interrupt();
                }
              }
              return false;
            })) {
      return processor.process(job, delay);
    } catch (InterruptedException e) {
      if (unwanted.get()) {
        return null;
      }
      throw e;
    } finally {
      synchronized (ending) {
        ended.set(true);
        if (unwanted.get()) {
          // Clear the interrupt for the thread's next calls.
          Thread.interrupted();
        }
      }
    }
  }
}
