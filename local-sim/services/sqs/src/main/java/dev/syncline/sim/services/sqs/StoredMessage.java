// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import dev.syncline.sim.kernel.ClockActivity;
import dev.syncline.sim.kernel.Timer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A message in a queue. Guarded by the queue's lock. */
final class StoredMessage {
  enum State {
    DELAYED,
    READY,
    IN_FLIGHT
  }

  final Message message;

  /** Its place in the queue. */
  final long sequence;

  State state = State.READY;
  int receives;
  @Nullable Instant firstReceived;
  @Nullable Instant lastReceived;

  /** The handle of the latest receive; an older one does nothing. */
  @Nullable String receipt;

  /** The timer that ends the delay or the invisibility. */
  @Nullable Timer timer;

  /** Held while a consumer outside the simulator, in real time, works on the message. */
  @Nullable ClockActivity consumer;

  StoredMessage(Message message, long sequence) {
    this.message = message;
    this.sequence = sequence;
  }

  /** The group that orders it; messages of standard queues have none. */
  String group() {
    return message.groupId() == null ? "" : message.groupId();
  }

  /** Cancels the timer and releases the consumer's clock activity. */
  void settle() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    if (consumer != null) {
      consumer.close();
      consumer = null;
    }
  }
}
