// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.realtime;

import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.http.FanOut;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Puts events into the mailboxes of connections, without a lock and without writing to a socket.
 * Thread-safe.
 *
 * @param place the fault place of a delivery to one subscription
 */
public record Delivery(SimClock clock, FaultPlan faults, String place) {
  /**
   * One event for many subscriptions.
   *
   * @param <S> a subscription
   */
  public interface Event<S extends Receiver> {
    /** The end of its data frame. */
    byte[] body();

    /** The end of a data frame with another text, for {@link Fault.Corrupt}. */
    byte[] corrupted(String text);

    /** The frame that a subscription gets in its place, for {@link Fault.Refuse}. */
    String refused(S subscription, Fault.Refuse refuse);

    /** Called for each delivery; {@code taken} is false when the connection did not take it. */
    void delivered(S subscription, boolean taken);

    /** The event for one later delivery. */
    Event<S> alone();
  }

  /** Whether faults are planned for deliveries. */
  public boolean faultsPlanned() {
    return faults.plans(place);
  }

  /**
   * Delivers some events of one origin to a subscription. Returns how many the connection accepted.
   * Waits only when the settings of the port let senders wait.
   */
  public int deliver(Receiver subscription, byte[][] bodies, FanOut fanOut) {
    int taken = subscription.deliver(bodies, 0, fanOut);
    while (taken < bodies.length) {
      CompletableFuture<Boolean> room = subscription.room();
      if (room == null) {
        break;
      }
      fanOut.flush();
      clock.await(room);
      taken += subscription.deliver(bodies, taken, fanOut);
    }
    return taken;
  }

  /** Delivers one event to each subscription, with the faults that are planned. */
  public <S extends Receiver> void withFaults(
      Event<S> event, List<S> subscriptions, Map<String, String> details) {
    try (var fanOut = new FanOut()) {
      for (S subscription : subscriptions) {
        strike(event, subscription, details, fanOut);
      }
    }
  }

  private <S extends Receiver> void strike(
      Event<S> event, S subscription, Map<String, String> details, FanOut fanOut) {
    Optional<Fault> fault = faults.strike(place, details);
    if (fault.isEmpty()) {
      send(event, subscription, event.body(), fanOut);
      return;
    }
    switch (fault.get()) {
      case Fault.Delay delay ->
          clock.schedule(delay.delay(), () -> sendLater(event.alone(), subscription));
      case Fault.Drop drop -> {}
      case Fault.Duplicate duplicate -> {
        for (int i = 0; i < duplicate.times(); i++) {
          send(event, subscription, event.body(), fanOut);
        }
      }
      case Fault.Corrupt corrupt ->
          send(event, subscription, event.corrupted(corrupt.replacement()), fanOut);
      case Fault.Disconnect disconnect -> subscription.cut();
      case Fault.Close close -> subscription.close(close);
      case Fault.Silence silence -> subscription.silence();
      case Fault.Refuse refuse -> subscription.sendInstead(event.refused(subscription, refuse));
      case Fault.Throttle throttle ->
          throw new IllegalStateException("a delivery cannot do " + throttle);
    }
  }

  private <S extends Receiver> void send(
      Event<S> event, S subscription, byte[] body, FanOut fanOut) {
    event.delivered(subscription, deliver(subscription, new byte[][] {body}, fanOut) == 1);
  }

  /** Runs on the clock's thread and must not block. */
  private static <S extends Receiver> void sendLater(Event<S> event, S subscription) {
    try (var fanOut = new FanOut()) {
      event.delivered(
          subscription, subscription.deliver(new byte[][] {event.body()}, 0, fanOut) == 1);
    }
  }
}
