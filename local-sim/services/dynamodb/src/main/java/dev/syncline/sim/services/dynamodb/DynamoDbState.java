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
 * The saved form: tables with their features and streams, and backups; rows are blobs. Thread-safe.
 */
final class DynamoDbState implements ServiceState {
  /**
   * A table.
   *
   * @param rows the blobs, in order
   */
  private record SavedTable(
      TableDescription description, TableFeatures features, List<String> rows) {}

  /**
   * A backup.
   *
   * @param rows a blob: for each item the number of bytes, in four bytes, and the bytes
   */
  private record SavedBackup(Backup.Details details, String rows) {}

  private record Saved(
      List<SavedTable> tables,
      List<SavedBackup> backups,
      JsonNode streams,
      List<TransactionTokens.SavedToken> tokens) {}

  private final RoomParts parts;

  DynamoDbState(RoomParts parts) {
    this.parts = parts;
  }

  @Override
  public JsonNode save(Blobs blobs) {
    return SavedForm.PLAIN.write(
        new Saved(
            parts.store().all().stream()
                .map(
                    table ->
                        new SavedTable(
                            table.description(), table.features(), table.data().save(blobs)))
                .toList(),
            parts.backups().all().stream()
                .map(
                    backup ->
                        new SavedBackup(
                            backup.details(), blobs.keep(backup, () -> joined(backup.rows()))))
                .toList(),
            parts.streams().log().saved(),
            parts.tokens().saved()));
  }

  @Override
  public void restore(JsonNode saved, Blobs blobs) {
    Saved all = SavedForm.PLAIN.read(saved, Saved.class);
    parts.streams().log().restore(all.streams);
    for (SavedTable one : all.tables) {
      var table =
          new Table(one.description, one.features, parts.streams().listener(one.description.arn()));
      table.data().restore(one.rows, blobs);
      parts.store().add(table);
    }
    parts.tokens().restore(all.tokens);
    for (SavedBackup one : all.backups) {
      parts.backups().add(new Backup(one.details, split(blobs.load(one.rows))));
    }
  }

  @Override
  public void resume() {
    for (Table table : parts.store().all()) {
      parts.lifecycle().resume(table);
      parts.expiry().resume(table);
    }
  }

  private static byte[] joined(List<byte[]> items) {
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

  private static List<byte[]> split(byte[] joined) {
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
