// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.kernel.TimerKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs functions: keeps their execution environments, starts one when an invocation finds none with
 * room, reuses warm ones, and ends those that failed, timed out or belong to an old revision.
 *
 * <p>The rules are Lambda's: an invocation never queues for a busy environment; it is refused if no
 * environment has room and none may be started. At the maximum over all functions the least
 * recently used idle environment is ended.
 *
 * <p>Time-outs are {@link TimerKind#LIMIT} timers. A function's time-out ends its environment;
 * where an environment takes several invocations at once, it takes no new one and ends with its
 * last.
 *
 * <p>Thread-safe. Results complete on threads of the environments.
 */
public final class FunctionHost implements AutoCloseable {
  /** How long an environment may take to start before its function's own time-out counts. */
  public static final Duration INIT_LIMIT = Duration.ofSeconds(10);

  /** The default quota of an account's concurrent executions. Source: Lambda quotas. */
  public static final int ACCOUNT_CONCURRENCY = 1_000;

  private final Journal journal;
  private final EnvironmentFactory factory;
  private final boolean proactive;
  private final HostTime time;
  private final EnvironmentStarter starter;
  private final InvocationRunner runner;

  private final ReentrantLock lock = new ReentrantLock();
  private final EnvironmentPool pool;
  private final Admission admission;
  private final InvocationQueue queue;
  private boolean closed;
  private volatile Runnable stopped = () -> {};

  /**
   * A host without environments.
   *
   * @param factory closed with the host
   * @param maxEnvironments the maximum number of environments at a time, over all functions
   * @param reservedInAll how much of the account's concurrency is reserved for functions; must not
   *     block
   * @param proactive whether {@link #activate} starts an environment ahead of the first invocation
   */
  public FunctionHost(
      SimClock clock,
      Ids ids,
      Journal journal,
      EnvironmentFactory factory,
      LogLines logs,
      int maxEnvironments,
      IntSupplier reservedInAll,
      boolean proactive) {
    this.journal = journal;
    this.factory = factory;
    this.proactive = proactive;
    this.time = new HostTime(clock, factory);
    this.starter = new EnvironmentStarter(time, ids, journal, factory, logs, new Starts());
    this.runner = new InvocationRunner(time, journal, new Runs());
    this.pool = new EnvironmentPool(maxEnvironments);
    this.admission = new Admission(journal, reservedInAll);
    this.queue = new InvocationQueue(journal);
  }

  /**
   * Reports that a function became active. With proactive initialization one environment is
   * started, if there is room without ending another.
   */
  public void activate(FunctionSpec spec) {
    if (!proactive) {
      return;
    }
    lock.lock();
    try {
      if (!closed && !pool.isFull() && pool.of(spec).isEmpty()) {
        start(spec, StartReason.PROACTIVE);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Initialises a version with SnapStart for its snapshot. The environment waits there until the
   * first invocation restores it. On a machine that can have no more environments none is started.
   *
   * @return how the function's initialisation went
   */
  public CompletableFuture<FunctionOutcome> snapshot(FunctionSpec spec) {
    lock.lock();
    try {
      if (closed || (pool.isFull() && !makeRoom())) {
        return CompletableFuture.completedFuture(FunctionOutcome.success(new byte[0]));
      }
      Slot slot = start(spec, StartReason.SNAPSHOT);
      return slot.initialised;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Invokes a function.
   *
   * <p>When the machine can have no more environments the invocation is queued: that is this
   * machine's limit and not Lambda's.
   *
   * @throws ThrottledException when the function's reserved or the account's concurrency is used up
   */
  public CompletableFuture<InvocationResult> invoke(FunctionSpec spec, Invocation invocation) {
    var pending = new PendingInvocation(spec, invocation);
    Slot slot;
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the function host is closed");
      }
      admission.enter(pending);
      pending.activity = time.environmentAtWork(spec);
      slot = queue.isEmpty() ? roomFor(spec) : null;
      if (slot == null) {
        queue.add(pending);
      } else if (!claim(slot, pending)) {
        return pending.result;
      }
    } finally {
      lock.unlock();
    }
    if (slot == null) {
      serveQueue();
    } else {
      runner.run(slot, pending);
    }
    return pending.result;
  }

  /** Ends the environments of a revision; busy ones end after their last invocation. */
  public void retire(FunctionSpec spec) {
    var idle = new ArrayList<Slot>();
    lock.lock();
    try {
      for (Slot slot : pool.of(spec)) {
        slot.draining = true;
        if (slot.claims == 0) {
          pool.remove(slot);
          idle.add(slot);
        }
      }
    } finally {
      lock.unlock();
    }
    idle.forEach(slot -> stop(slot, "retired"));
  }

  /** The functions of every environment and of every queued invocation. */
  public Set<FunctionSpec> inUse() {
    lock.lock();
    try {
      var used = new HashSet<FunctionSpec>();
      pool.all().forEach(slot -> used.add(slot.spec));
      used.addAll(queue.specs());
      return used;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Calls the listener each time an environment has been stopped; it replaces the previous one. It
   * may be called under the host's lock and must not block.
   */
  public void whenStopped(Runnable listener) {
    stopped = listener;
  }

  /** The present number of environments. */
  public int environments() {
    lock.lock();
    try {
      return pool.size();
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

  /** Ends every environment; running invocations fail. */
  @Override
  public void close() {
    List<Slot> all;
    List<PendingInvocation> abandoned;
    lock.lock();
    try {
      closed = true;
      all = pool.all();
      all.forEach(pool::remove);
      abandoned = queue.clear();
    } finally {
      lock.unlock();
    }
    abandoned.forEach(PendingInvocation::abandon);
    all.forEach(slot -> stop(slot, "shutdown"));
    factory.close();
  }

  /** Assigns queued invocations to environments, in order, while capacity is free. */
  private void serveQueue() {
    while (true) {
      InvocationQueue.Assignment next;
      lock.lock();
      try {
        next = closed ? null : queue.assign(this::roomFor);
        if (next == null) {
          return;
        }
        if (!claim(next.slot(), next.invocation())) {
          continue;
        }
      } finally {
        lock.unlock();
      }
      runner.run(next.slot(), next.invocation());
    }
  }

  /** An environment with room, started if necessary; null when no further one may be started. */
  private @Nullable Slot roomFor(FunctionSpec spec) {
    Slot slot = pool.withRoom(spec);
    if (slot == null && (!pool.isFull() || makeRoom())) {
      slot = start(spec, StartReason.INVOCATION);
    }
    return slot;
  }

  private Slot start(FunctionSpec spec, StartReason reason) {
    Slot slot = starter.start(spec, reason);
    pool.add(slot);
    return slot;
  }

  /** Ends an idle environment; returns false if none is idle. */
  private boolean makeRoom() {
    Slot victim = pool.longestIdle();
    if (victim == null) {
      return false;
    }
    pool.remove(victim);
    time.inBackground(() -> stop(victim, "made room"));
    return true;
  }

  /**
   * Assigns the invocation to the environment; false if it must wait for the environment's start.
   */
  private boolean claim(Slot slot, PendingInvocation pending) {
    pending.cold = !slot.used;
    slot.used = true;
    slot.claims++;
    pool.touch(slot);
    if (!slot.ready) {
      slot.waiting.add(pending);
      return false;
    }
    return true;
  }

  private void stop(Slot slot, String reason) {
    ExecutionEnvironment environment = slot.environment;
    if (environment != null) {
      environment.kill();
    }
    journal.record(new LambdaEvent.EnvironmentStopped(slot.spec.name(), slot.id, reason));
    stopped.run();
  }

  private final class Starts implements EnvironmentStarter.Listener {
    @Override
    public void started(Slot slot) {
      List<PendingInvocation> waiting;
      lock.lock();
      try {
        slot.ready = true;
        waiting = slot.takeWaiting();
      } finally {
        lock.unlock();
      }
      if (slot.reason == StartReason.RETRY) {
        waiting.forEach(pending -> pending.spent = slot.initDuration);
      }
      waiting.forEach(pending -> runner.run(slot, pending));
      // This environment may have free capacity, or be ended for another function.
      serveQueue();
    }

    @Override
    public void startFailed(Slot slot, FunctionOutcome outcome) {
      List<PendingInvocation> waiting;
      boolean again;
      boolean gone;
      lock.lock();
      try {
        waiting = slot.takeWaiting();
        again = slot.reason != StartReason.RETRY && !waiting.isEmpty() && !closed;
        gone = again && pool.remove(slot);
        slot.draining = true;
        if (again) {
          Slot next = start(slot.spec, StartReason.RETRY);
          waiting.forEach(pending -> claim(next, pending));
        }
      } finally {
        lock.unlock();
      }
      if (gone) {
        stop(slot, "init failed");
      }
      if (!again) {
        for (PendingInvocation pending : waiting) {
          pending.spent = slot.initDuration;
          runner.fail(slot, pending, outcome);
        }
        lost(slot, "init failed");
      }
    }

    @Override
    public void ended(Slot slot) {
      // Before the end of its Init phase, startFailed handles it.
      if (slot.initEnded.get()) {
        lost(slot, "exited");
      }
    }

    private void lost(Slot slot, String reason) {
      boolean stop;
      lock.lock();
      try {
        slot.draining = true;
        stop = pool.remove(slot);
      } finally {
        lock.unlock();
      }
      if (stop) {
        stop(slot, reason);
      }
      // In the background: this may run inside a start, which is assigning invocations.
      time.inBackground(FunctionHost.this::serveQueue);
    }
  }

  private final class Runs implements InvocationRunner.Listener {
    @Override
    public void released(Slot slot, PendingInvocation pending, FunctionOutcome outcome) {
      boolean stop;
      lock.lock();
      try {
        slot.claims--;
        pool.touch(slot);
        admission.leave(pending);
        slot.draining |= outcome.lost();
        stop = slot.draining && slot.claims == 0 && pool.remove(slot);
      } finally {
        lock.unlock();
      }
      if (stop) {
        stop(slot, outcome.errorType() == null ? "retired" : outcome.errorType());
      }
    }

    @Override
    public void reported() {
      serveQueue();
    }
  }
}
