// SPDX-License-Identifier: Apache-2.0
package dev.syncline.temporal;

import org.jspecify.annotations.Nullable;

/**
 * What a workflow is started with. Immutable; part of the workflow's history, so its fields stay as
 * they are.
 *
 * @param id the correlation id, which is the workflow's id too
 * @param replyTo the channel to answer on; null if whoever started it waits for the workflow itself
 * @param event the request's body, a JSON text
 */
public record JobRequest(String id, @Nullable String replyTo, String event) {
  /** Leaves the event out: it is the caller's data and not for logs. */
  @Override
  public String toString() {
    return "JobRequest[id=" + id + ", replyTo=" + replyTo + "]";
  }
}
