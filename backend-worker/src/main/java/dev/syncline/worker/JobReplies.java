// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

/** The port through which jobs are answered. Implementations are thread-safe. */
public interface JobReplies {

  /**
   * Tells how the job ended, and returns when that is accepted.
   *
   * @return what was told, which is another outcome when this one does not fit
   * @throws RuntimeException if it was not accepted: the job must be given again
   */
  JobOutcome answer(Job job, JobOutcome outcome);

  /**
   * Tells how far the job is, once and without repetition.
   *
   * @throws RuntimeException if it was not accepted, which harms nothing
   */
  void tell(Job job, Progress progress);

  /** Answers jobs that a task waits for through {@code tasks} and all others through this. */
  default JobReplies withTasks(JobReplies tasks) {
    JobReplies channels = this;
    return new JobReplies() {
      @Override
      public JobOutcome answer(Job job, JobOutcome outcome) {
        return (job.taskToken() == null ? channels : tasks).answer(job, outcome);
      }

      @Override
      public void tell(Job job, Progress progress) {
        channels.tell(job, progress);
      }
    };
  }
}
