// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import dev.syncline.sim.lambda.FunctionOutcome;
import dev.syncline.sim.lambda.Invocation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The invocations of one environment, from their delivery until the environment is free again. It
 * is free at its next request for an invocation, not at its answer: between the two a runtime may
 * end its process, as AWS's clients do after some errors. Thread-safe.
 */
final class InFlight {
  /** One invocation. Guarded by the lock of its owner, but for the futures. */
  static final class Entry {
    final Invocation invocation;
    final long deadlineMillis;
    final CompletableFuture<FunctionOutcome> outcome = new CompletableFuture<>();
    final CompletableFuture<Void> free = new CompletableFuture<>();
    private boolean taken;
    private volatile boolean answered;

    Entry(Invocation invocation, long deadlineMillis) {
      this.invocation = invocation;
      this.deadlineMillis = deadlineMillis;
    }

    /** Whether the runtime has begun to answer it; then its outcome comes from there. */
    boolean isAnswered() {
      return answered;
    }
  }

  /** Whether an answer is accepted. */
  enum Answer {
    ACCEPTED,
    UNKNOWN_ID,
    ANSWERED_BEFORE
  }

  /** A request to answer an invocation. */
  record Claim(Answer answer, @Nullable Entry entry) {}

  private final int concurrency;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Entry> entries = new ArrayList<>();
  private final BlockingQueue<Entry> deliveries = new LinkedBlockingQueue<>();

  /** For a runtime that may have {@code concurrency} invocations at once. */
  InFlight(int concurrency) {
    this.concurrency = concurrency;
  }

  Entry deliver(Invocation invocation, long deadlineMillis) {
    var entry = new Entry(invocation, deadlineMillis);
    lock.lock();
    try {
      entries.add(entry);
    } finally {
      lock.unlock();
    }
    deliveries.add(entry);
    return entry;
  }

  /** The runtime asks for an invocation; false if it has as many unanswered ones as it may. */
  boolean mayAsk() {
    List<Entry> finished;
    lock.lock();
    try {
      if (entries.stream().filter(entry -> entry.taken && !entry.answered).count() >= concurrency) {
        return false;
      }
      finished = entries.stream().filter(entry -> entry.answered).toList();
      entries.removeAll(finished);
    } finally {
      lock.unlock();
    }
    finished.forEach(entry -> entry.free.complete(null));
    return true;
  }

  /** The next invocation, as soon as there is one. */
  Entry take() throws InterruptedException {
    Entry next = deliveries.take();
    lock.lock();
    try {
      next.taken = true;
    } finally {
      lock.unlock();
    }
    return next;
  }

  /** The runtime begins to answer an invocation. */
  Claim answer(String requestId) {
    Entry entry;
    lock.lock();
    try {
      entry = find(requestId);
      if (entry == null || !entry.taken) {
        return new Claim(Answer.UNKNOWN_ID, null);
      }
      if (entry.answered) {
        return new Claim(Answer.ANSWERED_BEFORE, null);
      }
      entry.answered = true;
      if (concurrency > 1) {
        // Which of its requests belongs to which invocation is not known.
        entries.remove(entry);
      }
    } finally {
      lock.unlock();
    }
    if (concurrency > 1) {
      entry.free.complete(null);
    }
    return new Claim(Answer.ACCEPTED, entry);
  }

  /** Completes when the environment is free of an invocation. */
  CompletableFuture<Void> free(String requestId) {
    lock.lock();
    try {
      Entry entry = find(requestId);
      return entry == null ? CompletableFuture.completedFuture(null) : entry.free;
    } finally {
      lock.unlock();
    }
  }

  /** Forgets all invocations and returns them. */
  List<Entry> clear() {
    lock.lock();
    try {
      deliveries.clear();
      var all = List.copyOf(entries);
      entries.clear();
      return all;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Entry find(String requestId) {
    for (Entry entry : entries) {
      if (entry.invocation.requestId().equals(requestId)) {
        return entry;
      }
    }
    return null;
  }
}
