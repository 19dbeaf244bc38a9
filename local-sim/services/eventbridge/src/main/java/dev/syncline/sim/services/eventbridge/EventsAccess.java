// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.eventbridge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.AccessCheck;
import dev.syncline.sim.service.AccessRequest;
import dev.syncline.sim.service.AccessTable;
import dev.syncline.sim.service.RoomAccess;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The permissions of connections and of events. Source: the service authorization reference. */
record EventsAccess(AccessTable table) implements RoomAccess {
  private static final String ROWS =
      """
      CreateConnection DeauthorizeConnection DeleteConnection                  | {connection}
      DescribeConnection UpdateConnection                                      | {connection}
      ListConnections                                                          | *
      PutEvents                                                                | computed
      """;

  EventsAccess(ConnectionStore connections) {
    this(
        AccessTable.of("events", ROWS)
            .naming("connection", request -> connection(request, connections))
            .computing("PutEvents", EventsAccess::events));
  }

  private static String connection(AccessRequest request, ConnectionStore connections) {
    String name = request.textOrAny("Name");
    return connections.all().stream()
        .filter(connection -> connection.name().equals(name))
        .map(Connection::arn)
        .findFirst()
        .orElse("connection/" + name);
  }

  /** One check for each bus. */
  private static List<AccessCheck> events(AccessRequest request) {
    var sources = new LinkedHashMap<String, Set<String>>();
    var types = new LinkedHashMap<String, Set<String>>();
    for (JsonNode entry : request.items("Entries")) {
      String bus =
          request.arn("events", "event-bus/", entry.path("EventBusName").asText("default"));
      add(sources, bus, entry.path("Source").asText());
      add(types, bus, entry.path("DetailType").asText());
    }
    return sources.keySet().stream()
        .map(
            bus ->
                AccessCheck.of("events:PutEvents", bus)
                    .with("events:source", List.copyOf(sources.getOrDefault(bus, Set.of())))
                    .with("events:detail-type", List.copyOf(types.getOrDefault(bus, Set.of()))))
        .toList();
  }

  private static void add(Map<String, Set<String>> all, String bus, String value) {
    all.computeIfAbsent(bus, unused -> new LinkedHashSet<>()).add(value);
  }
}
