// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

import dev.syncline.publisher.EventChannel;
import org.jspecify.annotations.Nullable;

/**
 * What a backend is asked to do. Immutable.
 *
 * @param id the correlation id, repeated in the answer
 * @param replyTo where to publish the answer; null only with a task token and nobody to tell how
 *     the work goes
 * @param event the request body, a JSON text; null if the job has none or it is not a text, which
 *     fails the job and is answered
 * @param taskToken the Step Functions task that waits for this job and is given the answer in place
 *     of the channel; null if none does
 */
public record Job(
    String id, @Nullable EventChannel replyTo, @Nullable String event, @Nullable String taskToken) {

  /** Refuses a job that nobody could be told of. */
  public Job {
    if (replyTo == null && taskToken == null) {
      throw new IllegalArgumentException("A job has a replyTo or a taskToken");
    }
  }

  /** A job that is answered on a channel. */
  public Job(String id, EventChannel replyTo, @Nullable String event) {
    this(id, replyTo, event, null);
  }

  /** This job for the task that waits for it. */
  public Job withTaskToken(String token) {
    return new Job(id, replyTo, event, token);
  }

  /** Leaves out the event, which is the caller's data, and the token, which is a credential. */
  @Override
  public String toString() {
    return "Job[id=" + id + ", replyTo=" + replyTo + (taskToken == null ? "" : ", task") + "]";
  }
}
