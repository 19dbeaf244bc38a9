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

  /** The error of an update whose event is not the workflow's. */
  String OTHER_EVENT = "OtherEvent";

  /** The name of {@link #answer}. */
  String ANSWER = "answer";

  /** Waits, works, answers. */
  @WorkflowMethod(name = TYPE)
  JobResult run(JobRequest request);

  /**
   * Waits for the job and gives its end: what Update-with-Start calls, so that starting the work
   * and waiting for its answer is one request, and no channel is needed.
   *
   * @param eventDigest {@link EventDigest#of} of the caller's event, which must be the workflow's
   */
  @UpdateMethod(name = ANSWER)
  JobResult answer(String eventDigest);

  /** Refuses a caller with another event before anything of it is written down. */
  @UpdateValidatorMethod(updateName = ANSWER)
  void checkEvent(String eventDigest);

  /** How the job goes: PENDING, PROCESSING, COMPLETED or FAILED. */
  @QueryMethod
  String status();
}
