// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

/** A text that is not a channel; the message names the segment and the rule it breaks. */
public final class InvalidEventChannelException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  InvalidEventChannelException(String message) {
    super(message);
  }
}
