// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.state.Blobs;
import dev.syncline.sim.service.state.SavedForm;
import dev.syncline.sim.service.state.ServiceState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The saved form: tables with their features; the rows of a table are one blob, which is written
 * again only after a change of a row. Thread-safe.
 */
final class DynamoDbState implements ServiceState {
  /**
   * A table.
   *
   * @param rows the blob: for each item the number of bytes, in four bytes, and the bytes
   */
  private record SavedTable(TableDescription description, TableFeatures features, String rows) {}

  private record Saved(List<SavedTable> tables) {}

  private final TableStore store;
  private final TableLifecycle lifecycle;
  private final TableStreamSwitch streams;

  DynamoDbState(RoomParts parts) {
    this.store = parts.store();
    this.lifecycle = parts.lifecycle();
    this.streams = parts.streams();
  }

  @Override
  public JsonNode save(Blobs blobs) {
    return SavedForm.PLAIN.write(
        new Saved(
            store.all().stream()
                .map(
                    table ->
                        new SavedTable(
                            table.description(),
                            table.features(),
                            // The version first: rows that change meanwhile are saved again.
                            blobs.keep(table.version(), () -> joined(table.data().dump()))))
                .toList()));
  }

  @Override
  public void restore(JsonNode saved, Blobs blobs) {
    for (SavedTable one : SavedForm.PLAIN.read(saved, Saved.class).tables) {
      var table = new Table(one.description, one.features);
      String what = "the items of table '" + table.name() + "'";
      blobs.find(one.rows, what).ifPresent(rows -> table.data().load(parts(rows)));
      store.add(table);
      streams.restored(table);
    }
  }

  @Override
  public void resume() {
    store.all().forEach(lifecycle::resume);
  }

  static byte[] joined(List<byte[]> items) {
    int size = 0;
    for (byte[] item : items) {
      size = Math.addExact(size, Integer.BYTES + item.length);
    }
    ByteBuffer all = ByteBuffer.allocate(size);
    for (byte[] item : items) {
      all.putInt(item.length).put(item);
    }
    return all.array();
  }

  static List<byte[]> parts(byte[] joined) {
    ByteBuffer all = ByteBuffer.wrap(joined);
    var items = new ArrayList<byte[]>();
    while (all.hasRemaining()) {
      byte[] item = new byte[all.getInt()];
      all.get(item);
      items.add(item);
    }
    return items;
  }
}
