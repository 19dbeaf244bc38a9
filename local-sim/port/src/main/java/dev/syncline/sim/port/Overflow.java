// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import java.util.Locale;
import java.util.Optional;

/** What becomes of a frame for a WebSocket peer whose mailbox is full. */
public enum Overflow {
  /** The connection is closed with 1013, as a peer that cannot keep up is told to come back. */
  CLOSE,
  /** The oldest frame that still waits is dropped; the peer notices nothing but the gap. */
  DROP_OLDEST,
  /**
   * Whoever fans out waits until the peer has read, and all its other peers with it: a fault, for
   * seeing what a slow reader does to a server that has no mailboxes. What is sent to that one peer
   * alone, such as the answer to its own request, still closes it.
   */
  BLOCK;

  /** As it is written in options: {@code close}, {@code drop-oldest} or {@code block}. */
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
