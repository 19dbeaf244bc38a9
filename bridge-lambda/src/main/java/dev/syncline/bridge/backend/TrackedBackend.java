// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import dev.syncline.bridge.backend.WorkNote.State;
import dev.syncline.bridge.correlate.CorrelationId;
import dev.syncline.bridge.correlate.ReplyEnvelope;
import dev.syncline.bridge.correlate.WorkOutcome;
import dev.syncline.work.aws.WorkStore;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Adds state in an S3 bucket to a backend that keeps none. The bridge writes a note when it starts
 * work, and the worker writes the outcome before it publishes it. So every environment knows the
 * work, finds a lost answer, and recognises a repeated key.
 *
 * <p>Keyed work is started under a lease: a note with an owner and an expiry, acquired by a
 * conditional write, so that only one environment starts it. After the start only the note is
 * retried, never the start. An unconfirmed start is noted as such, and is not repeated before the
 * doubt expires unless the backend deduplicates by id. When an owner dies before its note says
 * "started", another environment starts the work after the lease has expired. If the owner had
 * already started it, and the backend does not deduplicate by id, the work runs twice. That window
 * is the time of one call and one write.
 *
 * <p>Work without a key is noted after its start.
 *
 * <p>Thread-safe.
 */
final class TrackedBackend implements Backend {

  private static final int NOTE_ATTEMPTS = 3;
  private static final int MAX_UNRECORDED = 1_000;

  /** The maximum time of a start: work is not started if less of its lease is left. */
  private static final long MIN_LEASE_LEFT_MILLIS = 6_000;

  /**
   * The validity of notes, in milliseconds.
   *
   * @param lease how long an environment may take to start work; at least 10,000
   * @param doubt how long work whose start was not confirmed is assumed to run
   */
  record Times(long lease, long doubt) {}

  /** A result that is not yet noted. The version is null for work without a key. */
  private record Unnoted(StartResult result, @Nullable String version) {}

  private final Backend backend;
  private final WorkNotes notes;
  private final Clock clock;
  private final Times times;
  private final Supplier<String> names;

  private final Set<String> inProgress = ConcurrentHashMap.newKeySet();

  // Guarded by unrecorded.
  private final LinkedHashMap<String, Unnoted> unrecorded = new LinkedHashMap<>();
  private volatile @Nullable String owner;

  /**
   * @param names supplies this environment's unique name; called at the first use, so that clones
   *     of a snapshot have different names
   */
  TrackedBackend(
      Backend backend, WorkNotes notes, Clock clock, Times times, Supplier<String> names) {
    this.backend = backend;
    this.notes = notes;
    this.clock = clock;
    this.times = times;
    this.names = names;
  }

  /** For keyed work the note prevents a second start. */
  @Override
  public boolean repeatable(WorkRequest request) {
    return request.keyed() || backend.repeatable(request);
  }

  @Override
  public StartResult start(WorkRequest request) {
    if (!inProgress.add(request.id().value())) {
      // An earlier request's call of start has not returned yet.
      return new StartResult.Leased(clock.millis() + MIN_LEASE_LEFT_MILLIS);
    }
    try {
      return startAlone(request);
    } finally {
      inProgress.remove(request.id().value());
    }
  }

  private StartResult startAlone(WorkRequest request) {
    Unnoted before = unrecorded(request.id());
    if (before != null) {
      return record(request, before);
    }
    if (!request.keyed()) {
      return record(request, new Unnoted(backend.start(request), null));
    }
    String version;
    long until = clock.millis() + times.lease();
    try {
      WorkNote claim = WorkNote.of(State.STARTING, owner(), until, request);
      String id = request.id().value();
      Optional<String> claimed = notes.claim(id, claim.toJson());
      if (claimed.isPresent()) {
        version = claimed.get();
      } else {
        Optional<WorkStore.Note> found = notes.note(id);
        if (found.isEmpty()) {
          return new StartResult.Leased(clock.millis());
        }
        StartResult known = known(request, WorkNote.parse(found.get().json()));
        if (known != null) {
          return known;
        }
        Optional<String> taken = notes.replace(id, claim.toJson(), found.get().version());
        if (taken.isEmpty()) {
          return new StartResult.Leased(clock.millis());
        }
        version = taken.get();
      }
    } catch (IOException e) {
      // The claim may have been written: the next attempt then finds its own claim.
      return new StartResult.NotStarted("StoreUnavailable", String.valueOf(e.getMessage()), true);
    }
    if (until - clock.millis() < Math.min(MIN_LEASE_LEFT_MILLIS, times.lease() / 2)) {
      return new StartResult.Leased(until);
    }
    return startOwned(request, version);
  }

  /** The result that a note implies for the request; null if the work may be started. */
  private @Nullable StartResult known(WorkRequest request, WorkNote note) throws IOException {
    long now = clock.millis();
    if (note.state() == State.RELEASED) {
      return null;
    }
    if (!note.digest().equals(WorkNote.digest(request))) {
      return new StartResult.OtherEvent();
    }
    Optional<WorkOutcome> outcome = outcome(request.id());
    if (outcome.isPresent()) {
      return new StartResult.Finished(outcome.get());
    }
    boolean ended = now >= note.untilMillis();
    return switch (note.state()) {
      case STARTED -> new StartResult.Joined(note.replyTo());
      // An own claim in the note started nothing: this environment remembers what it has started.
      case STARTING ->
          ended || note.owner().equals(owner()) ? null : new StartResult.Leased(note.untilMillis());
      case UNCONFIRMED ->
          ended || backend.repeatable(request)
              ? null
              : new StartResult.InDoubt(note.replyTo(), "StartNotConfirmed", note.untilMillis());
      case RELEASED -> null;
    };
  }

  private StartResult startOwned(WorkRequest request, String version) {
    StartResult result;
    try {
      result = backend.start(request);
    } catch (RuntimeException e) {
      StartResult unused =
          record(
              request,
              new Unnoted(
                  new StartResult.Unconfirmed(e.getClass().getSimpleName(), "it threw"), version));
      throw e;
    }
    return record(request, new Unnoted(result, version));
  }

  /** Writes the note of a result. If that fails, the result is remembered to be noted later. */
  private StartResult record(WorkRequest request, Unnoted done) {
    @Nullable WorkNote note = noteOf(request, done);
    if (note == null) {
      return done.result();
    }
    String failure = "";
    for (int attempt = 1; attempt <= NOTE_ATTEMPTS; attempt++) {
      try {
        write(request, done, note);
        forget(request.id());
        return done.result();
      } catch (IOException e) {
        failure = String.valueOf(e.getMessage());
        if (note.state() == State.RELEASED) {
          // Nothing was started: this environment keeps the lease, which expires for the others.
          return done.result();
        }
      }
    }
    remember(request.id(), done);
    return new StartResult.Unrecorded(done.result(), failure);
  }

  private void write(WorkRequest request, Unnoted done, WorkNote note) throws IOException {
    String id = request.id().value();
    if (done.result() instanceof StartResult.Finished finished) {
      notes.outcome(id, ReplyEnvelope.of(request.id(), finished.outcome()));
    }
    if (done.version() == null) {
      notes.note(id, note.toJson());
    } else {
      // An empty result means that an earlier attempt has written the note, or that another
      // environment has acquired the expired lease. In both cases the note needs no retry.
      Optional<String> unused = notes.replace(id, note.toJson(), done.version());
    }
  }

  /** The note for a result; null if none is written. */
  private @Nullable WorkNote noteOf(WorkRequest request, Unnoted done) {
    long now = clock.millis();
    return switch (done.result()) {
      case StartResult.Started started -> WorkNote.of(State.STARTED, owner(), 0, request);
      case StartResult.Promised promised -> WorkNote.of(State.STARTED, owner(), 0, request);
      case StartResult.Finished finished -> WorkNote.of(State.STARTED, owner(), 0, request);
      case StartResult.Joined joined ->
          new WorkNote(State.STARTED, owner(), 0, WorkNote.digest(request), joined.replyTo());
      case StartResult.Unconfirmed lost ->
          backend.repeatable(request)
              ? null
              : WorkNote.of(State.UNCONFIRMED, owner(), now + times.doubt(), request);
      case StartResult.NotStarted not -> released(request, done);
      case StartResult.OtherEvent other -> released(request, done);
      case StartResult.Leased leased -> null;
      case StartResult.InDoubt doubtful -> null;
      case StartResult.Unrecorded told -> null;
    };
  }

  private @Nullable WorkNote released(WorkRequest request, Unnoted done) {
    return done.version() == null ? null : WorkNote.of(State.RELEASED, owner(), 0, request);
  }

  @Override
  public FindResult find(CorrelationId id) {
    try {
      Optional<WorkOutcome> outcome = outcome(id);
      if (outcome.isPresent()) {
        return new FindResult.Finished(outcome.get());
      }
      Optional<WorkStore.Note> found = notes.note(id.value());
      if (found.isEmpty()) {
        return new FindResult.NotFound();
      }
      WorkNote note = WorkNote.parse(found.get().json());
      boolean ended = clock.millis() >= note.untilMillis();
      return switch (note.state()) {
        case STARTED -> new FindResult.Running();
        case STARTING, UNCONFIRMED -> ended ? new FindResult.NotFound() : new FindResult.Doubtful();
        case RELEASED -> new FindResult.NotFound();
      };
    } catch (IOException e) {
      return new FindResult.Unavailable(String.valueOf(e.getMessage()));
    }
  }

  private Optional<WorkOutcome> outcome(CorrelationId id) throws IOException {
    Optional<String> text = notes.outcome(id.value());
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return ReplyEnvelope.parse(text.get()).outcome();
    } catch (ReplyEnvelope.Malformed e) {
      throw new IOException("the outcome in the store is not a reply envelope: " + e.getMessage());
    }
  }

  private String owner() {
    String known = owner;
    if (known == null) {
      synchronized (unrecorded) {
        known = owner;
        if (known == null) {
          known = names.get();
          owner = known;
        }
      }
    }
    return known;
  }

  private @Nullable Unnoted unrecorded(CorrelationId id) {
    synchronized (unrecorded) {
      return unrecorded.get(id.value());
    }
  }

  private void remember(CorrelationId id, Unnoted done) {
    synchronized (unrecorded) {
      unrecorded.put(id.value(), done);
      var eldest = unrecorded.entrySet().iterator();
      while (unrecorded.size() > MAX_UNRECORDED) {
        Map.Entry<String, Unnoted> unused = eldest.next();
        eldest.remove();
      }
    }
  }

  private void forget(CorrelationId id) {
    synchronized (unrecorded) {
      unrecorded.remove(id.value());
    }
  }

  @Override
  public void close() {
    backend.close();
    notes.close();
  }
}
