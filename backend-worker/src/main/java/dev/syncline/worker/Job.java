// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

import dev.syncline.publisher.Channel;
import org.jspecify.annotations.Nullable;

/**
 * The input of one job. Immutable.
 *
 * @param id the correlation id, which the answer repeats
 * @param replyTo where to publish the answer; null only with a task token and without progress
 *     events
 * @param event the request body, a JSON text; null if it is missing or not a text; the job then
 *     fails and is answered
 * @param taskToken the token of the Step Functions task that waits for this job and receives the
 *     answer instead of the channel; null without such a task
 */
public record Job(
    String id, @Nullable Channel replyTo, @Nullable String event, @Nullable String taskToken) {

  /** Refuses a job that cannot be answered. */
  public Job {
    if (replyTo == null && taskToken == null) {
      throw new IllegalArgumentException("A job has a replyTo or a taskToken");
    }
  }

  /** A job that is answered on a channel. */
  public Job(String id, Channel replyTo, @Nullable String event) {
    this(id, replyTo, event, null);
  }

  /** A copy of this job with a task token. */
  public Job withTaskToken(String token) {
    return new Job(id, replyTo, event, token);
  }

  /** Omits the event, which is the caller's data, and the token, which is a credential. */
  @Override
  public String toString() {
    return "Job[id=" + id + ", replyTo=" + replyTo + (taskToken == null ? "" : ", task") + "]";
  }
}
