// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.correlate;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The replies that requests wait for, and the latest answers.
 *
 * <p>An answer is matched by id. The first terminal answer wins; another is a duplicate. An answer
 * that arrives after its caller got 202 is late and is kept for a later GET. The kept answers are
 * bounded by number and by size; the oldest is evicted first.
 *
 * <p>Thread-safe: one lock, held briefly; no caller's code runs under it.
 */
public final class PendingReplies {

  /** How an arriving envelope relates to the pending replies. */
  public enum ReplyKind {
    /** The first answer, for work with a waiting caller. */
    ANSWER,
    /** A progress event: the work is running. */
    PROGRESS,
    /** Another answer for the same work. */
    DUPLICATE,
    /** The first answer, for work without a waiting caller. */
    LATE,
    /** An answer for work that was not started here or has been evicted. */
    UNKNOWN
  }

  private enum Source {
    START,
    CHANNEL,
    LOOK
  }

  /** The result of a registration. */
  public sealed interface Registration {
    /** New work: the caller must start or {@link #abandon} it. */
    record Owner(PendingReply pending) implements Registration {}

    /** Work that another caller starts or has started. */
    record Joined(PendingReply pending) implements Registration {}

    /** The same key came with another body. */
    record OtherBody() implements Registration {}
  }

  private record Remembered(
      String fingerprint, @Nullable WorkOutcome outcome, PendingReply.@Nullable Doubt doubt) {
    long size() {
      return outcome == null ? 0 : outcome.size();
    }
  }

  private final int maxRemembered;
  private final long maxRememberedChars;

  // All guarded by this.
  private final Map<CorrelationId, PendingReply> waiting = new HashMap<>();
  private final LinkedHashMap<CorrelationId, Remembered> recent = new LinkedHashMap<>();
  private long rememberedChars;

  /**
   * @param maxRemembered the maximum number of ids that are remembered after their callers have
   *     left
   * @param maxRememberedChars the maximum number of characters of the remembered results
   */
  public PendingReplies(int maxRemembered, long maxRememberedChars) {
    this.maxRemembered = maxRemembered;
    this.maxRememberedChars = maxRememberedChars;
  }

  /**
   * Registers a caller. The caller then calls {@link #leave} or {@link #abandon}. Register before
   * subscribing and starting, because an answer may arrive at once.
   *
   * @param fingerprint distinguishes bodies under the same key; empty for a random id
   */
  public synchronized Registration register(CorrelationId id, String fingerprint) {
    PendingReply pending = waiting.get(id);
    if (pending != null) {
      if (!pending.fingerprint().equals(fingerprint)) {
        return new Registration.OtherBody();
      }
      pending.callers++;
      return new Registration.Joined(pending);
    }
    Remembered remembered = recent.get(id);
    if (remembered != null && !remembered.fingerprint().equals(fingerprint)) {
      return new Registration.OtherBody();
    }
    pending = new PendingReply(id, fingerprint);
    pending.callers = 1;
    waiting.put(id, pending);
    if (remembered == null) {
      return new Registration.Owner(pending);
    }
    pending.beginStart();
    pending.started().complete(null);
    pending.proven = remembered.doubt() == null;
    pending.verifiable = !fingerprint.isEmpty();
    if (remembered.outcome() != null) {
      boolean unused = pending.settle(remembered.outcome());
      pending.announce();
    } else {
      if (remembered.doubt() != null) {
        pending.doubt(remembered.doubt());
      }
      // The answer may have been lost while no caller waited.
      pending.wantReconcile();
    }
    return new Registration.Joined(pending);
  }

  /**
   * Registers a caller that starts nothing. Returns empty if the work is not pending and not
   * remembered here. The caller then calls {@link #leave}.
   */
  public synchronized Optional<PendingReply> watch(CorrelationId id) {
    PendingReply pending = waiting.get(id);
    Remembered remembered = recent.get(id);
    if (pending == null && remembered == null) {
      return Optional.empty();
    }
    String fingerprint =
        pending != null ? pending.fingerprint() : Objects.requireNonNull(remembered).fingerprint();
    return switch (register(id, fingerprint)) {
      case Registration.Joined joined -> Optional.of(joined.pending());
      case Registration.Owner owner -> throw new IllegalStateException("it is known");
      case Registration.OtherBody other -> throw new IllegalStateException("it has the same body");
    };
  }

  /**
   * Makes a caller the owner of work whose start is in doubt, so that it starts the work again.
   * Returns true for one caller; the others join that start.
   */
  public synchronized boolean takeOver(PendingReply pending) {
    if (pending.doubt().isEmpty() || pending.outcome().isPresent() || pending.refused) {
      return false;
    }
    pending.restart();
    return true;
  }

  /**
   * Unregisters a caller. When the last one leaves, the id is remembered if its work was or may
   * have been started.
   */
  public synchronized void leave(PendingReply pending) {
    pending.callers--;
    if (pending.callers > 0 || !waiting.remove(pending.id(), pending)) {
      return;
    }
    if (pending.startBegun() && !pending.refused) {
      remember(
          pending.id(),
          pending.fingerprint(),
          pending.outcome().orElse(null),
          pending.doubt().orElse(null));
    }
  }

  /**
   * Reports that nothing was started: joined callers get the reason, and a repeat starts the work.
   * An answer that has arrived proves the contrary and is kept.
   */
  public void abandon(PendingReply pending, RuntimeException reason) {
    synchronized (this) {
      if (pending.outcome().isEmpty()) {
        pending.refused = true;
        waiting.remove(pending.id(), pending);
      }
    }
    pending.started().completeExceptionally(reason);
  }

  /**
   * Sets whether the backend can confirm that the work of this id is for this body. Until it has
   * confirmed it, an answer found by the id may belong to another body under the same key.
   *
   * @param ownChannel whether only this environment's work publishes to the channel
   */
  public synchronized void verifiable(
      PendingReply pending, boolean verifiable, boolean ownChannel) {
    pending.verifiable = verifiable;
    pending.sharesChannel = !ownChannel;
  }

  /** Reports that the backend has confirmed the body: an answer found by the id is accepted. */
  public void prove(PendingReply pending) {
    synchronized (this) {
      pending.proven = true;
      if (pending.unproven == null || !pending.settle(pending.unproven)) {
        return;
      }
    }
    pending.announce();
  }

  /** Reports that the start is confirmed. */
  public void confirm(PendingReply pending) {
    synchronized (this) {
      pending.confirm();
      Remembered remembered = recent.get(pending.id());
      if (remembered != null && remembered.doubt() != null && !waiting.containsKey(pending.id())) {
        remember(pending.id(), remembered.fingerprint(), remembered.outcome(), null);
      }
    }
    prove(pending);
  }

  /** Reports that a start in doubt was refused: a repeat starts the work. */
  public synchronized void refute(PendingReply pending) {
    if (pending.doubt().isEmpty() || pending.outcome().isPresent()) {
      return;
    }
    pending.refused = true;
    waiting.remove(pending.id(), pending);
    Remembered remembered = recent.get(pending.id());
    if (remembered != null && remembered.doubt() != null && remembered.outcome() == null) {
      recent.remove(pending.id());
    }
  }

  /** Accepts an envelope from the reply channel. */
  public ReplyKind accept(ReplyEnvelope envelope) {
    return envelope.outcome().isEmpty()
        ? ReplyKind.PROGRESS
        : heard(envelope.id(), envelope.outcome().get());
  }

  /** Accepts an answer from the reply channel. */
  public ReplyKind heard(CorrelationId id, WorkOutcome outcome) {
    return accept(id, outcome, Source.CHANNEL);
  }

  /** Accepts an answer that the start returned, which is for this body. */
  public ReplyKind accept(CorrelationId id, WorkOutcome outcome) {
    return accept(id, outcome, Source.START);
  }

  private ReplyKind accept(CorrelationId id, WorkOutcome outcome, Source source) {
    PendingReply pending;
    synchronized (this) {
      pending = waiting.get(id);
      if (pending == null) {
        return acceptWithoutCaller(id, outcome, source);
      }
      if (mayBeAnothers(pending, source)) {
        pending.unproven = outcome;
        return ReplyKind.PROGRESS;
      }
      // Under the lock, because the last caller may be leaving, and remembers this outcome.
      if (!pending.settle(outcome)) {
        return ReplyKind.DUPLICATE;
      }
    }
    pending.announce();
    return ReplyKind.ANSWER;
  }

  /**
   * Accepts an answer found by polling the backend. Has no effect if the answer is known already.
   */
  public void resolve(CorrelationId id, WorkOutcome outcome) {
    ReplyKind unused = accept(id, outcome, Source.LOOK);
  }

  /** The id of a key is the same for every body, so an answer may belong to another body. */
  private static boolean mayBeAnothers(PendingReply pending, Source source) {
    return !pending.proven
        && pending.verifiable
        && (source == Source.LOOK || (source == Source.CHANNEL && pending.sharesChannel));
  }

  /** The outcome of work started here, if it is known and not evicted. */
  public synchronized Optional<WorkOutcome> outcomeOf(CorrelationId id) {
    PendingReply pending = waiting.get(id);
    if (pending != null) {
      return pending.outcome();
    }
    Remembered remembered = recent.get(id);
    return remembered == null ? Optional.empty() : Optional.ofNullable(remembered.outcome());
  }

  /** Whether this work was started here and is not evicted. */
  public synchronized boolean knows(CorrelationId id) {
    return waiting.containsKey(id) || recent.containsKey(id);
  }

  /**
   * The doubt about the start of this work; empty if the start is confirmed or the work is unknown.
   */
  public synchronized Optional<PendingReply.Doubt> doubtOf(CorrelationId id) {
    PendingReply pending = waiting.get(id);
    if (pending != null) {
      return pending.doubt();
    }
    Remembered remembered = recent.get(id);
    return remembered == null ? Optional.empty() : Optional.ofNullable(remembered.doubt());
  }

  /**
   * Makes one caller of each piece of started work poll the backend, because events may have been
   * lost.
   */
  public void wantReconcile() {
    List<PendingReply> all;
    synchronized (this) {
      all = waiting.values().stream().filter(PendingReply::startBegun).toList();
    }
    all.forEach(PendingReply::wantReconcile);
  }

  /** Whether a caller waits for work that has been or is being started. */
  public synchronized boolean anyStarted() {
    return waiting.values().stream().anyMatch(PendingReply::startBegun);
  }

  /** The number of pieces of work with a waiting caller. */
  public synchronized int size() {
    return waiting.size();
  }

  private ReplyKind acceptWithoutCaller(CorrelationId id, WorkOutcome outcome, Source source) {
    Remembered remembered = recent.get(id);
    if (remembered == null) {
      return ReplyKind.UNKNOWN;
    }
    if (source == Source.LOOK
        && remembered.doubt() != null
        && !remembered.fingerprint().isEmpty()) {
      // The polling caller gets it; it is not kept, because it may belong to another body.
      return ReplyKind.PROGRESS;
    }
    if (remembered.outcome() != null) {
      return ReplyKind.DUPLICATE;
    }
    remember(id, remembered.fingerprint(), outcome, null);
    return ReplyKind.LATE;
  }

  private void remember(
      CorrelationId id,
      String fingerprint,
      @Nullable WorkOutcome outcome,
      PendingReply.@Nullable Doubt doubt) {
    Remembered entry = new Remembered(fingerprint, outcome, outcome == null ? doubt : null);
    Remembered before = recent.remove(id);
    rememberedChars -= before == null ? 0 : before.size();
    recent.put(id, entry);
    rememberedChars += entry.size();
    var oldest = recent.entrySet().iterator();
    while (recent.size() > maxRemembered || rememberedChars > maxRememberedChars) {
      rememberedChars -= oldest.next().getValue().size();
      oldest.remove();
    }
  }
}
