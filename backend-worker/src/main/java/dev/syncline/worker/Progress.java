// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

/** The state of a job before its end. Published as an event, which is not an answer. */
public enum Progress {
  /** The job is accepted and waits. */
  PENDING,
  /** Its work has begun. */
  PROCESSING;

  /** The event to publish: {@code {"id", "status"}}. */
  public String envelope(String id) {
    return Envelope.write(id, name(), json -> {});
  }
}
