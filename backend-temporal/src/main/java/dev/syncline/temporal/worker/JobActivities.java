// SPDX-License-Identifier: Apache-2.0
package dev.syncline.temporal.worker;

import dev.syncline.temporal.JobRequest;
import dev.syncline.temporal.JobResult;
import io.temporal.activity.ActivityInterface;

/** The activities of a job. */
@ActivityInterface(namePrefix = "Syncline")
public interface JobActivities {

  /** Does the work; a failure of the work is a result. */
  JobResult work(JobRequest request);

  /** Publishes the answer to the request's channel. */
  void answer(JobRequest request, JobResult result);

  /** Publishes a status to the request's channel. */
  void tell(JobRequest request, String progress);
}
