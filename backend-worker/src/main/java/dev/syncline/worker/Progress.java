// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

/** How far a job is before it has ended. Told to whoever listens; never an answer. */
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
