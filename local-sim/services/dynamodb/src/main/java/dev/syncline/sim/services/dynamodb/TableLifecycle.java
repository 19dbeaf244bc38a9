// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import dev.syncline.sim.kernel.SimClock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Moves tables and indexes out of {@code CREATING}, {@code UPDATING} and {@code DELETING} after the
 * activation delay. Thread-safe.
 */
final class TableLifecycle {
  private final SimClock clock;
  private final TableStore store;
  private final DynamoDbEvents events;
  private final Duration delay;

  TableLifecycle(SimClock clock, TableStore store, DynamoDbEvents events, Duration delay) {
    this.clock = clock;
    this.store = store;
    this.events = events;
    this.delay = delay;
  }

  /** Ends a creation or a change: at once without a delay. */
  void settle(Table table) {
    after(() -> activate(table));
  }

  /** Ends a deletion: at once without a delay. */
  void delete(Table table) {
    after(
        () -> {
          store.remove(table);
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
      clock.schedule(delay, step);
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
    var attributes = new LinkedHashMap<>(table.attributes());
    attributes.keySet().removeIf(name -> !isKey(name, table, indexes));
    return table.withStatus(TableDescription.ACTIVE).withIndexes(attributes, indexes);
  }

  private static boolean isKey(String name, TableDescription table, List<TableIndex> indexes) {
    return table.key().has(name)
        || indexes.stream().anyMatch(index -> index.schema().key().has(name));
  }
}
