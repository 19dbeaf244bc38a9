// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One publish request, over HTTP or a WebSocket, from its credential to its answer. It decides the
 * order of the steps and does no I/O; its owner carries out each {@link PublishStep} and continues
 * with the result.
 *
 * <p>The order: verify the credential, validate the request ({@link PublishRules}), strike planned
 * faults, take the API's quota, call the namespace's handler, then broadcast and answer. A refusal
 * at any step is answered at once and nothing is broadcast. Over HTTP the events are broadcast
 * before the answer, over a WebSocket after it.
 *
 * <p>Not thread-safe: one owner calls it, step after step. A call out of order throws {@link
 * IllegalStateException}.
 */
public final class Publishing {
  private enum State {
    NEW,
    VERIFYING,
    STRIKING,
    METERING,
    HANDLING,
    DONE
  }

  private final PublishRules rules;
  private final Supplier<ApiConfig> api;
  private final Transport via;
  private final JsonNode request;
  private State state = State.NEW;
  private AuthDecision.@Nullable Granted who;
  private @Nullable Publication publication;
  private int times;

  /**
   * A request that has not begun.
   *
   * @param api gives the present snapshot of the API
   * @param request an object with {@code channel} and {@code events}; see {@link
   *     PublishRules#decide}
   */
  public Publishing(PublishRules rules, Supplier<ApiConfig> api, Transport via, JsonNode request) {
    this.rules = rules;
    this.api = api;
    this.via = via;
    this.request = request;
  }

  /** How the request arrived. */
  public Transport transport() {
    return via;
  }

  /**
   * Begins with the credential.
   *
   * @param toVerify the request for the verifier; built only if a verifier is needed
   */
  public List<PublishStep> begin(
      Credentials credentials, Supplier<AuthRequest> toVerify, Instant now) {
    move(State.NEW, State.VERIFYING);
    Optional<AuthDecision> decision = Authorizer.atOnce(api.get(), credentials, now);
    return decision.isPresent()
        ? verified(decision.get())
        : List.of(new PublishStep.Verify(toVerify.get()));
  }

  /** Continues after {@link PublishStep.Verify}: validates the request. */
  public List<PublishStep> verified(AuthDecision decision) {
    move(State.VERIFYING, State.STRIKING);
    return switch (rules.decide(api.get(), via, decision, request)) {
      case Refusal refusal -> answer(refusal);
      case Publication valid -> {
        publication = valid;
        who = (AuthDecision.Granted) decision;
        yield List.of(new PublishStep.StrikeFaults(valid));
      }
    };
  }

  /** Continues after {@link PublishStep.StrikeFaults}: a fault refuses the request. */
  public List<PublishStep> refusedByFault(Refusal refusal) {
    move(State.STRIKING, State.DONE);
    return answer(refusal);
  }

  /**
   * Continues after {@link PublishStep.StrikeFaults}.
   *
   * @param broadcasts how often the events are broadcast: 1 without a fault
   */
  public List<PublishStep> admitted(int broadcasts) {
    move(State.STRIKING, State.METERING);
    times = broadcasts;
    return List.of(new PublishStep.TakeQuota(known(publication)));
  }

  /** Continues after {@link PublishStep.TakeQuota}, with the refusal if the quota is exceeded. */
  public List<PublishStep> quotaTaken(Optional<Refusal> exceeded) {
    move(State.METERING, State.HANDLING);
    return exceeded.isPresent()
        ? answer(exceeded.get())
        : List.of(new PublishStep.CallHandler(known(publication), known(who)));
  }

  /** Continues after {@link PublishStep.CallHandler}, with the handler's decision. */
  public List<PublishStep> handled(PublishDecision decision) {
    move(State.HANDLING, State.DONE);
    return switch (decision) {
      case Refusal refusal -> answer(refusal);
      case Publication accepted -> {
        var broadcast = new PublishStep.Broadcast(accepted, times);
        var answer = new PublishStep.Answer(accepted);
        yield via == Transport.HTTP ? List.of(broadcast, answer) : List.of(answer, broadcast);
      }
    };
  }

  private List<PublishStep> answer(Refusal refusal) {
    state = State.DONE;
    return List.of(new PublishStep.Answer(refusal));
  }

  private void move(State from, State to) {
    if (state != from) {
      throw new IllegalStateException("a publish request is " + state + ", expected " + from);
    }
    state = to;
  }

  private static <T> T known(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("the publish request has not been validated");
    }
    return value;
  }
}
