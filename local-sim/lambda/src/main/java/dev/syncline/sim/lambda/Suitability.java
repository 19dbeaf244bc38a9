// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well a function runs on this machine. Immutable.
 *
 * @param notices what differs from Lambda, for the user
 * @param refusal why it must not be created, null when it may be
 */
public record Suitability(List<String> notices, @Nullable String refusal) {
  /** As on Lambda. */
  public static final Suitability GOOD = new Suitability(List.of(), null);

  /** Copies the list. */
  public Suitability {
    notices = List.copyOf(notices);
  }
}
