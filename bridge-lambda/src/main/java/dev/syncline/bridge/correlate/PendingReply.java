// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.correlate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One piece of work that at least one caller waits for. Callers with the same {@code
 * Idempotency-Key} share it: the first starts the work, the others join.
 *
 * <p>Thread-safe. Created by {@link PendingReplies#register}.
 */
public final class PendingReply {

  /**
   * An unconfirmed start: the work may be running.
   *
   * @param error the error's name, which a caller may see
   * @param untilMillis epoch milliseconds until which it is assumed to run
   */
  public record Doubt(String error, long untilMillis) {}

  private final CorrelationId id;
  private final String fingerprint;
  private final CompletableFuture<WorkOutcome> answered = new CompletableFuture<>();

  // Guarded by this.
  private final List<CompletableFuture<Void>> gates = new ArrayList<>(1);
  private boolean reconcileWanted;

  private volatile CompletableFuture<Void> started = new CompletableFuture<>();
  private volatile boolean startBegun;
  private volatile boolean repliesElsewhere;
  private volatile @Nullable Doubt doubt;

  /** Written once, under the lock of the PendingReplies. */
  private volatile @Nullable WorkOutcome outcome;

  // Guarded by the PendingReplies.
  int callers;
  boolean refused;

  /** Whether the work of this id is confirmed to be for this body. */
  boolean proven;

  /** Whether the backend can confirm it. */
  boolean verifiable;

  /** Whether another environment's work may publish to the channel. */
  boolean sharesChannel;

  /** An answer that may belong to another body, until the backend confirms it. */
  @Nullable WorkOutcome unproven;

  PendingReply(CorrelationId id, String fingerprint) {
    this.id = id;
    this.fingerprint = fingerprint;
  }

  public CorrelationId id() {
    return id;
  }

  /** Distinguishes two bodies under one key; empty if the id is random. */
  String fingerprint() {
    return fingerprint;
  }

  /**
   * Completes when the work has been started or its start is in doubt; exceptionally, with the
   * reason, when it could not be started. The owner of the start completes it.
   */
  public CompletableFuture<Void> started() {
    return started;
  }

  /** Marks that the work may exist: from now on a lost event must be found by polling. */
  public void beginStart() {
    startBegun = true;
  }

  boolean startBegun() {
    return startBegun;
  }

  /** Marks the start as unconfirmed: the work may be running. */
  public void doubt(Doubt why) {
    doubt = why;
  }

  /** Marks the start as confirmed. The caller holds the lock of the PendingReplies. */
  void confirm() {
    doubt = null;
  }

  /** The doubt about the start; empty if it is confirmed. */
  public Optional<Doubt> doubt() {
    return Optional.ofNullable(doubt);
  }

  /** Prepares for another start. The caller holds the lock of the PendingReplies. */
  void restart() {
    doubt = null;
    started = new CompletableFuture<>();
  }

  /** The work's outcome, if it is known. */
  public Optional<WorkOutcome> outcome() {
    return Optional.ofNullable(outcome);
  }

  /** Completes when the work's outcome is known. */
  public CompletableFuture<WorkOutcome> answered() {
    return answered.copy();
  }

  /** Marks that the answer goes to another environment's channel, so the backend must be polled. */
  public void markRepliesElsewhere() {
    repliesElsewhere = true;
  }

  boolean repliesElsewhere() {
    return repliesElsewhere;
  }

  /**
   * Sets the outcome, once; returns false for every later answer. The caller holds the lock of the
   * PendingReplies.
   */
  boolean settle(WorkOutcome answer) {
    if (outcome != null) {
      return false;
    }
    outcome = answer;
    return true;
  }

  /** Wakes the waiting callers after {@link #settle}. The caller holds no lock. */
  void announce() {
    WorkOutcome settled = outcome;
    if (settled != null && answered.complete(settled)) {
      openGates();
    }
  }

  /** Makes one of the waiting callers poll the backend. */
  public void wantReconcile() {
    synchronized (this) {
      reconcileWanted = true;
    }
    openGates();
  }

  /** True for exactly one caller per {@link #wantReconcile()}. */
  synchronized boolean takeReconcile() {
    boolean wanted = reconcileWanted;
    reconcileWanted = false;
    return wanted;
  }

  /** A future that completes when an answer arrives or a poll is requested. */
  CompletableFuture<Void> gate() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    synchronized (this) {
      if (!reconcileWanted && outcome == null) {
        gates.add(gate);
        return gate;
      }
    }
    gate.complete(null);
    return gate;
  }

  synchronized void dropGate(CompletableFuture<Void> gate) {
    gates.remove(gate);
  }

  private void openGates() {
    List<CompletableFuture<Void>> waiting;
    synchronized (this) {
      waiting = List.copyOf(gates);
      gates.clear();
    }
    waiting.forEach(gate -> gate.complete(null));
  }
}
