// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

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
 * publish carries its own credential; that of the connection does not replace it.
 *
 * <p>Not thread-safe: its connection is its only owner.
 */
public final class ConnectionProtocol {
  private static final Pattern ID = Pattern.compile("[a-zA-Z0-9\\-_+]{1,128}");
  private static final Set<String> OPERATIONS = Set.of("subscribe", "unsubscribe", "publish");
  private static final int TYPE_SHOWN = 128;
  private static final int CHANNEL_SHOWN = 256;

  private final Supplier<ApiConfig> api;
  private final EventsLimits limits;
  private final PublishRules rules;
  private final AuthRequest.Caller caller;
  // Most connections have one subscription, which is pending only briefly.
  private final Map<String, Subscription> active = new HashMap<>(2);
  private Set<String> pending = Set.of();
  private final RateLimit publishes;
  private final Credentials opened;
  private boolean begun;

  /**
   * A connection of {@code caller}; {@code api} returns the present snapshot of the API.
   *
   * @param opened the credential that opened it
   */
  public ConnectionProtocol(
      Supplier<ApiConfig> api,
      EventsLimits limits,
      PublishRules rules,
      AuthRequest.Caller caller,
      Credentials opened) {
    this.api = api;
    this.limits = limits;
    this.rules = rules;
    this.caller = caller;
    this.opened = opened;
    this.begun = !limits.behaviour().initRequired();
    this.publishes = new RateLimit(limits.publishesPerSecond());
  }

  /** The authorization request for an upgrade. */
  public static AuthRequest connecting(Credentials credentials, AuthRequest.Caller caller) {
    return new AuthRequest(EventOperation.CONNECT, credentials, caller, null, SignedBodies.CONNECT);
  }

  /** Takes a frame from the client. */
  public List<ConnectionEffect> receive(String text, Instant now) {
    Optional<ObjectNode> parsed = JsonText.object(text);
    if (parsed.isEmpty()) {
      return malformed("The message is not a JSON object");
    }
    ObjectNode frame = parsed.get();
    String type = frame.path("type").asText();
    if (!begun && OPERATIONS.contains(type)) {
      return malformed("connection_init must come first");
    }
    return switch (type) {
      case "connection_init" -> begin();
      case "ka" -> limits.behaviour().clientKeepAliveRefused() ? unsupported(frame) : List.of();
      case "subscribe" -> subscribe(frame, text, now);
      case "unsubscribe" -> unsubscribe(frame);
      case "publish" -> publish(frame, now);
      default -> unsupported(frame);
    };
  }

  private List<ConnectionEffect> begin() {
    begun = true;
    String acknowledgement =
        Frames.connectionAck(limits.connectionTimeout(), limits.behaviour().timeoutInPayload());
    return List.of(new ConnectionEffect.Send(acknowledgement), new ConnectionEffect.KeepAlive());
  }

  /** Marks an admitted subscription as active. Returns the frame that acknowledges it. */
  public ConnectionEffect.Send acknowledge(Subscription subscription) {
    noLongerPending(subscription.id());
    active.put(subscription.id(), subscription);
    return new ConnectionEffect.Send(Frames.success("subscribe", subscription.id()));
  }

  /** Drops an admitted subscription. Returns the error frame for the client. */
  public ConnectionEffect.Refuse refuse(Subscription subscription, Refusal refusal) {
    noLongerPending(subscription.id());
    return new ConnectionEffect.Refuse(
        "subscribe",
        subscription.pattern().toString(),
        refusal,
        Frames.failure("subscribe", subscription.id(), refusal));
  }

  private void noLongerPending(String id) {
    if (pending.isEmpty() || !pending.remove(id)) {
      throw new IllegalStateException("not waiting for " + id);
    }
    if (pending.isEmpty()) {
      pending = Set.of();
    }
  }

  private List<ConnectionEffect> subscribe(ObjectNode frame, String text, Instant now) {
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
    } catch (InvalidEventChannelException invalid) {
      return refused("subscribe", id, frame, Refusal.invalidChannel(invalid.reason()));
    }
    Refusal taken = taken(id);
    if (taken != null) {
      return refused("subscribe", id, frame, taken);
    }
    if (pending.isEmpty()) {
      pending = new HashSet<>(2);
    }
    pending.add(id);
    return authorize(
        request(EventOperation.SUBSCRIBE, frame, pattern.toString()),
        new SubscribeRequest(new Subscription(id, pattern)),
        now);
  }

  /** Decides at once if no verifier is needed; otherwise requests the verification. */
  private List<ConnectionEffect> authorize(
      AuthRequest request, ConnectionEffect.Step step, Instant now) {
    Optional<AuthDecision> decision = Authorizer.atOnce(api.get(), request.credentials(), now);
    return decision.isPresent()
        ? authorized(step, decision.get())
        : List.of(new ConnectionEffect.Authorize(request, step));
  }

  private AuthRequest request(EventOperation operation, ObjectNode frame, String channel) {
    Credentials shown = Credentials.of(frame.path("authorization"));
    return shown instanceof Credentials.None && limits.behaviour().connectionStandsIn()
        ? new AuthRequest(operation, opened, caller, channel, SignedBodies.CONNECT)
        : new AuthRequest(operation, shown, caller, channel, SignedBodies.of(frame));
  }

  /** Continues the request of a {@link ConnectionEffect.Authorize} with the decision. */
  public List<ConnectionEffect> authorized(ConnectionEffect.Step step, AuthDecision decision) {
    return switch (step) {
      case SubscribeRequest subscribe -> authorized(subscribe.subscription(), decision);
      case PublishRequest publish -> next(publish, publish.publishing().verified(decision));
    };
  }

  private List<ConnectionEffect> authorized(Subscription subscription, AuthDecision decision) {
    return switch (decision) {
      case Refusal refusal -> List.of(refuse(subscription, refusal));
      case AuthDecision.Granted granted ->
          Authorizer.refusal(
                  api.get(),
                  EventOperation.SUBSCRIBE,
                  subscription.pattern().namespace(),
                  granted.mode(),
                  limits.behaviour())
              .<List<ConnectionEffect>>map(refusal -> List.of(refuse(subscription, refusal)))
              .orElseGet(
                  () ->
                      List.of(
                          new ConnectionEffect.KeepAlive(),
                          new ConnectionEffect.Admit(subscription, granted)));
    };
  }

  /** Why the id cannot begin another subscription; null when it can. */
  private @Nullable Refusal taken(String id) {
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

  /** A subscription is unknown until it has been acknowledged. */
  private List<ConnectionEffect> unsubscribe(ObjectNode frame) {
    String id = id(frame);
    if (id == null) {
      return malformed("An unsubscribe message needs an id");
    }
    if (pending.contains(id) && limits.behaviour().earlyUnsubscribeIgnored()) {
      return List.of();
    }
    Subscription subscription = active.remove(id);
    if (subscription == null) {
      String message = "Unknown operation id " + id;
      return refused(
          "unsubscribe", id, frame, new Refusal(400, "UnknownOperationError", message, message));
    }
    return List.of(
        new ConnectionEffect.Retire(subscription),
        new ConnectionEffect.Send(Frames.success("unsubscribe", id)));
  }

  private List<ConnectionEffect> publish(ObjectNode frame, Instant now) {
    String id = id(frame);
    if (id == null) {
      return malformed("A publish message needs an id");
    }
    if (!ID.matcher(id).matches()) {
      return refused("publish", id, frame, badId());
    }
    if (!publishes.take(now, 1)) {
      return refused(
          "publish",
          id,
          frame,
          RateLimit.exceeded(
              "more than " + limits.publishesPerSecond() + " publishes a second on a connection"));
    }
    var publish =
        new PublishRequest(id, frame, new Publishing(rules, api, Transport.WEBSOCKET, frame));
    AuthRequest request =
        request(EventOperation.PUBLISH, frame, normalised(frame.path("channel").asText()));
    return next(publish, publish.publishing().begin(request.credentials(), () -> request, now));
  }

  /** The effects of a publish request's first steps. The owner carries out the later ones. */
  private static List<ConnectionEffect> next(PublishRequest publish, List<PublishStep> steps) {
    return switch (steps.getFirst()) {
      case PublishStep.Verify verify ->
          List.of(new ConnectionEffect.Authorize(verify.request(), publish));
      case PublishStep.Answer(Refusal refusal) ->
          refused("publish", publish.id(), publish.frame(), refusal);
      case PublishStep.StrikeFaults first ->
          List.of(
              new ConnectionEffect.KeepAlive(),
              new ConnectionEffect.Publish(publish.id(), publish.publishing(), first));
      default -> throw new IllegalStateException("not a first step: " + steps);
    };
  }

  /** The answer to a publish request, given its final decision. */
  public ConnectionEffect published(String id, EventChannel channel, PublishDecision decision) {
    return switch (decision) {
      case Refusal refusal ->
          new ConnectionEffect.Refuse(
              "publish", channel.path(), refusal, Frames.failure("publish", id, refusal));
      case Publication publication -> new ConnectionEffect.Send(Frames.published(id, publication));
    };
  }

  /** An invalid channel is passed on unchanged: the credential is verified first. */
  private static String normalised(String channel) {
    try {
      return EventChannel.parse(channel).path();
    } catch (InvalidEventChannelException invalid) {
      return channel;
    }
  }

  private static List<ConnectionEffect> refused(
      String operation, String id, ObjectNode frame, Refusal refusal) {
    // The whole id: a shortened one could equal the id of another operation.
    String channel = shortened(frame.path("channel").asText(), CHANNEL_SHOWN);
    return List.of(
        new ConnectionEffect.Refuse(
            operation, channel, refusal, Frames.failure(operation, id, refusal)));
  }

  private static List<ConnectionEffect> malformed(String message) {
    Refusal refusal = Refusal.badRequest(message);
    return List.of(
        new ConnectionEffect.Refuse("message", "", refusal, Frames.error(null, refusal)));
  }

  private static List<ConnectionEffect> unsupported(ObjectNode frame) {
    String type = shortened(frame.path("type").asText(), TYPE_SHOWN);
    var refusal =
        new Refusal(
            400,
            "UnsupportedOperation",
            "Operation not supported through the realtime channel",
            "a message of the unknown type '" + type + "'");
    return List.of(
        new ConnectionEffect.Refuse("message", "", refusal, Frames.error(id(frame), refusal)));
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

  /** A subscribe request whose credential is being verified. */
  record SubscribeRequest(Subscription subscription) implements ConnectionEffect.Step {}

  /** A publish request whose credential is being verified. */
  record PublishRequest(String id, ObjectNode frame, Publishing publishing)
      implements ConnectionEffect.Step {}
}
