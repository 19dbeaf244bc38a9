// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.realtime;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The mutable state of one {@link ReplyConnection}. Every field is guarded by this object. */
final class LinkState {
  final ReplySubscriptions subscriptions;
  final RetryPause pause;
  @Nullable Link current;

  /** When the current link began to connect, in epoch milliseconds. */
  long connectingSince;

  /** Whether any subscription has been acknowledged yet. */
  boolean established;

  boolean closed;

  LinkState(String httpHost, RandomGenerator random) {
    this.subscriptions = new ReplySubscriptions(httpHost);
    this.pause = new RetryPause(random);
  }
}
