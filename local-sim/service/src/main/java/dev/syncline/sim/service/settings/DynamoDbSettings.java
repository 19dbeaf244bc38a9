// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.settings;

import java.time.Duration;

/**
 * Behaviours of DynamoDB that differ by region and load on AWS. Times are on the simulator's clock.
 * Immutable.
 *
 * @param wording the generation of validation messages
 * @param activationDelay how long a table or index stays in {@code CREATING} or {@code UPDATING},
 *     and a deleted one in {@code DELETING}; 0 for at once
 * @param expiryDelay how long an expired item stays readable before TTL deletes it
 * @param streamDelay how long a stream record stays invisible after its write
 */
public record DynamoDbSettings(
    Wording wording, Duration activationDelay, Duration expiryDelay, Duration streamDelay) {
  /** The new wording, and no delay. */
  public static final DynamoDbSettings DEFAULT =
      new DynamoDbSettings(Wording.NEW, Duration.ZERO, Duration.ZERO, Duration.ZERO);

  /**
   * Checks the times.
   *
   * @throws IllegalArgumentException naming the negative one
   */
  public DynamoDbSettings {
    requireNotNegative("activationDelay", activationDelay);
    requireNotNegative("expiryDelay", expiryDelay);
    requireNotNegative("streamDelay", streamDelay);
  }

  private static void requireNotNegative(String name, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(name + " must be 0 or more, not " + value);
    }
  }
}
