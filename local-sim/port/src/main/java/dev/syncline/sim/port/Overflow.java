// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import java.util.Locale;
import java.util.Optional;

/** The policy for a frame to a WebSocket peer whose mailbox is full. */
public enum Overflow {
  /** The connection is closed with 1013 (try again later). */
  CLOSE,
  /** The oldest waiting frame is dropped; the peer sees only a gap. */
  DROP_OLDEST,
  /**
   * The sender of a fan-out waits until the peer has read, and so do all other peers of it. This is
   * a fault: it shows the effect of a slow reader on a server without mailboxes. A frame to that
   * peer only, such as the answer to its own request, still closes the connection.
   */
  BLOCK;

  /** The name in options: {@code close}, {@code drop-oldest} or {@code block}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The policy with that label. */
  public static Optional<Overflow> named(String label) {
    for (Overflow policy : values()) {
      if (policy.label().equals(label)) {
        return Optional.of(policy);
      }
    }
    return Optional.empty();
  }
}
