// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.eventbridge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.state.Blobs;
import dev.syncline.sim.service.state.SavedForm;
import dev.syncline.sim.service.state.ServiceState;

/**
 * The saved form of connections. A connection that is being created is not saved; one that is being
 * changed is saved in the state that its authorization has. Thread-safe.
 */
record EventBridgeState(ConnectionStore store) implements ServiceState {
  @Override
  public JsonNode save(Blobs blobs) {
    return SavedForm.PLAIN.write(
        store.all().stream()
            .filter(connection -> connection.state() != Connection.State.CREATING)
            .map(EventBridgeState::settled)
            .toList());
  }

  @Override
  public void restore(JsonNode saved, Blobs blobs) {
    for (Connection connection : SavedForm.PLAIN.read(saved, Connection[].class)) {
      store.add(connection);
    }
  }

  private static Connection settled(Connection connection) {
    if (connection.state().settled()) {
      return connection;
    }
    return connection.in(
        connection.authorization() == null
            ? Connection.State.DEAUTHORIZED
            : Connection.State.AUTHORIZED,
        connection.lastModified());
  }
}
