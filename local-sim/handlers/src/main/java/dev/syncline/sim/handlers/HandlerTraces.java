// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a call left behind beside its ending. Immutable if the nodes are not changed.
 *
 * @param completed false for a call that was stopped: then nothing else is known
 * @param arguments {@code ctx.args} after the call; empty for handlers of Event APIs
 * @param stash {@code ctx.stash} after the call
 * @param outErrors the errors of the context and of {@code util.appendError}
 * @param effects response headers, evictions, subscription filters and invalidations, in order:
 *     objects whose {@code kind} is {@code header}, {@code evict}, {@code filter}, {@code
 *     invalidationFilter} or {@code invalidation}
 * @param logs its console output, such as {@code INFO - code.js:3:5: "text"}
 */
public record HandlerTraces(
    boolean completed,
    ObjectNode arguments,
    ObjectNode stash,
    ArrayNode outErrors,
    ArrayNode effects,
    List<String> logs) {
  /** Copies the list. */
  public HandlerTraces {
    logs = List.copyOf(logs);
  }

  /** Of a call that left nothing. */
  static HandlerTraces none() {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return new HandlerTraces(
        false,
        nodes.objectNode(),
        nodes.objectNode(),
        nodes.arrayNode(),
        nodes.arrayNode(),
        List.of());
  }

  static HandlerTraces of(JsonNode said) {
    List<String> logs = new ArrayList<>();
    said.path("logs").forEach(line -> logs.add(line.asText()));
    return new HandlerTraces(
        true,
        object(said.path("arguments")),
        object(said.path("stash")),
        list(said.path("outErrors")),
        list(said.path("effects")),
        logs);
  }

  private static ObjectNode object(JsonNode node) {
    return node instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
  }

  private static ArrayNode list(JsonNode node) {
    return node instanceof ArrayNode list ? list : JsonNodeFactory.instance.arrayNode();
  }
}
