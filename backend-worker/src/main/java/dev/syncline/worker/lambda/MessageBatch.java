// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.lambda;

import dev.syncline.work.Sleeper;
import dev.syncline.worker.TimeLimit;
import dev.syncline.worker.queue.JobQueue;
import dev.syncline.worker.queue.QueueMessage;
import dev.syncline.worker.queue.QueueMessageHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Handles the messages of one invocation within its time limit. Thread-safe. */
record MessageBatch(QueueMessageHandler jobs, Sleeper sleeper) {
  /**
   * Returns the messages that must stay in the queue, in order, including those that are not done
   * in time.
   */
  List<QueueMessage> handle(JobQueue queue, List<QueueMessage> messages, Duration time)
      throws InterruptedException {
    AtomicReferenceArray<QueueMessageHandler.Verdict> verdicts =
        new AtomicReferenceArray<>(messages.size());
    List<Thread> threads = new ArrayList<>();
    if (queue.isFifo()) {
      threads.add(Thread.ofVirtual().unstarted(() -> inOrder(queue, messages, verdicts)));
    } else {
      for (int i = 0; i < messages.size(); i++) {
        int index = i;
        threads.add(Thread.ofVirtual().unstarted(() -> one(queue, messages, verdicts, index)));
      }
    }
    try (TimeLimit limit =
        TimeLimit.start("batch", time, sleeper, () -> threads.forEach(Thread::interrupt))) {
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
    }
    List<QueueMessage> left = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      if (verdicts.get(i) != QueueMessageHandler.Verdict.DONE) {
        left.add(messages.get(i));
      }
    }
    return left;
  }

  private void inOrder(
      JobQueue queue,
      List<QueueMessage> messages,
      AtomicReferenceArray<QueueMessageHandler.Verdict> verdicts) {
    for (int i = 0; i < messages.size(); i++) {
      one(queue, messages, verdicts, i);
      if (verdicts.get(i) != QueueMessageHandler.Verdict.DONE) {
        return;
      }
    }
  }

  private void one(
      JobQueue queue,
      List<QueueMessage> messages,
      AtomicReferenceArray<QueueMessageHandler.Verdict> verdicts,
      int index) {
    QueueMessageHandler.Verdict verdict = QueueMessageHandler.Verdict.FAILED;
    try {
      verdict = jobs.handle(queue, messages.get(index));
    } catch (InterruptedException e) {
      // The function's time is over: the message failed.
    } finally {
      verdicts.set(index, verdict);
    }
  }
}
