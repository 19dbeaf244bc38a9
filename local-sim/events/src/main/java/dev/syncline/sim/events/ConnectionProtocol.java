// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The protocol of one realtime connection whose credential has been accepted: frames in, effects
 * out. A frame that is wrong is answered with an error frame and never ends the connection.
 *
 * <p>{@code connection_init} is optional, as clients were seen to leave it out. Every subscribe and
 * publish carries its own credential; that of the connection does not stand in for it.
 *
 * <p>Not thread-safe: its connection is its one owner.
 */
public final class ConnectionProtocol {
  private static final Pattern ID = Pattern.compile("[a-zA-Z0-9\\-_+]{1,128}");
  private static final int ID_SHOWN = 128;
  private static final int CHANNEL_SHOWN = 256;

  private final Supplier<ApiConfig> api;
  private final EventsLimits limits;
  private final PublishRules publishing;
  private final Map<String, Subscription> active = new HashMap<>();
  private final Set<String> pending = new HashSet<>();

  /** A connection to the API that {@code api} gives the present snapshot of. */
  public ConnectionProtocol(Supplier<ApiConfig> api, EventsLimits limits, PublishRules publishing) {
    this.api = api;
    this.limits = limits;
    this.publishing = publishing;
  }

  /** Takes a frame from the client. */
  public List<Effect> receive(String text, Instant now) {
    Optional<ObjectNode> parsed = JsonText.object(text);
    if (parsed.isEmpty()) {
      return malformed("The message is not a JSON object");
    }
    ObjectNode frame = parsed.get();
    return switch (frame.path("type").asText()) {
      case "connection_init" ->
          List.of(
              new Effect.Send(Frames.connectionAck(limits.connectionTimeout())),
              new Effect.KeepAlive());
      case "ka" -> List.of();
      case "subscribe" -> subscribe(frame, text, now);
      case "unsubscribe" -> unsubscribe(frame);
      case "publish" -> publish(frame, now);
      default -> unsupported(frame);
    };
  }

  /** Marks an admitted subscription as begun. Returns the frame that tells the client so. */
  public Effect.Send acknowledge(Subscription subscription) {
    if (!pending.remove(subscription.id())) {
      throw new IllegalStateException("not waiting for " + subscription.id());
    }
    active.put(subscription.id(), subscription);
    return new Effect.Send(Frames.success("subscribe", subscription.id()));
  }

  /** Gives an admitted subscription up. Returns the frame that tells the client so. */
  public Effect.Refuse refuse(Subscription subscription, Refusal refusal) {
    if (!pending.remove(subscription.id())) {
      throw new IllegalStateException("not waiting for " + subscription.id());
    }
    return new Effect.Refuse(
        "subscribe",
        subscription.pattern().toString(),
        refusal,
        Frames.failure("subscribe", subscription.id(), refusal));
  }

  private List<Effect> subscribe(ObjectNode frame, String text, Instant now) {
    String id = id(frame);
    if (id == null) {
      return malformed("A subscribe message needs an id");
    }
    if (!ID.matcher(id).matches()) {
      return refused("subscribe", id, frame, badId());
    }
    if (JsonText.utf8Length(text) > limits.subscribeBytes()) {
      String message = "The message is larger than " + limits.subscribeBytes() + " bytes";
      return refused("subscribe", id, frame, Refusal.badRequest(message));
    }
    if (!frame.path("channel").isTextual()) {
      return refused("subscribe", id, frame, Refusal.invalidChannel("'channel' must be a string"));
    }
    ChannelPattern pattern;
    try {
      pattern = ChannelPattern.parse(frame.path("channel").textValue());
    } catch (InvalidChannelException invalid) {
      return refused("subscribe", id, frame, Refusal.invalidChannel(invalid.reason()));
    }
    Refusal refusal = refusalOf(id, pattern, frame.path("authorization"), now);
    if (refusal != null) {
      return refused("subscribe", id, frame, refusal);
    }
    pending.add(id);
    return List.of(new Effect.KeepAlive(), new Effect.Admit(new Subscription(id, pattern)));
  }

  private @Nullable Refusal refusalOf(
      String id, ChannelPattern pattern, JsonNode authorization, Instant now) {
    ApiConfig config = api.get();
    switch (Authorizer.authenticate(config, Credentials.of(authorization), now)) {
      case Refusal refusal -> {
        return refusal;
      }
      case AuthDecision.Granted granted -> {
        Optional<Refusal> refusal =
            Authorizer.refusal(
                config, EventOperation.SUBSCRIBE, pattern.namespace(), granted.mode());
        if (refusal.isPresent()) {
          return refusal.get();
        }
      }
    }
    if (active.containsKey(id) || pending.contains(id)) {
      String message = "The subscription id " + id + " is in use on this connection";
      return new Refusal(400, "DuplicatedOperationError", message, message);
    }
    if (active.size() + pending.size() >= limits.subscriptionsPerConnection()) {
      String message =
          "Max number of " + limits.subscriptionsPerConnection() + " subscriptions reached";
      return new Refusal(400, "MaxSubscriptionsReachedError", message, message);
    }
    return null;
  }

  /** A subscription that is still waiting for its acknowledgement is not known yet, as on AWS. */
  private List<Effect> unsubscribe(ObjectNode frame) {
    String id = id(frame);
    if (id == null) {
      return malformed("An unsubscribe message needs an id");
    }
    Subscription subscription = active.remove(id);
    if (subscription == null) {
      String message = "Unknown operation id " + shortened(id, ID_SHOWN);
      return refused(
          "unsubscribe", id, frame, new Refusal(400, "UnknownOperationError", message, message));
    }
    return List.of(
        new Effect.Retire(subscription), new Effect.Send(Frames.success("unsubscribe", id)));
  }

  private List<Effect> publish(ObjectNode frame, Instant now) {
    String id = id(frame);
    if (id == null) {
      return malformed("A publish message needs an id");
    }
    if (!ID.matcher(id).matches()) {
      return refused("publish", id, frame, badId());
    }
    PublishDecision decision =
        publishing.decide(
            api.get(),
            Transport.WEBSOCKET,
            Credentials.of(frame.path("authorization")),
            frame,
            now);
    return switch (decision) {
      case Refusal refusal -> refused("publish", id, frame, refusal);
      case Publication publication ->
          List.of(
              new Effect.KeepAlive(),
              new Effect.Send(Frames.published(id, publication)),
              new Effect.Broadcast(publication));
    };
  }

  private static List<Effect> refused(
      String operation, String id, ObjectNode frame, Refusal refusal) {
    String shownId = shortened(id, ID_SHOWN);
    String channel = shortened(frame.path("channel").asText(), CHANNEL_SHOWN);
    return List.of(
        new Effect.Refuse(
            operation, channel, refusal, Frames.failure(operation, shownId, refusal)));
  }

  private static List<Effect> malformed(String message) {
    Refusal refusal = Refusal.badRequest(message);
    return List.of(new Effect.Refuse("message", "", refusal, Frames.error(null, refusal)));
  }

  private static List<Effect> unsupported(ObjectNode frame) {
    String type = shortened(frame.path("type").asText(), ID_SHOWN);
    var refusal =
        new Refusal(
            400,
            "UnsupportedOperation",
            "Operation not supported through the realtime channel",
            "a message of the unknown type '" + type + "'");
    String id = id(frame);
    String shownId = id == null ? null : shortened(id, ID_SHOWN);
    return List.of(new Effect.Refuse("message", "", refusal, Frames.error(shownId, refusal)));
  }

  private static Refusal badId() {
    return Refusal.badRequest("The id must match " + ID.pattern());
  }

  private static @Nullable String id(ObjectNode frame) {
    return frame.path("id").textValue();
  }

  private static String shortened(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length);
  }
}
