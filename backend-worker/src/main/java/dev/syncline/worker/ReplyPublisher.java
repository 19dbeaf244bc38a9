// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

import dev.syncline.publisher.Channel;

/** The port through which events are published. Implementations are thread-safe. */
@FunctionalInterface
public interface ReplyPublisher {

  /**
   * Publishes one event and returns when it is accepted.
   *
   * @throws dev.syncline.publisher.EventTooLargeException if it is too large
   * @throws RuntimeException if it was not accepted
   */
  void publish(Channel replyTo, String event);
}
