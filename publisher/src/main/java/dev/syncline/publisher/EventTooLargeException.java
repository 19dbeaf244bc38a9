// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

/** An event exceeds the service's limit. Detected before anything was sent. */
public final class EventTooLargeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final int index;
  private final long bytes;

  EventTooLargeException(int index, long bytes) {
    super(
        "Event "
            + index
            + " has "
            + bytes
            + " bytes and at most "
            + EventPublisher.MAX_EVENT_BYTES
            + " (240 KB) are allowed; nothing was sent");
    this.index = index;
    this.bytes = bytes;
  }

  /** The event's position in the list given to the publisher, from 0. */
  public int index() {
    return index;
  }

  /** Its size in UTF-8. */
  public long bytes() {
    return bytes;
  }
}
