// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import java.time.Duration;
import java.util.Locale;

/** How virtual time relates to real time. */
public sealed interface ClockMode {

  /** Virtual time is real time. */
  record Real() implements ClockMode {}

  /**
   * Virtual time runs {@code factor} times as fast as real time.
   *
   * @param factor greater than 0 and at most 1,000,000, for example 10 for a Wait of 10 s to take 1
   *     s
   */
  record Scaled(double factor) implements ClockMode {
    /** Refuses a factor out of range. */
    public Scaled {
      if (!(factor > 0) || factor > 1_000_000) {
        throw new IllegalArgumentException(
            "time factor must be greater than 0 and at most 1000000, got " + factor);
      }
    }
  }

  /**
   * Virtual time jumps to the next timer once nothing is running.
   *
   * @param settle how long the simulator must have been idle, in real time, before the clock jumps
   *     to a limit; set a longer time if threads compute without a {@link ClockActivity}
   */
  record Skipping(Duration settle) implements ClockMode {
    /** Refuses a time that is not positive. */
    public Skipping {
      if (settle.isNegative() || settle.isZero()) {
        throw new IllegalArgumentException("settle must be longer than 0, got " + settle);
      }
    }

    /** With {@link SimClock#DEFAULT_SETTLE}. */
    public Skipping() {
      this(SimClock.DEFAULT_SETTLE);
    }
  }

  /** Virtual time moves only by {@link SimClock#advance}. */
  record Manual() implements ClockMode {}

  /** How long the simulator must have been idle before a skipping clock jumps to a limit. */
  default Duration settleTime() {
    return this instanceof Skipping skips ? skips.settle() : SimClock.DEFAULT_SETTLE;
  }

  /**
   * Parses {@code real}, {@code skip}, {@code manual} or {@code x<factor>}.
   *
   * @throws IllegalArgumentException for anything else; the message lists what is accepted
   */
  static ClockMode parse(String text) {
    String value = text.toLowerCase(Locale.ROOT);
    switch (value) {
      case "real":
        return new Real();
      case "skip":
        return new Skipping();
      case "manual":
        return new Manual();
      default:
        if (value.startsWith("x")) {
          try {
            return new Scaled(Double.parseDouble(value.substring(1)));
          } catch (NumberFormatException notANumber) {
            // falls through to the one error below
          }
        }
        throw new IllegalArgumentException(
            "time must be real, skip, manual or x<factor> such as x10, got '" + text + "'");
    }
  }
}
