// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.queue;

import dev.syncline.worker.Job;
import dev.syncline.worker.JobOutcome;
import dev.syncline.worker.JobReplies;
import dev.syncline.worker.Progress;
import java.util.List;

/** Refuses the first answer and accepts every later one. */
final class FailingOnce implements JobReplies {
  private final List<String> answered;

  FailingOnce(List<String> answered) {
    this.answered = answered;
  }

  @Override
  public JobOutcome answer(Job job, JobOutcome outcome) {
    String result = outcome instanceof JobOutcome.Completed completed ? completed.result() : "";
    if (answered.isEmpty()) {
      answered.add("refused " + result);
      throw new IllegalStateException("no way out");
    }
    answered.add(result);
    return outcome;
  }

  @Override
  public void reportProgress(Job job, Progress progress) {}
}
