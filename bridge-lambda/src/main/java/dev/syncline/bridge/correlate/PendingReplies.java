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
 * Who waits for which answer, and what came lately.
 *
 * <p>An answer is matched by id. The first terminal one wins; another is a duplicate; one that
 * comes after its caller was told "accepted" is late and is kept, so that asking for it succeeds.
 * What is kept is bounded by number and by size, oldest out first.
 *
 * <p>Thread-safe: one short lock, and no caller's code runs under it.
 */
public final class PendingReplies {

  /** What an arriving envelope turned out to be. */
  public enum ReplyKind {
    /** The first answer for work somebody waits for. */
    ANSWER,
    /** The work goes on. */
    PROGRESS,
    /** An answer for work that has one already. */
    DUPLICATE,
    /** The first answer, but nobody waits any more. */
    LATE,
    /** Not started here, or so long ago that it is forgotten. */
    UNKNOWN
  }

  private enum Source {
    START,
    CHANNEL,
    LOOK
  }

  /** What registering led to. */
  public sealed interface Registration {
    /** New work: the caller must start it, or {@link #abandon} it. */
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
   * @param maxRemembered how many ids are remembered after their callers have left
   * @param maxRememberedChars how many characters of results are remembered in all
   */
  public PendingReplies(int maxRemembered, long maxRememberedChars) {
    this.maxRemembered = maxRemembered;
    this.maxRememberedChars = maxRememberedChars;
  }

  /**
   * Registers a caller; to be followed by {@link #leave} or {@link #abandon}. Do this before the
   * reply subscription is asked for and before anything is started: a fast answer must find it.
   *
   * @param fingerprint tells bodies under the same key apart; empty for a random id
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
      // The answer may have come while no caller waited.
      pending.wantReconcile();
    }
    return new Registration.Joined(pending);
  }

  /**
   * Registers a caller who only asks: for work that is waited for or remembered here, and otherwise
   * for none. To be followed by {@link #leave}.
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
   * Makes a caller that joined work whose start is in doubt its owner, who starts it again. True
   * for one caller: the others join that start.
   */
  public synchronized boolean takeOver(PendingReply pending) {
    if (pending.doubt().isEmpty() || pending.outcome().isPresent() || pending.refused) {
      return false;
    }
    pending.restart();
    return true;
  }

  /**
   * A caller goes, answered or not. The id is remembered once the last one has gone, if its work
   * was started or may have been.
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
   * Certainly nothing was started: those who joined learn the reason, and a repeat starts the work.
   * An answer that came all the same proves the contrary and is kept.
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
   * Tells whether the backend can say that the work of this id is for this body. Until it has, an
   * answer that was found by the id may be that of another body under the same key.
   *
   * @param ownChannel whether what comes on the channel is for this environment's work only
   */
  public synchronized void verifiable(
      PendingReply pending, boolean verifiable, boolean ownChannel) {
    pending.verifiable = verifiable;
    pending.sharesChannel = !ownChannel;
  }

  /** The backend has said that the work of this id is for this body: what it answers counts. */
  public void prove(PendingReply pending) {
    synchronized (this) {
      pending.proven = true;
      if (pending.unproven == null || !pending.settle(pending.unproven)) {
        return;
      }
    }
    pending.announce();
  }

  /** The start is known to have come through. */
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

  /** A start that was in doubt is known by now to have been refused: a repeat starts the work. */
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

  /** Takes what came on the reply channel. */
  public ReplyKind accept(ReplyEnvelope envelope) {
    return envelope.outcome().isEmpty()
        ? ReplyKind.PROGRESS
        : heard(envelope.id(), envelope.outcome().get());
  }

  /** Takes an answer that came on the reply channel. */
  public ReplyKind heard(CorrelationId id, WorkOutcome outcome) {
    return accept(id, outcome, Source.CHANNEL);
  }

  /** Takes an answer that the start itself brought: it is for this body. */
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
      // Under the lock: the last caller may be leaving, and remembers what it finds here.
      if (!pending.settle(outcome)) {
        return ReplyKind.DUPLICATE;
      }
    }
    pending.announce();
    return ReplyKind.ANSWER;
  }

  /** Takes what the backend told when asked. Nothing happens if the answer had come already. */
  public void resolve(CorrelationId id, WorkOutcome outcome) {
    ReplyKind unused = accept(id, outcome, Source.LOOK);
  }

  /** A key's work is known by its id alone, which is the same for every body. */
  private static boolean mayBeAnothers(PendingReply pending, Source source) {
    return !pending.proven
        && pending.verifiable
        && (source == Source.LOOK || (source == Source.CHANNEL && pending.sharesChannel));
  }

  /** The outcome of work started here, if it is known and not forgotten. */
  public synchronized Optional<WorkOutcome> outcomeOf(CorrelationId id) {
    PendingReply pending = waiting.get(id);
    if (pending != null) {
      return pending.outcome();
    }
    Remembered remembered = recent.get(id);
    return remembered == null ? Optional.empty() : Optional.ofNullable(remembered.outcome());
  }

  /** Whether this work was started here and is not forgotten. */
  public synchronized boolean knows(CorrelationId id) {
    return waiting.containsKey(id) || recent.containsKey(id);
  }

  /**
   * Why it is not certain that this work was started; empty if it was, and if it is not known here.
   */
  public synchronized Optional<PendingReply.Doubt> doubtOf(CorrelationId id) {
    PendingReply pending = waiting.get(id);
    if (pending != null) {
      return pending.doubt();
    }
    Remembered remembered = recent.get(id);
    return remembered == null ? Optional.empty() : Optional.ofNullable(remembered.doubt());
  }

  /** Events may have been missed: has one caller of each piece of started work ask the backend. */
  public void wantReconcile() {
    List<PendingReply> all;
    synchronized (this) {
      all = waiting.values().stream().filter(PendingReply::startBegun).toList();
    }
    all.forEach(PendingReply::wantReconcile);
  }

  /** Whether anybody waits for work that has been started, or is being started. */
  public synchronized boolean anyStarted() {
    return waiting.values().stream().anyMatch(PendingReply::startBegun);
  }

  /** How many pieces of work somebody waits for. */
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
      // It answers the caller who asked, and may be another body's.
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
