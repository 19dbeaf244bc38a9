// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import dev.syncline.sim.services.dynamodb.TableDescription.LatestStream;

/** Connects tables with their streams. Thread-safe. */
final class TableStreamSwitch {
  private final StreamSwitch streams;
  private final DynamoDbEvents events;

  TableStreamSwitch(StreamSwitch streams, DynamoDbEvents events) {
    this.streams = streams;
    this.events = events;
  }

  /** Begins a stream on a table without an enabled one. */
  void enable(Table table, String viewType) {
    StreamSwitch.Started started = streams.enable(table.description(), viewType);
    table.stream(started.listener());
    var stream = new LatestStream(started.label(), viewType);
    table.describe(before -> before.withOptions(before.options().withStream(stream)));
    events.streamEnabled(table.name(), started.label(), viewType);
  }

  /** Ends the enabled stream of a table. */
  void disable(Table table) {
    LatestStream stream = table.description().options().stream();
    if (stream == null) {
      return;
    }
    table.stream(null);
    streams.disable(table.description());
    var ended = new LatestStream(stream.label(), null);
    table.describe(before -> before.withOptions(before.options().withStream(ended)));
    events.streamDisabled(table.name(), stream.label());
  }

  /** Connects a restored table with its stream. */
  void restored(Table table) {
    if (table.description().streamViewType() != null) {
      table.stream(streams.restored(table.description()));
    }
  }
}
