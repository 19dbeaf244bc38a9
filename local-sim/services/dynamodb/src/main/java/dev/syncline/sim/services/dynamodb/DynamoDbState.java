// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.state.Blobs;
import dev.syncline.sim.service.state.SavedForm;
import dev.syncline.sim.service.state.ServiceState;
import java.util.List;

/** The saved form: tables with their features; rows are blobs. Thread-safe. */
final class DynamoDbState implements ServiceState {
  private record SavedTable(TableDescription description, TableFeatures features) {}

  private record Saved(List<SavedTable> tables) {}

  private final TableStore store;
  private final TableLifecycle lifecycle;
  private final TableStreamSwitch streams;

  DynamoDbState(TableStore store, TableLifecycle lifecycle, TableStreamSwitch streams) {
    this.store = store;
    this.lifecycle = lifecycle;
    this.streams = streams;
  }

  @Override
  public JsonNode save(Blobs blobs) {
    return SavedForm.PLAIN.write(
        new Saved(
            store.all().stream()
                .map(table -> new SavedTable(table.description(), table.features()))
                .toList()));
  }

  @Override
  public void restore(JsonNode saved, Blobs blobs) {
    for (SavedTable one : SavedForm.PLAIN.read(saved, Saved.class).tables) {
      var table = new Table(one.description, one.features);
      store.add(table);
      streams.restored(table);
    }
  }

  @Override
  public void resume() {
    store.all().forEach(lifecycle::resume);
  }
}
