// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import dev.syncline.sim.asl.HistoryEvent;
import dev.syncline.sim.kernel.JournalEvent;
import java.util.LinkedHashMap;
import java.util.Map;

/** An event of an execution's history, in the journal. Payloads stay in the history. */
record StateEvent(String executionArn, String executionName, HistoryEvent event)
    implements JournalEvent {
  @Override
  public String type() {
    return "states." + event.type().aws();
  }

  @Override
  public String correlationId() {
    return executionName;
  }

  @Override
  public Map<String, String> details() {
    var details = new LinkedHashMap<String, String>();
    details.put("execution", executionName);
    if (event.details() != null) {
      var json = event.details().toJson();
      for (String name : new String[] {"name", "resource", "error"}) {
        if (json.hasNonNull(name)) {
          details.put(name, json.get(name).asText());
        }
      }
    }
    return details;
  }
}
