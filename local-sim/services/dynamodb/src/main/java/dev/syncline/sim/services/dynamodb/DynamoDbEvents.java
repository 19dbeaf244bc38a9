// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.JournalRecord;

/** Records what happens to tables in the journal. Thread-safe. */
record DynamoDbEvents(Journal journal) {
  /** An event of one table. */
  private sealed interface TableEvent extends JournalRecord {
    @Override
    default String source() {
      return "dynamodb";
    }
  }

  private record TableCreated(String table) implements TableEvent {}

  private record TableActive(String table) implements TableEvent {}

  private record TableDeleted(String table) implements TableEvent {}

  private record IndexCreated(String table, String index) implements TableEvent {}

  private record IndexDeleted(String table, String index) implements TableEvent {}

  private record StreamEnabled(String table, String label, String viewType) implements TableEvent {}

  private record StreamDisabled(String table, String label) implements TableEvent {}

  private record ItemsExpired(String table, int items) implements TableEvent {}

  void created(String table) {
    journal.record(new TableCreated(table));
  }

  void active(String table) {
    journal.record(new TableActive(table));
  }

  void deleted(String table) {
    journal.record(new TableDeleted(table));
  }

  void indexCreated(String table, String index) {
    journal.record(new IndexCreated(table, index));
  }

  void indexDeleted(String table, String index) {
    journal.record(new IndexDeleted(table, index));
  }

  void streamEnabled(String table, String label, String viewType) {
    journal.record(new StreamEnabled(table, label, viewType));
  }

  void streamDisabled(String table, String label) {
    journal.record(new StreamDisabled(table, label));
  }

  void expired(String table, int items) {
    journal.record(new ItemsExpired(table, items));
  }
}
