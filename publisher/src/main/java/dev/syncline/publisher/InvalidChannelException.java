// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

/** A text that is not a channel; the message names the segment and the rule it breaks. */
public final class InvalidChannelException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  InvalidChannelException(String message) {
    super(message);
  }
}
