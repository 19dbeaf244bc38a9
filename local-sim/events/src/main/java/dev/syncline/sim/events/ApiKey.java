// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key of an API. Immutable.
 *
 * @param id the key itself: AppSync shows it as the id, and clients send it
 * @param description free text, null when none was given
 * @param expires from this instant on the key is refused
 */
public record ApiKey(String id, @Nullable String description, Instant expires) {
  /** How long an expired key is still listed. */
  public static final Duration KEPT_AFTER_EXPIRY = Duration.ofDays(60);

  /** From this instant on the key does not exist any more. */
  public Instant deletes() {
    return expires.plus(KEPT_AFTER_EXPIRY);
  }

  /** Whether it is valid at {@code now}. */
  public boolean valid(Instant now) {
    return now.isBefore(expires);
  }

  @Override
  public String toString() {
    return "ApiKey[expires=" + expires + "]";
  }
}
