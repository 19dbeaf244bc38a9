// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

import dev.syncline.publisher.EventChannel;

/** The port through which answers leave. Implementations are thread-safe. */
@FunctionalInterface
public interface ReplyPublisher {

  /**
   * Publishes one event and returns when it is accepted.
   *
   * @throws dev.syncline.publisher.EventTooLargeException if it never will be, for its size
   * @throws RuntimeException if it was not accepted
   */
  void publish(EventChannel replyTo, String event);
}
