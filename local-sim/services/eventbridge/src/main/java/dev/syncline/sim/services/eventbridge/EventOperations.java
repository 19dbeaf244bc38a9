// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.eventbridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * PutEvents on the default event bus. Rules are not supported: an accepted event is only recorded
 * in the journal. Errors of entries: as recorded, then the API reference. Thread-safe.
 */
record EventOperations(Ids ids, EventBridgeEvents events) {
  private static final int MAX_ENTRIES = 10;
  private static final String DEFAULT_BUS = "default";

  List<Operation> operations() {
    return List.of(Operation.of("PutEvents: Entries", this::put));
  }

  private Output put(Input input, CallContext context) {
    List<Input> entries = input.structures("Entries");
    if (entries.isEmpty() || entries.size() > MAX_ENTRIES) {
      throw EventBridgeErrors.violated(
          "entries",
          "",
          entries.isEmpty()
              ? "Member must have length greater than or equal to 1"
              : "Member must have length less than or equal to " + MAX_ENTRIES);
    }
    ObjectNode answer = Json.object();
    ArrayNode results = answer.putArray("Entries");
    int failed = 0;
    for (Input entry : entries) {
      entry.only(
          "Time", "Source", "Resources", "DetailType", "Detail", "EventBusName", "TraceHeader");
      requireDefaultBus(entry, context);
      ObjectNode result = results.addObject();
      String missing = missing(entry);
      if (missing != null) {
        result.put("ErrorCode", "InvalidArgument");
        result.put(
            "ErrorMessage",
            "Parameter "
                + missing
                + " is not valid. Reason: "
                + missing
                + " is a required argument.");
        failed++;
      } else if (!isStructure(entry.text("Detail").orElse(""))) {
        result.put("ErrorCode", "MalformedDetail").put("ErrorMessage", "Detail is malformed.");
        failed++;
      } else {
        String id = ids.uuid().toString();
        result.put("EventId", id);
        events.accepted(id, entry.text("Source").orElse(""), entry.text("DetailType").orElse(""));
      }
    }
    answer.put("FailedEntryCount", failed);
    return Output.of(answer);
  }

  private static @Nullable String missing(Input entry) {
    for (String member : List.of("Source", "DetailType", "Detail")) {
      if (entry.text(member).orElse("").isEmpty()) {
        return member;
      }
    }
    return null;
  }

  private static void requireDefaultBus(Input entry, CallContext context) {
    String bus = entry.text("EventBusName").orElse(DEFAULT_BUS);
    if (!bus.equals(DEFAULT_BUS) && !bus.equals(context.arn("events", "event-bus/default"))) {
      throw EventBridgeErrors.validation(
          "The simulator has the event bus 'default' only, not '" + bus + "'.");
    }
  }

  private static boolean isStructure(String detail) {
    try {
      return Json.MAPPER.readTree(detail).isObject();
    } catch (JsonProcessingException notJson) {
      return false;
    }
  }
}
