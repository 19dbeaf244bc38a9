// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth.state;

import dev.syncline.sim.kernel.Exclusive;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers what may be used once: the last number of each software token, and SRP's blocks. At
 * most {@link #MAX_KEYS} are remembered, and the oldest are forgotten first. Thread-safe.
 */
public final class OnceUses {
  /** How many keys are remembered. */
  public static final int MAX_KEYS = 20_000;

  private final Exclusive lock = new Exclusive();
  private final Map<String, Long> numbers = new LinkedHashMap<>();

  /**
   * Marks a number as used.
   *
   * @return whether it is greater than each that was used before for the key
   */
  public boolean use(String key, long number) {
    return lock.<Boolean>call(
        () -> {
          Long before = numbers.get(key);
          if (before != null && before >= number) {
            return false;
          }
          numbers.remove(key);
          while (numbers.size() >= MAX_KEYS) {
            numbers.remove(numbers.keySet().iterator().next());
          }
          numbers.put(key, number);
          return true;
        });
  }

  /** Forgets a key. */
  public void forget(String key) {
    lock.call(() -> numbers.remove(key));
  }
}
