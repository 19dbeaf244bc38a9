// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.simulator;

import dev.syncline.sim.kernel.ClockMode;
import java.util.regex.Pattern;

/**
 * The account, the region, time and randomness of a simulator. Immutable.
 *
 * @param account the account it answers for, 12 digits
 * @param region the region it answers for
 * @param clock how time runs
 * @param seed of every random choice
 */
public record RunOptions(String account, String region, ClockMode clock, long seed) {
  private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d");

  /** Account 111111111111 in us-east-1, skipping time, seed 42. */
  public static final RunOptions DEFAULT =
      new RunOptions("111111111111", "us-east-1", new ClockMode.Skipping(), 42);

  /** Refuses invalid values, naming the setting. */
  public RunOptions {
    if (!ACCOUNT.matcher(account).matches()) {
      throw new IllegalArgumentException("account must be 12 digits, got '" + account + "'");
    }
    if (!REGION.matcher(region).matches()) {
      throw new IllegalArgumentException("region must look like us-east-1, got '" + region + "'");
    }
  }
}
