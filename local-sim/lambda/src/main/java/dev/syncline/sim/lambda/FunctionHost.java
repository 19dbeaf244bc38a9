// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import dev.syncline.sim.kernel.Activity;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.kernel.Timer;
import dev.syncline.sim.kernel.TimerKind;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs functions: keeps their execution environments, starts one when an invocation finds none with
 * room, uses warm ones again, and ends those that failed, timed out or belong to an old revision.
 *
 * <p>The rules are Lambda's: an invocation never queues for a busy environment; one that finds no
 * room and may not start another is refused. At the cap over all functions an environment that is
 * idle gives way, the one longest unused first.
 *
 * <p>Time-outs are {@link TimerKind#LIMIT} timers. A function's time-out ends its environment;
 * where an environment takes several invocations at once, it takes no new one and ends with its
 * last.
 *
 * <p>Thread-safe. Results complete on threads of the environments.
 */
public final class FunctionHost implements AutoCloseable {
  /** How long an environment may take to start, beside the function's own time-out. */
  public static final Duration INIT_LIMIT = Duration.ofSeconds(10);

  /** An account's concurrent executions, unless raised. Source: Lambda quotas. */
  public static final int ACCOUNT_CONCURRENCY = 1_000;

  private static final DateTimeFormatter STREAM_DATE =
      DateTimeFormatter.ofPattern("yyyy/MM/dd", Locale.ROOT);
  private static final Activity NONE = () -> {};
  // A start may fail before it has returned, while the lock is held and no ticket is in line yet.
  private static final Executor ELSEWHERE = task -> Thread.ofVirtual().start(task);

  private final SimClock clock;
  private final Ids ids;
  private final Journal journal;
  private final EnvironmentFactory factory;
  private final LogLines logs;
  private final int maxEnvironments;
  private final boolean proactive;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, List<Slot>> pools = new LinkedHashMap<>();
  private final Map<String, Integer> inFlight = new HashMap<>();
  private final ArrayDeque<Ticket> line = new ArrayDeque<>();
  private int environments;
  private int total;
  private long uses;
  private boolean closed;

  /**
   * A host without environments.
   *
   * @param factory closed with the host
   * @param maxEnvironments how many environments there may be at once, over all functions
   * @param proactive whether {@link #activate} starts an environment ahead of the first invocation
   */
  public FunctionHost(
      SimClock clock,
      Ids ids,
      Journal journal,
      EnvironmentFactory factory,
      LogLines logs,
      int maxEnvironments,
      boolean proactive) {
    this.clock = clock;
    this.ids = ids;
    this.journal = journal;
    this.factory = factory;
    this.logs = logs;
    this.maxEnvironments = maxEnvironments;
    this.proactive = proactive;
  }

  /**
   * Tells the host that a function became active. With proactive initialization one environment is
   * started, if there is room without ending another.
   */
  public void activate(FunctionSpec spec) {
    if (!proactive) {
      return;
    }
    lock.lock();
    try {
      if (!closed
          && environments < maxEnvironments
          && pools.getOrDefault(spec.key(), List.of()).isEmpty()) {
        start(spec, "proactive");
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Invokes a function.
   *
   * <p>When the machine can have no more environments the invocation waits in line for one: that is
   * this machine's limit and not Lambda's.
   *
   * @throws ThrottledException when the function's reserved or the account's concurrency is used up
   */
  public CompletableFuture<InvocationResult> invoke(FunctionSpec spec, Invocation invocation) {
    Slot slot;
    Ticket ticket;
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the function host is closed");
      }
      int running = inFlight.getOrDefault(spec.arn(), 0);
      Integer reserved = spec.reservedConcurrency();
      if (reserved != null && running >= reserved) {
        throw throttled(
            spec,
            invocation,
            "ReservedFunctionConcurrentInvocationLimitExceeded",
            "Rate Exceeded.");
      }
      if (total >= ACCOUNT_CONCURRENCY) {
        throw throttled(spec, invocation, "ConcurrentInvocationLimitExceeded", "Rate Exceeded.");
      }
      ticket = new Ticket(spec, invocation, factory.external() ? clock.beginExternal() : NONE);
      inFlight.put(spec.arn(), running + 1);
      total++;
      slot = line.isEmpty() ? roomFor(spec) : null;
      if (slot == null) {
        line.addLast(ticket);
        journal.record(new LambdaEvent.Queued(invocation.requestId(), spec.name(), line.size()));
      } else if (!claim(slot, ticket)) {
        return ticket.result;
      }
    } finally {
      lock.unlock();
    }
    if (slot == null) {
      serveLine();
    } else {
      dispatch(slot, ticket);
    }
    return ticket.result;
  }

  /** Gives a place to who waits for one, in order, as far as there is room. */
  private void serveLine() {
    while (true) {
      Slot slot = null;
      Ticket served = null;
      lock.lock();
      try {
        for (Ticket waiting : line) {
          slot = closed ? null : roomFor(waiting.spec);
          if (slot != null) {
            served = waiting;
            break;
          }
        }
        if (slot == null || served == null) {
          return;
        }
        line.remove(served);
        if (!claim(slot, served)) {
          continue;
        }
      } finally {
        lock.unlock();
      }
      dispatch(slot, served);
    }
  }

  /** An environment with room, a new one if need be; null when the machine can have no more. */
  private @Nullable Slot roomFor(FunctionSpec spec) {
    Slot slot = findRoom(spec);
    if (slot == null && makeRoom()) {
      slot = start(spec, "invocation");
    }
    return slot;
  }

  /** Counts the invocation to the environment; false when it has to wait until that has started. */
  private boolean claim(Slot slot, Ticket ticket) {
    ticket.cold = !slot.used;
    slot.used = true;
    slot.claims++;
    slot.lastUsed = ++uses;
    if (!slot.ready) {
      slot.waiting.add(ticket);
      return false;
    }
    return true;
  }

  /** Ends the environments of a revision; those at work end after their last invocation. */
  public void retire(FunctionSpec spec) {
    var idle = new ArrayList<Slot>();
    lock.lock();
    try {
      for (Slot slot : List.copyOf(pools.getOrDefault(spec.key(), List.of()))) {
        slot.draining = true;
        if (slot.claims == 0) {
          remove(slot);
          idle.add(slot);
        }
      }
    } finally {
      lock.unlock();
    }
    idle.forEach(slot -> stop(slot, "retired"));
  }

  /** How many environments there are now. */
  public int environments() {
    lock.lock();
    try {
      return environments;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the host has been closed. */
  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Ends every environment; invocations under way fail. */
  @Override
  public void close() {
    var all = new ArrayList<Slot>();
    List<Ticket> abandoned;
    lock.lock();
    try {
      closed = true;
      pools.values().forEach(all::addAll);
      all.forEach(this::remove);
      abandoned = List.copyOf(line);
      line.clear();
    } finally {
      lock.unlock();
    }
    for (Ticket ticket : abandoned) {
      Outcome ended = RuntimeErrors.exited(ticket.invocation.requestId(), 137);
      ticket.result.complete(
          new InvocationResult(ended.payload(), "Unhandled", ended.errorType(), ""));
      ticket.activity.close();
    }
    all.forEach(slot -> stop(slot, "shutdown"));
    factory.close();
  }

  private @Nullable Slot findRoom(FunctionSpec spec) {
    Slot best = null;
    for (Slot slot : pools.getOrDefault(spec.key(), List.of())) {
      if (slot.hasRoom() && (best == null || betterThan(slot, best))) {
        best = slot;
      }
    }
    return best;
  }

  /** Ready before starting; then the one used last, so that the others can fall idle. */
  private static boolean betterThan(Slot slot, Slot best) {
    if (slot.ready != best.ready) {
      return slot.ready;
    }
    return slot.lastUsed > best.lastUsed;
  }

  /** Whether one more environment may start; ends an idle one of another function for it. */
  private boolean makeRoom() {
    if (environments < maxEnvironments) {
      return true;
    }
    Slot victim = null;
    for (List<Slot> pool : pools.values()) {
      for (Slot slot : pool) {
        if (slot.claims == 0 && slot.ready && (victim == null || slot.lastUsed < victim.lastUsed)) {
          victim = slot;
        }
      }
    }
    if (victim == null) {
      return false;
    }
    remove(victim);
    Slot stopped = victim;
    inBackground(() -> stop(stopped, "made room"));
    return true;
  }

  private ThrottledException throttled(
      FunctionSpec spec, Invocation invocation, String reason, String message) {
    journal.record(new LambdaEvent.Throttled(invocation.requestId(), spec.name(), reason));
    return new ThrottledException(reason, message);
  }

  private Slot start(FunctionSpec spec, String reason) {
    String id = ids.hex(32);
    String stream =
        STREAM_DATE.format(LocalDate.ofInstant(clock.now(), ZoneOffset.UTC))
            + "/["
            + spec.version()
            + "]"
            + id;
    var slot = new Slot(id, spec, stream, clock, logs, nanos());
    pools.computeIfAbsent(spec.key(), key -> new ArrayList<>()).add(slot);
    environments++;
    journal.record(new LambdaEvent.EnvironmentStarted(spec.name(), spec.version(), id, reason));
    slot.log(ReportLines.initStart(spec));
    Activity starting = factory.external() ? clock.beginExternal() : NONE;
    ExecutionEnvironment environment = factory.start(spec, stream, slot::log);
    slot.environment = environment;
    Timer limit =
        clock.schedule(
            TimerKind.LIMIT,
            INIT_LIMIT.plus(spec.timeout()),
            () -> inBackground(() -> initTimedOut(slot)));
    environment
        .ready()
        .thenAcceptAsync(
            outcome -> {
              limit.cancel();
              if (outcome.errorType() == null) {
                started(slot);
              } else {
                startFailed(slot, outcome);
              }
              starting.close();
            },
            ELSEWHERE);
    environment.ended().thenRun(() -> lost(slot, "exited"));
    return slot;
  }

  private void started(Slot slot) {
    List<Ticket> waiting;
    lock.lock();
    try {
      slot.ready = true;
      slot.initDuration = Duration.ofNanos(nanos() - slot.startedNanos);
      waiting = slot.takeWaiting();
    } finally {
      lock.unlock();
    }
    journal.record(new LambdaEvent.EnvironmentReady(slot.spec.name(), slot.id, slot.initDuration));
    waiting.forEach(ticket -> dispatch(slot, ticket));
  }

  private void startFailed(Slot slot, Outcome outcome) {
    List<Ticket> waiting;
    lock.lock();
    try {
      slot.draining = true;
      slot.initDuration = Duration.ofNanos(nanos() - slot.startedNanos);
      waiting = slot.takeWaiting();
    } finally {
      lock.unlock();
    }
    String type = outcome.errorType() == null ? "Runtime.Unknown" : outcome.errorType();
    slot.log(ReportLines.initError(slot, type));
    for (Ticket ticket : waiting) {
      ticket.startedNanos = nanos();
      slot.begin(ticket);
      slot.log(ReportLines.start(ticket));
      finish(slot, ticket, Outcome.failure(outcome.payload(), type, true));
    }
    lost(slot, "init error " + type);
  }

  private void initTimedOut(Slot slot) {
    List<Ticket> waiting;
    lock.lock();
    try {
      slot.draining = true;
      waiting = slot.takeWaiting();
    } finally {
      lock.unlock();
    }
    ExecutionEnvironment environment = slot.environment;
    if (environment != null) {
      environment
          .kill()
          .thenRun(
              () -> {
                for (Ticket ticket : waiting) {
                  ticket.startedNanos = nanos();
                  slot.begin(ticket);
                  slot.log(ReportLines.start(ticket));
                  finish(
                      slot,
                      ticket,
                      RuntimeErrors.timedOut(ticket.invocation.requestId(), ticket.spec.timeout()));
                }
                lost(slot, "init timed out");
              });
    }
  }

  private void dispatch(Slot slot, Ticket ticket) {
    ExecutionEnvironment environment = slot.environment;
    if (environment == null) {
      throw new IllegalStateException("environment " + slot.id + " has not been started");
    }
    ticket.startedNanos = nanos();
    slot.begin(ticket);
    slot.log(ReportLines.start(ticket));
    journal.record(
        new LambdaEvent.Invoked(
            ticket.invocation.requestId(),
            slot.spec.name(),
            slot.spec.version(),
            slot.id,
            ticket.cold,
            ticket.invocation.traceId()));
    ticket.limit =
        clock.schedule(
            TimerKind.LIMIT,
            slot.spec.timeout(),
            () -> inBackground(() -> timedOut(slot, environment, ticket)));
    environment
        .invoke(ticket.invocation, slot.spec.timeout())
        .thenAccept(outcome -> finish(slot, ticket, outcome));
  }

  private void timedOut(Slot slot, ExecutionEnvironment environment, Ticket ticket) {
    if (ticket.done.get()) {
      return;
    }
    Outcome outcome = RuntimeErrors.timedOut(ticket.invocation.requestId(), ticket.spec.timeout());
    if (slot.spec.environmentConcurrency() == 1) {
      lock.lock();
      try {
        slot.draining = true;
      } finally {
        lock.unlock();
      }
      // The environment answers what it was asked with an exit error as it dies: not the cause.
      if (ticket.done.compareAndSet(false, true)) {
        environment.kill().thenRun(() -> conclude(slot, ticket, outcome));
      }
    } else {
      finish(slot, ticket, outcome);
    }
  }

  private void finish(Slot slot, Ticket ticket, Outcome outcome) {
    if (ticket.done.compareAndSet(false, true)) {
      conclude(slot, ticket, outcome);
    }
  }

  private void conclude(Slot slot, Ticket ticket, Outcome outcome) {
    Timer limit = ticket.limit;
    if (limit != null) {
      limit.cancel();
    }
    Duration duration = Duration.ofNanos(nanos() - ticket.startedNanos);
    String error = outcome.errorType();
    String status =
        error == null ? "success" : error.equals("Sandbox.Timedout") ? "timeout" : "error";
    slot.log(ReportLines.end(ticket));
    slot.log(ReportLines.report(slot, ticket, duration, status, error));
    slot.end(ticket);
    boolean stop = false;
    lock.lock();
    try {
      slot.claims--;
      slot.lastUsed = ++uses;
      inFlight.merge(slot.spec.arn(), -1, Integer::sum);
      total--;
      slot.draining |= outcome.lost();
      if (slot.draining && slot.claims == 0 && !slot.removed) {
        remove(slot);
        stop = true;
      }
    } finally {
      lock.unlock();
    }
    if (stop) {
      stop(slot, status.equals("success") ? "retired" : status);
    }
    journal.record(
        new LambdaEvent.Finished(
            ticket.invocation.requestId(),
            slot.spec.name(),
            status,
            error == null ? "" : error,
            duration));
    ticket.result.complete(
        new InvocationResult(
            outcome.payload(), error == null ? null : "Unhandled", error, ticket.logTail()));
    serveLine();
    ticket.activity.close();
  }

  private void lost(Slot slot, String reason) {
    boolean stop;
    lock.lock();
    try {
      slot.draining = true;
      stop = !slot.removed;
      remove(slot);
    } finally {
      lock.unlock();
    }
    if (stop) {
      stop(slot, reason);
    }
    // Not here: this may run inside a start, which is in the middle of giving places.
    inBackground(this::serveLine);
  }

  private void remove(Slot slot) {
    if (slot.removed) {
      return;
    }
    slot.removed = true;
    slot.draining = true;
    environments--;
    List<Slot> pool = pools.get(slot.spec.key());
    if (pool != null) {
      pool.remove(slot);
      if (pool.isEmpty()) {
        pools.remove(slot.spec.key());
      }
    }
  }

  private void stop(Slot slot, String reason) {
    ExecutionEnvironment environment = slot.environment;
    if (environment != null) {
      environment.kill();
    }
    journal.record(new LambdaEvent.EnvironmentStopped(slot.spec.name(), slot.id, reason));
  }

  /** Off the clock's thread, without letting time be skipped meanwhile. */
  private void inBackground(Runnable work) {
    Activity activity = clock.begin();
    Thread.ofVirtual()
        .name("function-host")
        .start(
            () -> {
              try {
                work.run();
              } finally {
                activity.close();
              }
            });
  }

  /** Real time for real processes, virtual time for what runs on it. */
  private long nanos() {
    if (factory.external()) {
      return clock.realNanos();
    }
    var now = clock.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
