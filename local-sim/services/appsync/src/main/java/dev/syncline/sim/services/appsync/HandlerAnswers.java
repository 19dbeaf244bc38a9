// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.events.EventsLimits;
import dev.syncline.sim.events.Publication;
import dev.syncline.sim.events.PublishDecision;
import dev.syncline.sim.events.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Applies a handler's list of events to a publication: those it names are broadcast with the
 * payload it gives, those with an error fail, those it leaves out are filtered and count as
 * successful. Holds nothing.
 */
final class HandlerAnswers {
  private HandlerAnswers() {}

  static PublishDecision applied(Publication publication, JsonNode answer, EventsLimits limits) {
    if (answer.isNull() || answer.isMissingNode()) {
      return filtered(publication, limits);
    }
    int eventBytes = limits.eventBytes();
    if (!answer.isArray()) {
      return Refusal.badRequest("onPublish must return a list of events or null");
    }
    Map<String, Publication.Accepted> waiting = new LinkedHashMap<>();
    publication.accepted().forEach(event -> waiting.put(event.identifier(), event));
    List<Publication.Accepted> accepted = new ArrayList<>();
    List<Publication.Failed> failed = new ArrayList<>(publication.failed());
    for (JsonNode outgoing : answer) {
      if (outgoing.isNull()) {
        continue;
      }
      String id = outgoing.path("id").asText();
      Publication.Accepted event = waiting.remove(id);
      if (event == null) {
        return Refusal.badRequest(
            "onPublish returned the event id '" + id + "' that is unknown or was returned before");
      }
      String error = outgoing.hasNonNull("error") ? outgoing.path("error").asText() : "";
      if (!error.isEmpty()) {
        failed.add(new Publication.Failed(id, event.index(), "HandlerError", error));
        continue;
      }
      JsonNode payload = outgoing.path("payload");
      String text = payload.isMissingNode() ? event.payload() : payload.toString();
      if (text.getBytes(StandardCharsets.UTF_8).length > eventBytes) {
        failed.add(
            new Publication.Failed(
                id,
                event.index(),
                "EventTooLargeException",
                "Transformed event is larger than " + eventBytes / 1024 + "KB"));
        continue;
      }
      accepted.add(new Publication.Accepted(id, event.index(), text));
    }
    return new Publication(
        publication.channel(), accepted, failed, told(List.copyOf(waiting.values()), limits));
  }

  /** Nothing is broadcast, and the publisher does not notice. */
  static Publication filtered(Publication publication, EventsLimits limits) {
    return new Publication(
        publication.channel(),
        List.of(),
        publication.failed(),
        told(publication.accepted(), limits));
  }

  /** The events that the handler left out, as the publisher's response lists them. */
  private static List<Publication.Accepted> told(
      List<Publication.Accepted> leftOut, EventsLimits limits) {
    return limits.behaviour().filteredOmitted() ? List.of() : leftOut;
  }
}
