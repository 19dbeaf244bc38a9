// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

/** A text is not a channel, or not one that can be subscribed to. The message gives the reason. */
public final class InvalidEventChannelException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  InvalidEventChannelException(String reason) {
    super(reason);
  }

  /** Why the text was refused, for a person to read. */
  public String reason() {
    String message = getMessage();
    return message == null ? "invalid channel" : message;
  }
}
