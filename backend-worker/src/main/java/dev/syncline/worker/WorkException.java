// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

import org.jspecify.annotations.Nullable;

/** Work that failed; the message is the cause given in the answer. */
public final class WorkException extends Exception {
  /** The error of an invalid event. */
  public static final String INVALID_EVENT = "InvalidEvent";

  private static final long serialVersionUID = 1L;

  private final String error;

  /** A failure with an error name for programs and a message for people. */
  public WorkException(String error, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.error = error;
  }

  /** The failure's name. */
  public String error() {
    return error;
  }

  static WorkException invalidEvent(String message) {
    return new WorkException(INVALID_EVENT, message, null);
  }
}
