// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import dev.syncline.sim.events.AuthRequest;
import dev.syncline.sim.events.NamespaceHandlers;
import dev.syncline.sim.events.Publication;
import dev.syncline.sim.events.PublishDecision;
import dev.syncline.sim.events.PublishStep;
import dev.syncline.sim.events.Publishing;
import dev.syncline.sim.events.Refusal;
import dev.syncline.sim.events.Transport;
import dev.syncline.sim.events.Verifier;
import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.SimClock;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Carries out the steps of publish requests; {@link Publishing} decides their order. Thread-safe;
 * may block.
 */
record PublishGate(
    SimClock clock,
    FaultPlan faults,
    Verifier verifier,
    NamespaceHandlers handlers,
    Broadcaster broadcaster) {
  /**
   * Carries out {@code steps} and those that follow from them.
   *
   * @param answer sends the answer when its turn comes
   * @return the answered decision
   */
  PublishDecision carryOut(
      LiveApi api,
      AuthRequest.Caller caller,
      Publishing publishing,
      List<PublishStep> steps,
      Consumer<PublishDecision> answer) {
    PublishDecision answered = null;
    var open = new ArrayDeque<>(steps);
    while (!open.isEmpty()) {
      PublishStep step = open.removeFirst();
      if (step instanceof PublishStep.Answer(PublishDecision decision)) {
        answer.accept(decision);
        answered = decision;
      } else {
        open.addAll(next(api, caller, publishing, step));
      }
    }
    return Objects.requireNonNull(answered, "a publish request without an answer");
  }

  private List<PublishStep> next(
      LiveApi api, AuthRequest.Caller caller, Publishing publishing, PublishStep step) {
    Transport via = publishing.transport();
    return switch (step) {
      case PublishStep.Verify verify ->
          publishing.verified(verifier.verify(api.config(), verify.request(), clock.now()));
      case PublishStep.StrikeFaults strike ->
          strike(api, strike.publication(), via)
              .map(fault -> struck(publishing, fault))
              .orElseGet(() -> publishing.admitted(1));
      case PublishStep.TakeQuota quota ->
          publishing.quotaTaken(api.tooManyEvents(clock.now(), quota.publication(), via));
      case PublishStep.CallHandler call ->
          publishing.handled(
              handlers.onPublish(api.config(), call.publication(), caller, call.who()));
      case PublishStep.Broadcast broadcast -> {
        for (int i = 0; i < broadcast.times(); i++) {
          broadcaster.broadcast(api, broadcast.publication(), via);
        }
        yield List.of();
      }
      case PublishStep.Answer answer -> throw new IllegalStateException("answered already");
    };
  }

  private List<PublishStep> struck(Publishing publishing, Fault fault) {
    return switch (fault) {
      case Fault.Refuse refuse -> publishing.refusedByFault(refusal(refuse));
      case Fault.Delay delay -> {
        clock.pause(delay.delay());
        yield publishing.admitted(1);
      }
      case Fault.Drop drop -> publishing.admitted(0);
      case Fault.Duplicate duplicate -> publishing.admitted(duplicate.times());
      default -> throw new IllegalStateException("cannot do " + fault);
    };
  }

  /** A refusal that a plan asks for. */
  static Refusal refusal(Fault.Refuse refuse) {
    return new Refusal(refuse.status(), refuse.errorType(), refuse.message(), "a planned fault");
  }

  private Optional<Fault> strike(LiveApi api, Publication publication, Transport via) {
    return faults.plans(EventsFaults.PUBLISH)
        ? faults.strike(
            EventsFaults.PUBLISH,
            Map.of(
                "api",
                api.id(),
                "channel",
                publication.channel().path(),
                "via",
                via.name().toLowerCase(Locale.ROOT)))
        : Optional.empty();
  }
}
