// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.settings;

/**
 * The two generations of DynamoDB's validation messages. AWS moved its regions to the new one from
 * June to October 2026.
 */
public enum Wording {
  /** Most faults of PutItem and UpdateItem begin with {@code 1 validation error detected: }. */
  NEW,
  /** The messages until June 2026. */
  CLASSIC
}
