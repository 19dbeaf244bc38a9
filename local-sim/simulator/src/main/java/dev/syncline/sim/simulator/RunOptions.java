// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.simulator;

import dev.syncline.sim.kernel.ClockMode;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The account, the region, time and randomness of a simulator. Immutable.
 *
 * @param account the account it answers for, 12 digits
 * @param region the region it answers for
 * @param clock how time runs
 * @param seed of every random choice
 * @param start the time at which the clock starts; null for the present
 */
public record RunOptions(
    String account, String region, ClockMode clock, long seed, @Nullable Instant start) {
  private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d");

  /** Account 111111111111 in us-east-1, skipping time, seed 42. */
  public static final RunOptions DEFAULT =
      new RunOptions("111111111111", "us-east-1", new ClockMode.Skipping(), 42, null);

  private static final Instant MIN_START = Instant.parse("2006-01-01T00:00:00Z");
  private static final Instant MAX_START = Instant.parse("2100-01-01T00:00:00Z");

  /** Refuses invalid values, naming the setting. */
  public RunOptions {
    if (!ACCOUNT.matcher(account).matches()) {
      throw new IllegalArgumentException("account must be 12 digits, got '" + account + "'");
    }
    if (!REGION.matcher(region).matches()) {
      throw new IllegalArgumentException("region must look like us-east-1, got '" + region + "'");
    }
    if (start != null && (start.isBefore(MIN_START) || start.isAfter(MAX_START))) {
      throw new IllegalArgumentException(
          "start must be between " + MIN_START + " and " + MAX_START + ", got " + start);
    }
  }
}
