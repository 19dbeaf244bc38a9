// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.datasource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import java.util.Map;

/** The request of EventBridge for the events of a document. Stateless. */
public final class EventEntries {
  private static final Map<String, String> MEMBERS =
      Map.of(
          "source",
          "Source",
          "detailType",
          "DetailType",
          "time",
          "Time",
          "resources",
          "Resources",
          "traceHeader",
          "TraceHeader");

  private EventEntries() {}

  /** The input of PutEvents. */
  public static ObjectNode of(JsonNode events, String bus) {
    ObjectNode input = Json.object();
    ArrayNode entries = input.putArray("Entries");
    for (JsonNode event : events) {
      ObjectNode entry = entries.addObject().put("EventBusName", bus);
      MEMBERS.forEach(
          (member, name) -> {
            if (event.hasNonNull(member)) {
              entry.set(name, event.get(member));
            }
          });
      JsonNode detail = event.path("detail");
      if (!detail.isMissingNode()) {
        entry.put("Detail", detail.isTextual() ? detail.textValue() : detail.toString());
      }
    }
    return input;
  }
}
