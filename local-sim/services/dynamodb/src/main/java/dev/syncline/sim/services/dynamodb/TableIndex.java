// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import dev.syncline.sim.services.dynamodb.data.IndexSchema;

/**
 * A secondary index of a table as descriptions show it. Immutable.
 *
 * @param throughput of a global index; unused for a local one
 * @param status {@code CREATING}, {@code UPDATING}, {@code DELETING} or {@code ACTIVE}
 * @param backfilling whether it is being filled from a table that existed before it
 */
record TableIndex(IndexSchema schema, Throughput throughput, String status, boolean backfilling) {
  String name() {
    return schema.name();
  }

  TableIndex withStatus(String newStatus, boolean isBackfilling) {
    return new TableIndex(schema, throughput, newStatus, isBackfilling);
  }

  TableIndex withThroughput(Throughput newThroughput) {
    return new TableIndex(schema, newThroughput, status, backfilling);
  }
}
