// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.realtime;

import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.kernel.Timer;
import dev.syncline.sim.kernel.TimerKind;
import dev.syncline.sim.service.http.WebSocketListener;
import dev.syncline.sim.service.http.WebSocketPeer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The life of a realtime connection: keep-alives, its longest duration, faults, its end.
 *
 * <p>Thread-safe. Its lock makes the client's frames, timers and the end of the connection one
 * writer. Nothing blocks under it.
 */
public abstract class RealtimeSocket implements WebSocketListener {
  private static final int NORMAL_CLOSURE = 1000;
  private static final byte[] KEEP_ALIVE = "{\"type\":\"ka\"}".getBytes(StandardCharsets.US_ASCII);

  private final String id;
  private final WebSocketPeer peer;
  private final SimClock clock;
  private final Duration keepAliveEvery;
  private final DeliveryState delivery = new DeliveryState();
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Timer keepAlive;
  private @Nullable Timer lifetime;
  private boolean closed;

  /**
   * A connection that is not yet open.
   *
   * @param keepAliveEvery the time between keep-alives
   */
  protected RealtimeSocket(String id, WebSocketPeer peer, SimClock clock, Duration keepAliveEvery) {
    this.id = id;
    this.peer = peer;
    this.clock = clock;
    this.keepAliveEvery = keepAliveEvery;
  }

  /** The id of the connection. */
  protected final String id() {
    return id;
  }

  /** The client. */
  protected final WebSocketPeer peer() {
    return peer;
  }

  /** Whether frames are still delivered. */
  protected final DeliveryState delivery() {
    return delivery;
  }

  /** Whether the connection has ended; read under the lock. */
  protected final boolean closed() {
    return closed;
  }

  /** Starts the connection's longest duration; called once. */
  protected final void limitLifetime(Duration longest, int closeCode) {
    locked(() -> lifetime = after(longest, () -> close(closeCode, "Connection lifetime exceeded")));
  }

  /** Runs a task under the lock. */
  protected final void locked(Runnable task) {
    lock.lock();
    try {
      task.run();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public final void onText(String message) {
    if (!delivery.silent() && hears(message)) {
      receive(message);
    }
  }

  @Override
  public final void onClosed(int code, String reason) {
    release(code, reason);
  }

  /** Takes a frame that is not lost by a fault. */
  protected abstract void receive(String message);

  /** Whether a frame is processed, given the planned faults. */
  protected abstract boolean hears(String message);

  /** Ends every subscription; called once, under the lock. */
  protected abstract void released(int code, String reason);

  /** The connection has ended; called once, outside the lock. */
  protected abstract void gone();

  /**
   * Carries out the fault of a frame, if one is planned. Returns whether the frame is processed.
   */
  protected final boolean hears(
      FaultPlan faults, String place, Supplier<Map<String, String>> details) {
    if (!faults.plans(place)) {
      return true;
    }
    Optional<Fault> fault = faults.strike(place, details.get());
    if (fault.isEmpty()) {
      return true;
    }
    switch (fault.get()) {
      case Fault.Delay delay -> {
        clock.pause(delay.delay());
        return true;
      }
      case Fault.Drop drop -> {}
      default -> end(fault.get());
    }
    return false;
  }

  /** Closes the connection with a normal close code, as AppSync does for every cause. */
  public final void close(String reason) {
    close(NORMAL_CLOSURE, reason);
  }

  private void close(int code, String reason) {
    release(code, reason);
    peer.close(code, reason);
  }

  /** Carries out a fault that ends the connection. */
  public final void end(Fault fault) {
    switch (fault) {
      case Fault.Disconnect disconnect -> peer.cut();
      case Fault.Close close -> peer.close(close.code(), close.reason());
      case Fault.Silence silence -> delivery.silence();
      default -> throw new IllegalStateException("a connection cannot do " + fault);
    }
  }

  /** Starts keep-alives if they have not started; called under the lock. */
  protected final void beginKeepAlive() {
    if (keepAlive == null && !closed) {
      keepAlive = after(keepAliveEvery, this::sendKeepAlive);
    }
  }

  private void sendKeepAlive() {
    locked(
        () -> {
          if (!closed && !delivery.silent()) {
            peer.sendUtf8(KEEP_ALIVE);
            keepAlive = after(keepAliveEvery, this::sendKeepAlive);
          }
        });
  }

  private Timer after(Duration delay, Runnable task) {
    return clock.schedule(TimerKind.BACKGROUND, delay, task);
  }

  private void release(int code, String reason) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      if (keepAlive != null) {
        keepAlive.cancel();
      }
      if (lifetime != null) {
        lifetime.cancel();
      }
      released(code, reason);
    } finally {
      lock.unlock();
    }
    gone();
  }
}
