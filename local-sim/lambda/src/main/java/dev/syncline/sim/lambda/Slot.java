// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import dev.syncline.sim.kernel.SimClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * An environment as the host keeps account of it. Fields without further word are guarded by the
 * host's lock.
 */
final class Slot {
  final String id;
  final FunctionSpec spec;
  final String logStream;
  final long startedNanos;
  final ArrayDeque<Ticket> waiting = new ArrayDeque<>();
  private final SimClock clock;
  private final LogLines logs;
  private final List<Ticket> atWork = new CopyOnWriteArrayList<>();

  @Nullable ExecutionEnvironment environment;
  boolean ready;
  boolean draining;
  boolean removed;
  boolean used;
  int claims;
  long lastUsed;
  Duration initDuration = Duration.ZERO;

  Slot(String id, FunctionSpec spec, String logStream, SimClock clock, LogLines logs, long now) {
    this.id = id;
    this.spec = spec;
    this.logStream = logStream;
    this.clock = clock;
    this.logs = logs;
    this.startedNanos = now;
  }

  boolean hasRoom() {
    return !draining && !removed && claims < spec.environmentConcurrency();
  }

  void begin(Ticket ticket) {
    atWork.add(ticket);
  }

  void end(Ticket ticket) {
    atWork.remove(ticket);
  }

  /** Logs a line; thread-safe. With several invocations at work each one's tail has all lines. */
  void log(String line) {
    logs.append(spec.logGroup(), logStream, clock.now(), line);
    for (Ticket ticket : atWork) {
      ticket.tail(line);
    }
  }

  List<Ticket> takeWaiting() {
    var taken = new ArrayList<>(waiting);
    waiting.clear();
    return taken;
  }
}
