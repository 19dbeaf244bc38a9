// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.realtime;

/** The reply subscription failed; the message gives the reason. */
public final class SubscriptionException extends RuntimeException {

  public SubscriptionException(String message) {
    super(message, null, false, false);
  }
}
