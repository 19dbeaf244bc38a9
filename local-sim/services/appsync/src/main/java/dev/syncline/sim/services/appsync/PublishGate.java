// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import dev.syncline.sim.events.AuthDecision;
import dev.syncline.sim.events.AuthRequest;
import dev.syncline.sim.events.NamespaceHandlers;
import dev.syncline.sim.events.Publication;
import dev.syncline.sim.events.PublishDecision;
import dev.syncline.sim.events.Refusal;
import dev.syncline.sim.events.Transport;
import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.SimClock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a good publication passes on its way: planned faults, the API's rate, the namespace's
 * handler. Thread-safe; may block.
 */
final class PublishGate {
  private final SimClock clock;
  private final FaultPlan faults;
  private final NamespaceHandlers handlers;
  private final Broadcaster broadcaster;

  PublishGate(
      SimClock clock, FaultPlan faults, NamespaceHandlers handlers, Broadcaster broadcaster) {
    this.clock = clock;
    this.faults = faults;
    this.handlers = handlers;
    this.broadcaster = broadcaster;
  }

  /**
   * What has become of a publication.
   *
   * @param decision what the publisher is told
   * @param times how often its events go out, if it was accepted
   */
  record Passed(PublishDecision decision, int times) {}

  Passed pass(
      LiveApi api,
      Publication publication,
      AuthRequest.Caller caller,
      AuthDecision.Granted who,
      Transport via) {
    int times = 1;
    Optional<Fault> fault = strike(api, publication, via);
    if (fault.isPresent()) {
      switch (fault.get()) {
        case Fault.Refuse refuse -> {
          return new Passed(refusal(refuse), 0);
        }
        case Fault.Delay delay -> clock.pause(delay.delay());
        case Fault.Drop drop -> times = 0;
        case Fault.Duplicate duplicate -> times = duplicate.times();
        default -> throw new IllegalStateException("cannot do " + fault.get());
      }
    }
    Optional<Refusal> tooMany = api.tooManyEvents(clock.now(), publication, via);
    return new Passed(
        tooMany.isPresent()
            ? tooMany.get()
            : handlers.onPublish(api.config(), publication, caller, who),
        times);
  }

  /** Takes what was accepted to its subscribers. */
  void broadcast(LiveApi api, Passed passed, Transport via) {
    if (passed.decision instanceof Publication accepted) {
      for (int i = 0; i < passed.times; i++) {
        broadcaster.broadcast(api, accepted, via);
      }
    }
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
