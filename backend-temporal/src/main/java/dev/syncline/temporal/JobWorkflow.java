// SPDX-License-Identifier: Apache-2.0
package dev.syncline.temporal;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * One job. The workflow's id is the job's correlation id, so starting it twice gives one workflow.
 */
@WorkflowInterface
public interface JobWorkflow {
  /** The workflow's type. */
  String TYPE = "SynclineJob";

  /** The error of an update for another event. */
  String OTHER_EVENT = "OtherEvent";

  /** The name of {@link #answer}. */
  String ANSWER = "answer";

  /** Waits, works, answers. */
  @WorkflowMethod(name = TYPE)
  JobResult run(JobRequest request);

  /**
   * Waits for the job and returns its outcome. Update-with-Start calls it, so that one request
   * starts the work and waits for its answer, without a channel.
   *
   * @param eventDigest {@link EventDigest#of} of the caller's event, which must be the workflow's
   */
  @UpdateMethod(name = ANSWER)
  JobResult answer(String eventDigest);

  /** Refuses an update for another event before it is written to the history. */
  @UpdateValidatorMethod(updateName = ANSWER)
  void checkEvent(String eventDigest);

  /** The job's state: PENDING, PROCESSING, COMPLETED or FAILED. */
  @QueryMethod
  String status();
}
