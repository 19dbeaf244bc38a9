// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

/** A text is not a channel. The message names the segment and the violated rule. */
public final class InvalidChannelException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  InvalidChannelException(String message) {
    super(message);
  }
}
