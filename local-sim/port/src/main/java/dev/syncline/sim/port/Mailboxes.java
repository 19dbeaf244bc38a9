// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The account of every mailbox of a port. Thread-safe. */
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

  /** Whether a mailbox that was full has been read enough for those who wait to go on. */
  boolean hasRoom(FrameQueue mailbox) {
    return mailbox.isEmpty()
        || (mailbox.frames() <= limits.frames() / 2
            && mailbox.bytes() <= limits.bytes() / 2
            && admits(mailbox, 0));
  }

  /** Takes note of bytes that came or, below zero, went. */
  void add(long more) {
    bytes.addAndGet(more);
  }

  void opened() {
    open.incrementAndGet();
  }

  void closed() {
    open.decrementAndGet();
  }

  /** What waits in all of them together. */
  long bytes() {
    return bytes.get();
  }

  /** How many there are. */
  int open() {
    return open.get();
  }
}
