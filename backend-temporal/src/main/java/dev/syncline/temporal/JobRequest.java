// SPDX-License-Identifier: Apache-2.0
package dev.syncline.temporal;

import org.jspecify.annotations.Nullable;

/**
 * The input of a workflow. Immutable. It is part of the workflow's history, so its fields must not
 * change.
 *
 * @param id the correlation id, which is the workflow's id too
 * @param replyTo the channel of the answer; null if the starter waits for the workflow's result
 * @param event the request's body, a JSON text
 */
public record JobRequest(String id, @Nullable String replyTo, String event) {
  /** Omits the event, which is the caller's data and must not be logged. */
  @Override
  public String toString() {
    return "JobRequest[id=" + id + ", replyTo=" + replyTo + "]";
  }
}
