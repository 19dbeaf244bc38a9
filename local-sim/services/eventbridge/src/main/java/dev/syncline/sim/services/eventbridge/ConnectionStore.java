// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.eventbridge;

import dev.syncline.sim.service.AwsException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The connections by name. A change replaces the very snapshot it was made from, so that two
 * changes at once cannot mix and no lock is held while the secret is written. Thread-safe.
 */
final class ConnectionStore {
  private final ConcurrentSkipListMap<String, Connection> connections =
      new ConcurrentSkipListMap<>();

  void add(Connection connection) {
    if (connections.putIfAbsent(connection.name(), connection) != null) {
      throw AwsException.badRequest(
          "ResourceAlreadyExistsException", "Connection " + connection.name() + " already exists.");
    }
  }

  Connection get(String name) {
    Connection connection = connections.get(name);
    if (connection == null) {
      throw AwsException.badRequest(
          "ResourceNotFoundException",
          "Failed to describe the connection(s). Connection '" + name + "' does not exist.");
    }
    return connection;
  }

  /** A connection on which nothing is under way. */
  Connection getSettled(String name) {
    Connection connection = get(name);
    if (!connection.state().settled()) {
      throw beingChanged(name);
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
      throw beingChanged(before.name());
    }
  }

  void remove(Connection connection) {
    connections.remove(connection.name(), connection);
  }

  private static AwsException beingChanged(String name) {
    return AwsException.badRequest(
        "ConcurrentModificationException",
        "Connection '" + name + "' is being changed by another request.");
  }
}
