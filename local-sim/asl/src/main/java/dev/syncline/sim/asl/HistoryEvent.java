// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event of an execution's history. Immutable.
 *
 * @param id from 1, without gaps
 * @param previousEventId the event that led to this one, by AWS's rules
 * @param timestamp when
 * @param type what
 * @param details more about it, null for types that have none
 */
public record HistoryEvent(
    long id,
    long previousEventId,
    Instant timestamp,
    HistoryEventType type,
    @Nullable EventDetails details) {

  /** The event as GetExecutionHistory gives it; times are epoch seconds with milliseconds. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("timestamp", timestamp.toEpochMilli() / 1000.0);
    json.put("type", type.aws());
    json.put("id", id);
    json.put("previousEventId", previousEventId);
    if (details != null) {
      json.set(details.key(type), details.toJson());
    }
    return json;
  }
}
