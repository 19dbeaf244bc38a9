// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.subscription;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The protocol of one connection whose credential has been accepted: frames in, effects out. A
 * wrong frame is answered with an error frame and never ends the connection. {@code
 * connection_init} is optional and may come again; each {@code start} carries its own credential.
 *
 * <p>Not thread-safe: its connection is its only owner.
 */
public final class SubscriptionProtocol {
  private static final int MAX_JSON_DEPTH = 200;
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_JSON_DEPTH).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final String UNSUPPORTED = " not supported through the realtime channel";

  private final SubscriptionLimits limits;
  private final StartRate starts;
  private final Set<String> active = new HashSet<>(2);

  /** Most connections wait for one start at most. */
  private final Set<String> pending = new HashSet<>(2);

  /** Pending ones that the client has stopped. */
  private final Set<String> stopped = new HashSet<>(2);

  /** A connection without subscriptions. */
  public SubscriptionProtocol(SubscriptionLimits limits) {
    this.limits = limits;
    this.starts = new StartRate(limits.startsPerSecond());
  }

  /** The error of a document that is no subscription, and of an unknown frame. */
  public static RealtimeError unsupported() {
    return RealtimeError.of("UnsupportedOperation", UNSUPPORTED);
  }

  /** Takes a frame from the client. */
  public List<SubscriptionEffect> receive(String text, Instant now) {
    Optional<ObjectNode> parsed = object(text);
    if (parsed.isEmpty()) {
      return refused("message", null, badRequest("The message is not a JSON object"));
    }
    ObjectNode frame = parsed.get();
    return switch (frame.path("type").asText()) {
      case "connection_init" ->
          List.of(
              new SubscriptionEffect.Send(GraphqlFrames.connectionAck(limits.connectionTimeout())),
              new SubscriptionEffect.Send(GraphqlFrames.KEEP_ALIVE),
              new SubscriptionEffect.KeepAlive());
      case "start" -> start(frame, now);
      case "stop" -> stop(frame);
      case "ka" -> List.of();
      default -> refused("message", shown(frame), unsupported());
    };
  }

  /**
   * Marks a subscription as active: it must receive from before its acknowledgement on. Empty if
   * the client has stopped it already; its frames are then in {@link #abandon}.
   */
  public Optional<String> acknowledge(String id) {
    take(id);
    if (stopped.remove(id)) {
      return Optional.empty();
    }
    active.add(id);
    return Optional.of(GraphqlFrames.startAck(id));
  }

  /** The frame for a subscription that was stopped before it began. */
  public static SubscriptionEffect abandon(String id) {
    return new SubscriptionEffect.Send(GraphqlFrames.complete(id));
  }

  /** Drops a pending subscription. */
  public SubscriptionEffect refuse(String id, List<RealtimeError> errors) {
    take(id);
    stopped.remove(id);
    return new SubscriptionEffect.Refuse(
        "start", errors.getFirst(), GraphqlFrames.error(id, errors));
  }

  /** Drops a pending subscription as one of too many starts in a second. */
  public SubscriptionEffect throttle(String id) {
    forget(id);
    return rateExceeded();
  }

  private static SubscriptionEffect rateExceeded() {
    return new SubscriptionEffect.Refuse(
        "start", RealtimeError.rateExceeded(), GraphqlFrames.rateExceeded());
  }

  /** Drops a pending subscription without an answer. */
  public void forget(String id) {
    take(id);
    stopped.remove(id);
  }

  /** Ends a subscription from the service's side; empty when it has ended. */
  public List<SubscriptionEffect> end(String id) {
    return active.remove(id) ? ended(id) : List.of();
  }

  private void take(String id) {
    if (!pending.remove(id)) {
      throw new IllegalStateException("not waiting for " + id);
    }
  }

  private List<SubscriptionEffect> start(ObjectNode frame, Instant now) {
    String id = frame.path("id").textValue();
    if (id == null || id.isEmpty() || id.length() > limits.idLength()) {
      String message = "A start message needs an id of 1 to " + limits.idLength() + " characters";
      return refused("start", null, badRequest(message));
    }
    if (active.contains(id) || pending.contains(id)) {
      return refused(
          "start",
          id,
          RealtimeError.of(
              "DuplicatedOperationError",
              "The operation id " + id + " is in use on the connection"));
    }
    if (active.size() + pending.size() >= limits.subscriptions()) {
      return refused(
          "start",
          id,
          RealtimeError.of(
              "MaxSubscriptionsReachedError",
              "Max number of " + limits.subscriptions() + " subscriptions reached"));
    }
    if (!starts.take(now)) {
      return List.of(rateExceeded());
    }
    if (frame.at("/payload/data").asText().length() > limits.dataLength()) {
      String message = "The data of a start is longer than " + limits.dataLength() + " characters";
      return refused("start", id, badRequest(message));
    }
    Optional<StartRequest> request = request(id, frame.path("payload"));
    if (request.isEmpty()) {
      return refused(
          "start",
          id,
          RealtimeError.of("MalformedHttpRequestException", "Unable to parse GraphQL query."));
    }
    pending.add(id);
    List<SubscriptionEffect> effects = new ArrayList<>(2);
    effects.add(new SubscriptionEffect.KeepAlive());
    effects.add(new SubscriptionEffect.Start(request.get()));
    return effects;
  }

  private static Optional<StartRequest> request(String id, JsonNode payload) {
    String data = payload.path("data").textValue();
    Optional<ObjectNode> request = data == null ? Optional.empty() : object(data);
    if (data == null || request.isEmpty() || !request.get().path("query").isTextual()) {
      return Optional.empty();
    }
    JsonNode variables = request.get().path("variables");
    if (!variables.isObject() && !variables.isNull() && !variables.isMissingNode()) {
      return Optional.empty();
    }
    return Optional.of(
        new StartRequest(
            id,
            data,
            request.get().path("query").textValue(),
            variables instanceof ObjectNode given ? given : JsonNodeFactory.instance.objectNode(),
            request.get().path("operationName").textValue(),
            payload.path("extensions").path("authorization")));
  }

  private List<SubscriptionEffect> stop(ObjectNode frame) {
    String id = frame.path("id").asText();
    if (pending.contains(id)) {
      stopped.add(id);
      return List.of();
    }
    if (!active.remove(id)) {
      String shown = shown(frame);
      return refused(
          "stop",
          shown,
          RealtimeError.of("UnknownOperationError", "Unknown operation id " + shown));
    }
    return ended(id);
  }

  private static List<SubscriptionEffect> ended(String id) {
    return List.of(
        new SubscriptionEffect.Retire(id), new SubscriptionEffect.Send(GraphqlFrames.complete(id)));
  }

  /** The id for an answer; null when the frame has none, or one that is too long. */
  private @Nullable String shown(ObjectNode frame) {
    String id = frame.path("id").textValue();
    return id == null || id.length() > limits.idLength() ? null : id;
  }

  private static RealtimeError badRequest(String message) {
    return RealtimeError.of("BadRequestException", message);
  }

  private static List<SubscriptionEffect> refused(
      String operation, @Nullable String id, RealtimeError error) {
    return List.of(
        new SubscriptionEffect.Refuse(operation, error, GraphqlFrames.error(id, List.of(error))));
  }

  private static Optional<ObjectNode> object(String text) {
    try {
      return MAPPER.readTree(text) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (JsonProcessingException malformed) {
      return Optional.empty();
    }
  }
}
