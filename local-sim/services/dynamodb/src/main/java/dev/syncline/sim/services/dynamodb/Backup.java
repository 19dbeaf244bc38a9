// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import java.time.Instant;
import java.util.List;

/**
 * A backup of a table. Immutable.
 *
 * @param rows the canonical bytes of the items, not to be changed
 */
record Backup(Details details, List<byte[]> rows) {
  /**
   * A backup without its items.
   *
   * @param table the table as it was
   * @param features its features as they were
   */
  record Details(
      String arn,
      String name,
      Instant created,
      TableDescription table,
      TableFeatures features,
      long bytes) {}

  String arn() {
    return details.arn();
  }
}
