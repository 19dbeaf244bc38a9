// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides on publish requests: credential, channel, namespace, number, size and form of the events,
 * in that order. One event that is too large fails alone; anything else refuses the request.
 * Thread-safe.
 *
 * @param ids gives the events their identifiers
 */
public record PublishRules(EventsLimits limits, Ids ids) {
  /**
   * Decides.
   *
   * @param who the decision on the credential
   * @param request an object with {@code channel} and {@code events}, further members ignored; any
   *     other text is refused, after the credential has been accepted
   */
  public PublishDecision decide(
      ApiConfig api, Transport transport, AuthDecision who, JsonNode request) {
    return switch (who) {
      case Refusal refusal -> refusal;
      case AuthDecision.Granted granted -> decide(api, transport, granted.mode(), request);
    };
  }

  private PublishDecision decide(
      ApiConfig api, Transport transport, AuthMode mode, JsonNode request) {
    if (!request.isObject()) {
      return Refusal.badRequest("The request is not a JSON object");
    }
    if (!request.path("channel").isTextual()) {
      return Refusal.invalidChannel("'channel' must be a string");
    }
    EventChannel channel;
    try {
      channel = EventChannel.parse(request.path("channel").textValue());
    } catch (InvalidEventChannelException invalid) {
      return Refusal.invalidChannel(invalid.reason());
    }
    Optional<Refusal> refusal =
        Authorizer.refusal(
            api, EventOperation.PUBLISH, channel.namespace(), mode, limits.behaviour());
    return refusal.isPresent() ? refusal.get() : events(transport, channel, request.path("events"));
  }

  private PublishDecision events(Transport transport, EventChannel channel, JsonNode events) {
    if (!events.isArray()) {
      return Refusal.badRequest("'events' must be an array of strings");
    }
    if (events.isEmpty()) {
      return count(transport, "Input must have at least 1 event");
    }
    if (events.size() > limits.eventsPerPublish()) {
      return count(transport, "Input exceeded " + limits.eventsPerPublish() + " event limit");
    }
    var accepted = new ArrayList<Publication.Accepted>(events.size());
    var failed = new ArrayList<Publication.Failed>();
    long total = 0;
    for (int index = 0; index < events.size(); index++) {
      JsonNode event = events.get(index);
      if (!event.isTextual()) {
        return Refusal.badRequest("events[" + index + "] must be a string that holds JSON");
      }
      String payload = event.textValue();
      long size = JsonText.utf8Length(payload);
      total += size;
      if (size > limits.eventBytes()) {
        failed.add(tooLarge(index));
      } else if (!JsonText.isValue(payload)) {
        return Refusal.badRequest("events[" + index + "] is not valid JSON");
      } else {
        accepted.add(new Publication.Accepted(ids.uuid().toString(), index, payload));
      }
    }
    if (total > limits.publishBytes()) {
      return Refusal.badRequest(
          "Input of " + total + " bytes exceeds the limit of " + limits.publishBytes());
    }
    return new Publication(channel, List.copyOf(accepted), List.copyOf(failed));
  }

  private Publication.Failed tooLarge(int index) {
    return new Publication.Failed(
        ids.uuid().toString(),
        index,
        "EventTooLargeException",
        "Transformed event is larger than " + limits.eventBytes() / 1024 + "KB");
  }

  /** Over the socket AppSync gives this refusal another type and a small first letter. */
  private static Refusal count(Transport transport, String message) {
    return switch (transport) {
      case HTTP -> Refusal.badRequest(message);
      case WEBSOCKET -> {
        String lower = Character.toLowerCase(message.charAt(0)) + message.substring(1);
        yield new Refusal(400, "InvalidInputError", lower, message);
      }
    };
  }
}
