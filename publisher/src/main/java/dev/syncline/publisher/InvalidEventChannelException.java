// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

/** A text is not a channel. The message names the segment and the violated rule. */
public final class InvalidEventChannelException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  InvalidEventChannelException(String message) {
    super(message);
  }
}
