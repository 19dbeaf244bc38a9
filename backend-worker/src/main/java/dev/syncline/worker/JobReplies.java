// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

/** The port through which jobs are answered. Implementations are thread-safe. */
public interface JobReplies {

  /**
   * Sends the job's outcome, and returns when it is accepted.
   *
   * @return the sent outcome, which is a failure if the given one is too large
   * @throws RuntimeException if it was not accepted: the job must be redelivered
   */
  JobOutcome answer(Job job, JobOutcome outcome);

  /**
   * Sends the job's progress, once and without retries.
   *
   * @throws RuntimeException if it was not accepted, which does not affect the job
   */
  void reportProgress(Job job, Progress progress);

  /** Answers jobs with a task token through {@code tasks}, and all others through this port. */
  default JobReplies withTasks(JobReplies tasks) {
    JobReplies channels = this;
    return new JobReplies() {
      @Override
      public JobOutcome answer(Job job, JobOutcome outcome) {
        return (job.taskToken() == null ? channels : tasks).answer(job, outcome);
      }

      @Override
      public void reportProgress(Job job, Progress progress) {
        channels.reportProgress(job, progress);
      }
    };
  }
}
