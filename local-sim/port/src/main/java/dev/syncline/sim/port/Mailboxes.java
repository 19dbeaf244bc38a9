// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes in all mailboxes of a port. Thread-safe. */
final class Mailboxes {
  private final MailboxLimits limits;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger open = new AtomicInteger();

  Mailboxes(MailboxLimits limits) {
    this.limits = limits;
  }

  Overflow overflow() {
    return limits.overflow();
  }

  /** Whether that mailbox may take so many bytes more. */
  boolean admits(FrameQueue mailbox, int more) {
    long held = mailbox.bytes() + more;
    if (mailbox.frames() >= limits.frames() || held > limits.bytes()) {
      return false;
    }
    long half = limits.allBytes() / 2;
    return mailbox.isEmpty()
        || bytes.get() + more <= half
        || held <= half / Math.max(1, open.get());
  }

  /** Whether a mailbox that was full has room for its waiting senders. */
  boolean hasRoom(FrameQueue mailbox) {
    return mailbox.isEmpty()
        || (mailbox.frames() <= limits.frames() / 2
            && mailbox.bytes() <= limits.bytes() / 2
            && admits(mailbox, 0));
  }

  /** Adds the bytes of queued frames; a negative number for removed frames. */
  void add(long more) {
    bytes.addAndGet(more);
  }

  void opened() {
    open.incrementAndGet();
  }

  void closed() {
    open.decrementAndGet();
  }

  /** The bytes in all mailboxes together. */
  long bytes() {
    return bytes.get();
  }

  /** The number of open mailboxes. */
  int open() {
    return open.get();
  }
}
