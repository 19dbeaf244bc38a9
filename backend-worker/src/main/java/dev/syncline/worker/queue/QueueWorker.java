// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.queue;

import dev.syncline.work.Sleeper;
import dev.syncline.worker.Heartbeat;
import dev.syncline.worker.WorkerLog;
import dev.syncline.worker.host.PollLoop;
import dev.syncline.worker.host.WorkerHost;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A process that polls a queue. While a job runs, its message's visibility timeout is extended. A
 * failed job is redelivered after a pause that doubles, until the queue's redrive policy moves it
 * to the dead-letter queue. A killed process deletes nothing, so its messages are redelivered to
 * another one. Thread-safe.
 */
public final class QueueWorker implements WorkerHost {
  private final JobQueue queue;
  private final JobMessageHandler jobs;
  private final Duration wait;
  private final Duration visibility;
  private final Sleeper sleeper;
  private final WorkerLog log;
  private final PollLoop<JobMessage> loop;

  /**
   * Creates a worker; {@link #start} starts it.
   *
   * @param concurrency the maximum number of concurrent jobs
   * @param wait how long one poll waits
   * @param visibility the visibility timeout, which is extended after each third of it
   */
  public QueueWorker(
      JobQueue queue,
      JobMessageHandler jobs,
      int concurrency,
      Duration wait,
      Duration visibility,
      Sleeper sleeper,
      RandomGenerator random,
      WorkerLog log) {
    this.queue = queue;
    this.jobs = jobs;
    this.wait = wait;
    this.visibility = visibility;
    this.sleeper = sleeper;
    this.log = log;
    this.loop =
        new PollLoop<>(
            "queue", new Messages(), concurrency, JobQueue.MAX_BATCH, sleeper, random, log);
  }

  @Override
  public void start() {
    loop.start();
  }

  @Override
  public void drain(Duration time) throws InterruptedException {
    loop.drain(time);
  }

  @Override
  public void close() {
    queue.close();
  }

  private final class Messages implements PollLoop.Source<JobMessage> {
    @Override
    public List<JobMessage> poll(int room) {
      return queue.receive(room, wait, visibility);
    }

    @Override
    public void handle(JobMessage message) throws InterruptedException {
      JobMessageHandler.Verdict verdict;
      try (Heartbeat beating =
          Heartbeat.start("queue", visibility.dividedBy(3), sleeper, () -> extend(message))) {
        verdict = jobs.handle(queue, message);
      }
      switch (verdict) {
        case DONE -> queue.delete(message);
        case FAILED -> queue.hide(message, JobMessageHandler.backoff(message));
        case WAITS -> {
          // The message is hidden for the remaining delay.
        }
      }
    }

    private boolean extend(JobMessage message) {
      try {
        queue.hide(message, visibility);
      } catch (RuntimeException e) {
        // The next heartbeat is sent before the message becomes visible.
        log.warn(
            "message not extended",
            Map.of("messageId", message.messageId(), "detail", String.valueOf(e)));
      }
      return true;
    }

    @Override
    public void putBack(JobMessage message) {
      queue.hide(message, Duration.ZERO);
    }
  }
}
