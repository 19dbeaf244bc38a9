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

  private final CorrelationId id;
  private final String fingerprint;
  private final CompletableFuture<Void> started = new CompletableFuture<>();
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

  // Guarded by this.
  private final List<CompletableFuture<Void>> gates = new ArrayList<>(1);
  private boolean reconcileWanted;

  private volatile boolean startBegun;
  private volatile boolean repliesElsewhere;

  // Guarded by the PendingReplies that made this.
  int callers;

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
   * Completes when the work has been started, and exceptionally with the reason when it could not
   * be. The caller that owns the start completes it.
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

  /** How the work ended, if that is known yet. */
  public Optional<Outcome> outcome() {
    @Nullable Outcome known = outcome.getNow(null);
    return Optional.ofNullable(known);
  }

  /** Completes when the work's outcome is known. */
  public CompletableFuture<Outcome> answered() {
    return outcome.copy();
  }

  /** The answer goes to another environment's channel: only asking the backend will tell. */
  public void markRepliesElsewhere() {
    repliesElsewhere = true;
  }

  boolean repliesElsewhere() {
    return repliesElsewhere;
  }

  /** First answer wins; false for every later one. */
  boolean complete(Outcome answer) {
    boolean first = outcome.complete(answer);
    if (first) {
      openGates();
    }
    return first;
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
      if (!reconcileWanted && !outcome.isDone()) {
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
