// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.eventbridge;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The connections by name. A change replaces the snapshot that it was made from (compare and set),
 * so that no lock is held while the secret is written. Thread-safe.
 */
final class ConnectionStore {
  private final ConcurrentSkipListMap<String, Connection> connections =
      new ConcurrentSkipListMap<>();

  void add(Connection connection) {
    if (connections.putIfAbsent(connection.name(), connection) != null) {
      throw EventBridgeErrors.connectionExists(connection.name());
    }
  }

  Connection get(String name) {
    Connection connection = connections.get(name);
    if (connection == null) {
      throw EventBridgeErrors.noSuchConnection(name);
    }
    return connection;
  }

  /** A connection that no operation is changing. */
  Connection getSettled(String name) {
    Connection connection = get(name);
    if (!connection.state().settled()) {
      throw EventBridgeErrors.beingChanged(name);
    }
    return connection;
  }

  Optional<Connection> byArn(String arn) {
    return all().stream().filter(connection -> connection.arn().equals(arn)).findFirst();
  }

  /** Every connection in order of name. */
  List<Connection> all() {
    return List.copyOf(connections.values());
  }

  void replace(Connection before, Connection after) {
    if (!connections.replace(before.name(), before, after)) {
      throw EventBridgeErrors.beingChanged(before.name());
    }
  }

  void remove(Connection connection) {
    connections.remove(connection.name(), connection);
  }
}
