// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.lambda;

import dev.syncline.work.Sleeper;
import dev.syncline.worker.TimeLimit;
import dev.syncline.worker.queue.JobMessage;
import dev.syncline.worker.queue.JobMessageHandler;
import dev.syncline.worker.queue.JobQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Handles the messages of one invocation within its time limit. Thread-safe. */
record MessageBatch(JobMessageHandler jobs, Sleeper sleeper) {
  /**
   * Returns the messages that must stay in the queue, in order, including those that are not done
   * in time.
   */
  List<JobMessage> handle(JobQueue queue, List<JobMessage> messages, Duration time)
      throws InterruptedException {
    AtomicReferenceArray<JobMessageHandler.Verdict> verdicts =
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
    List<JobMessage> left = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      if (verdicts.get(i) != JobMessageHandler.Verdict.DONE) {
        left.add(messages.get(i));
      }
    }
    return left;
  }

  private void inOrder(
      JobQueue queue,
      List<JobMessage> messages,
      AtomicReferenceArray<JobMessageHandler.Verdict> verdicts) {
    for (int i = 0; i < messages.size(); i++) {
      one(queue, messages, verdicts, i);
      if (verdicts.get(i) != JobMessageHandler.Verdict.DONE) {
        return;
      }
    }
  }

  private void one(
      JobQueue queue,
      List<JobMessage> messages,
      AtomicReferenceArray<JobMessageHandler.Verdict> verdicts,
      int index) {
    JobMessageHandler.Verdict verdict = JobMessageHandler.Verdict.FAILED;
    try {
      verdict = jobs.handle(queue, messages.get(index));
    } catch (InterruptedException e) {
      // The function's time is over: the message failed.
    } finally {
      verdicts.set(index, verdict);
    }
  }
}
