// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

/**
 * A subscription of one connection. Immutable; compared by identity.
 *
 * <p>Thread-safe.
 */
public final class Subscription {
  private final String id;
  private final ChannelPattern pattern;
  private final byte[] head;

  Subscription(String id, ChannelPattern pattern) {
    this.id = id;
    this.pattern = pattern;
    this.head = DataFrame.head(id);
  }

  /** The client's name for it, unique on its connection. */
  public String id() {
    return id;
  }

  /** The channel or channels that it receives. */
  public ChannelPattern pattern() {
    return pattern;
  }

  /** The first part of its data frames; shared, callers must not change it. */
  public byte[] head() {
    return head;
  }
}
