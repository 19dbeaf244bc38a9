// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import dev.syncline.sim.kernel.SimClock;
import java.time.Duration;
import java.util.List;

/**
 * Moves tables and indexes out of {@code CREATING}, {@code UPDATING} and {@code DELETING} after the
 * activation delay. Thread-safe.
 *
 * @param changed is called after a change that no operation has made
 */
record TableLifecycle(
    SimClock clock,
    TableStore store,
    TableExpiry expiry,
    DynamoDbEvents events,
    Duration delay,
    Runnable changed) {
  /** Ends a creation or a change: at once without a delay. */
  void settle(Table table) {
    after(() -> activate(table));
  }

  /** Ends a deletion: at once without a delay. */
  void delete(Table table) {
    after(
        () -> {
          store.remove(table);
          expiry.stop(table);
          events.deleted(table.name());
        });
  }

  /** Takes up what was under way when the state was saved. */
  void resume(Table table) {
    switch (table.description().status()) {
      case TableDescription.DELETING -> delete(table);
      case TableDescription.ACTIVE -> {}
      default -> settle(table);
    }
  }

  private void after(Runnable step) {
    if (delay.isZero()) {
      step.run();
    } else {
      clock.schedule(
          delay,
          () -> {
            step.run();
            changed.run();
          });
    }
  }

  private void activate(Table table) {
    if (table.description().status().equals(TableDescription.DELETING)) {
      return;
    }
    for (TableIndex index : table.description().indexes()) {
      if (index.status().equals(TableDescription.DELETING)) {
        events.indexDeleted(table.name(), index.name());
      } else if (index.backfilling()) {
        events.indexCreated(table.name(), index.name());
      }
    }
    table.describe(TableLifecycle::settled);
    events.active(table.name());
  }

  private static TableDescription settled(TableDescription table) {
    List<TableIndex> indexes =
        table.indexes().stream()
            .filter(index -> !index.status().equals(TableDescription.DELETING))
            .map(index -> index.withStatus(TableDescription.ACTIVE, false))
            .toList();
    return table
        .withStatus(TableDescription.ACTIVE)
        .withIndexes(table.attributes(), indexes)
        .withUsedAttributes();
  }
}
