// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import dev.syncline.sim.events.EventChannel;
import org.jspecify.annotations.Nullable;

/** Finds the correlation id in a channel. */
final class Correlation {
  /** Shorter than common ids, longer than words in channel names. */
  private static final int MIN_LENGTH = 16;

  private Correlation() {}

  /** The last segment when it looks like an id: long, with a digit, and not the namespace. */
  static @Nullable String of(EventChannel channel) {
    String last = channel.lastSegment();
    boolean looksLikeAnId =
        last.length() >= MIN_LENGTH
            && last.length() < channel.path().length() - 1
            && last.chars().anyMatch(c -> c >= '0' && c <= '9');
    return looksLikeAnId ? last : null;
  }
}
