// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.lambda;

import dev.syncline.worker.queue.JobMessage;
import dev.syncline.worker.queue.JobQueue;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A queue that is looked up at its first use. Thread-safe. */
final class LazyJobQueue implements JobQueue {
  private final boolean fifo;
  private final Supplier<JobQueue> lookUp;
  private @Nullable JobQueue found;

  LazyJobQueue(boolean fifo, Supplier<JobQueue> lookUp) {
    this.fifo = fifo;
    this.lookUp = lookUp;
  }

  private synchronized JobQueue queue() {
    JobQueue queue = found == null ? lookUp.get() : found;
    found = queue;
    return queue;
  }

  @Override
  public boolean isFifo() {
    return fifo;
  }

  @Override
  public List<JobMessage> receive(int max, Duration wait, Duration visibility) {
    return queue().receive(max, wait, visibility);
  }

  @Override
  public void delete(JobMessage message) {
    queue().delete(message);
  }

  @Override
  public void hide(JobMessage message, Duration time) {
    queue().hide(message, time);
  }

  @Override
  public void sendAgain(JobMessage message, Duration delay, Duration stillToWait) {
    queue().sendAgain(message, delay, stillToWait);
  }
}
