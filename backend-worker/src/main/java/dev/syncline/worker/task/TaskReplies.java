// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.task;

import dev.syncline.worker.Job;
import dev.syncline.worker.JobOutcome;
import dev.syncline.worker.JobReplies;
import dev.syncline.worker.Progress;
import dev.syncline.worker.WorkerLog;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Answers the Step Functions task that waits for a job, with the result as the task's output or
 * with the failure. A task that no longer waits is logged and counts as answered, because a retry
 * cannot succeed. Thread-safe.
 */
public record TaskReplies(Tasks tasks, WorkerLog log) implements JobReplies {
  /** The service's limit of an output in UTF-8: 256 KiB. */
  public static final int MAX_OUTPUT_BYTES = 262_144;

  // The service's limits of SendTaskFailure.
  private static final int MAX_ERROR_CHARS = 256;

  @Override
  public JobOutcome answer(Job job, JobOutcome outcome) {
    String token = job.taskToken();
    if (token == null) {
      throw new IllegalStateException(job + " has no task to answer to");
    }
    JobOutcome told = fitting(outcome);
    boolean waits =
        switch (told) {
          case JobOutcome.Completed completed -> tasks.succeed(token, completed.result());
          case JobOutcome.Failed failed ->
              tasks.fail(token, shortened(failed.error()), failed.cause());
        };
    if (!waits) {
      log.warn("task no longer waits", Map.of("id", job.id(), "status", told.status()));
    }
    return told;
  }

  private static JobOutcome fitting(JobOutcome outcome) {
    if (outcome instanceof JobOutcome.Completed completed) {
      int bytes = completed.result().getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MAX_OUTPUT_BYTES) {
        return JobOutcome.Failed.tooLarge(
            "it has " + bytes + " bytes and a task's output at most " + MAX_OUTPUT_BYTES);
      }
    }
    return outcome;
  }

  private static String shortened(String error) {
    return error.length() <= MAX_ERROR_CHARS ? error : error.substring(0, MAX_ERROR_CHARS);
  }

  /** Does nothing: before its end a task gets heartbeats only. */
  @Override
  public void reportProgress(Job job, Progress progress) {}
}
