// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * An accepted publish request with the result of each event. Immutable.
 *
 * @param channel the channel
 * @param accepted the events to broadcast, in the order of the request
 * @param failed the events that failed
 * @param filtered the events that a handler left out: they are not broadcast, but count as
 *     successful
 */
public record Publication(
    EventChannel channel, List<Accepted> accepted, List<Failed> failed, List<Accepted> filtered)
    implements PublishDecision {
  /** Copies the lists. */
  public Publication {
    accepted = List.copyOf(accepted);
    failed = List.copyOf(failed);
    filtered = List.copyOf(filtered);
  }

  /** Without filtered events. */
  public Publication(EventChannel channel, List<Accepted> accepted, List<Failed> failed) {
    this(channel, accepted, failed, List.of());
  }

  /**
   * An event to broadcast.
   *
   * @param identifier given to it by the service
   * @param index its place in the request, from 0
   * @param payload the JSON text exactly as published
   */
  public record Accepted(String identifier, int index, String payload) {}

  /**
   * An event that is not broadcast.
   *
   * @param code the error code, a text although one client models it as a number
   */
  public record Failed(String identifier, int index, String code, String message) {}

  /** The answer's members {@code failed} and {@code successful}; both are always present. */
  public ObjectNode reply() {
    ObjectNode reply = JsonNodeFactory.instance.objectNode();
    ArrayNode failures = reply.putArray("failed");
    for (Failed event : failed) {
      failures
          .addObject()
          .put("identifier", event.identifier())
          .put("index", event.index())
          .put("code", event.code())
          .put("message", event.message());
    }
    ArrayNode successes = reply.putArray("successful");
    for (Accepted event : successful()) {
      successes.addObject().put("identifier", event.identifier()).put("index", event.index());
    }
    return reply;
  }

  private List<Accepted> successful() {
    return filtered.isEmpty()
        ? accepted
        : Stream.concat(accepted.stream(), filtered.stream())
            .sorted(Comparator.comparingInt(Accepted::index))
            .toList();
  }
}
