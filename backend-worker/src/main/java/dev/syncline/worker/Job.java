// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

import dev.syncline.publisher.Channel;
import org.jspecify.annotations.Nullable;

/**
 * What a backend is asked to do.
 *
 * @param id the correlation id, repeated in the answer
 * @param replyTo where to publish the answer
 * @param event the request body, a JSON text; null if the job has none or it is not a text, which
 *     fails the job and is answered
 */
public record Job(String id, Channel replyTo, @Nullable String event) {
  /** Leaves the event out: it is the caller's data and not for logs. */
  @Override
  public String toString() {
    return "Job[id=" + id + ", replyTo=" + replyTo + "]";
  }
}
