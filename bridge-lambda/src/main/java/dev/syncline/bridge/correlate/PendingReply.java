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
 * <p>Thread-safe. Made by {@link PendingReplies#register}.
 */
public final class PendingReply {

  /**
   * A start that was not confirmed: the work may run.
   *
   * @param error the error's name, fit for a caller
   * @param untilMillis epoch milliseconds until which it is taken to run
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

  /** Written under the lock of the PendingReplies that made this, once. */
  private volatile @Nullable WorkOutcome outcome;

  // Guarded by the PendingReplies that made this.
  int callers;
  boolean refused;

  /** The work of this id is known to be for this body. */
  boolean proven;

  /** The backend can say whether it is. */
  boolean verifiable;

  /** Answers that come on the channel may be those of another environment's work. */
  boolean sharesChannel;

  /** An answer that may be another body's, until that is known. */
  @Nullable WorkOutcome unproven;

  PendingReply(CorrelationId id, String fingerprint) {
    this.id = id;
    this.fingerprint = fingerprint;
  }

  public CorrelationId id() {
    return id;
  }

  /** What tells two bodies under one key apart; empty if the id was random. */
  String fingerprint() {
    return fingerprint;
  }

  /**
   * Completes when the work has been started or its start is in doubt, and exceptionally with the
   * reason when it could not be started. The caller that owns the start completes it.
   */
  public CompletableFuture<Void> started() {
    return started;
  }

  /** From now on the work may exist: an event missed from here on must be asked after. */
  public void beginStart() {
    startBegun = true;
  }

  boolean startBegun() {
    return startBegun;
  }

  /** The start was not confirmed; the work may run. */
  public void doubt(Doubt why) {
    doubt = why;
  }

  /** The start is confirmed after all. Holds the lock of the PendingReplies. */
  void confirm() {
    doubt = null;
  }

  /** Why it is not certain that the work was started; empty if it was. */
  public Optional<Doubt> doubt() {
    return Optional.ofNullable(doubt);
  }

  /** Another caller starts the work again. Holds the lock of the PendingReplies. */
  void restart() {
    doubt = null;
    started = new CompletableFuture<>();
  }

  /** How the work ended, if that is known yet. */
  public Optional<WorkOutcome> outcome() {
    return Optional.ofNullable(outcome);
  }

  /** Completes when the work's outcome is known. */
  public CompletableFuture<WorkOutcome> answered() {
    return answered.copy();
  }

  /** The answer goes to another environment's channel: only asking the backend will tell. */
  public void markRepliesElsewhere() {
    repliesElsewhere = true;
  }

  boolean repliesElsewhere() {
    return repliesElsewhere;
  }

  /** First answer wins; false for every later one. Holds the lock of the PendingReplies. */
  boolean settle(WorkOutcome answer) {
    if (outcome != null) {
      return false;
    }
    outcome = answer;
    return true;
  }

  /** Wakes those who wait for the outcome, which has been settled. Without any lock. */
  void announce() {
    WorkOutcome settled = outcome;
    if (settled != null && answered.complete(settled)) {
      openGates();
    }
  }

  /** Asks one of the waiting callers to ask the backend. */
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

  /** A future that completes when there is something to look at: an answer or a wish to ask. */
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
