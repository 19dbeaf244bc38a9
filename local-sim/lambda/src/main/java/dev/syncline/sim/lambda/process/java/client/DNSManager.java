// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process.java.client;

/**
 * In place of the class that empties the C library's cache of addresses before a snapshot. A
 * process that waits for its restore keeps its cache, so there is nothing to empty.
 */
final class DNSManager {
  private DNSManager() {}

  /** Does nothing. */
  static void clearCache() {}
}
