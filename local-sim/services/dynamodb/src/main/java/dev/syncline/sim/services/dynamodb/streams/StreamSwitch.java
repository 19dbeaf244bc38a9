// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.streams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.contract.TableStreams;
import dev.syncline.sim.service.state.SavedForm;
import dev.syncline.sim.services.dynamodb.data.ChangeListener;
import dev.syncline.sim.services.dynamodb.values.Item;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Switches the streams of tables on and off, writes and reads them. A record lives for 24 hours, a
 * disabled stream too. A table's lock may be held when this class is called; it calls no table.
 * Callbacks run on the thread of the write, after the stream lock has been released.
 *
 * <p>Thread-safe.
 */
public final class StreamSwitch implements TableStreams {
  private static final DateTimeFormatter LABEL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** The first sequence number of a stream is its creation time in milliseconds times this. */
  private static final BigInteger NUMBERS_OF_A_MILLISECOND = BigInteger.TEN.pow(14);

  private final SimClock clock;
  private final Ids ids;
  private final Duration delay;
  private final RecordWriter writer;

  /** Reentrant: {@link #together} holds it while the writes of a transaction are recorded. */
  private final ReentrantLock lock = new ReentrantLock();

  private final NavigableMap<String, TableStreamLog> streams = new TreeMap<>();

  /** Streams whose callbacks are called when the lock is released. */
  private final Set<String> news = new LinkedHashSet<>();

  /** The enabled stream of a table, by the table's ARN; read without the lock. */
  private final Map<String, TableStreamLog> enabled = new ConcurrentHashMap<>();

  private final Map<String, List<Runnable>> callbacks = new ConcurrentHashMap<>();

  /**
   * No streams yet.
   *
   * @param delay how long a record is invisible after its write
   */
  public StreamSwitch(SimClock clock, Ids ids, String region, Duration delay) {
    this.clock = clock;
    this.ids = ids;
    this.delay = delay;
    this.writer = new RecordWriter(region);
  }

  /** A stream that has been enabled. */
  public record Enabled(String arn, String label) {}

  /**
   * Begins a new stream of a table. Changes that {@link #listener} hears from now on are recorded.
   *
   * @param keySchema as DescribeTable gives it
   * @throws IllegalStateException when the table has an enabled stream
   */
  public Enabled enable(
      String tableArn, String tableName, List<ObjectNode> keySchema, StreamViewType view) {
    lock.lock();
    try {
      if (enabled.containsKey(tableArn)) {
        throw new IllegalStateException(tableArn + " has an enabled stream");
      }
      Instant now = clock.now();
      forgetGone(now);
      long millis = now.toEpochMilli();
      while (streams.containsKey(arn(tableArn, millis))) {
        // Two streams in one millisecond, which virtual time makes possible.
        millis++;
      }
      Instant created = Instant.ofEpochMilli(millis);
      var identity =
          new TableStreamLog.Identity(
              arn(tableArn, millis),
              LABEL.format(created),
              tableArn,
              tableName,
              keySchema.stream().map(ObjectNode::deepCopy).toList(),
              view,
              created,
              String.format(Locale.ROOT, "shardId-%020d-%s", millis, ids.hex(8)),
              BigInteger.valueOf(millis).multiply(NUMBERS_OF_A_MILLISECOND),
              ids.nextLong());
      var log = new TableStreamLog(identity, null, new ShardLog(0, List.of()), delay);
      streams.put(identity.arn(), log);
      enabled.put(tableArn, log);
      return new Enabled(identity.arn(), identity.label());
    } finally {
      leave();
    }
  }

  private static String arn(String tableArn, long millis) {
    return tableArn + "/stream/" + LABEL.format(Instant.ofEpochMilli(millis));
  }

  /**
   * Closes a stream. It stays readable for 24 hours. Does nothing for a stream that is not enabled.
   */
  public void disable(String arn) {
    lock.lock();
    try {
      TableStreamLog log = streams.get(arn);
      if (log != null && log.disabled() == null) {
        log.disable(clock.now());
        enabled.remove(log.identity.tableArn());
        news.add(arn);
      }
    } finally {
      leave();
    }
  }

  /**
   * Records the changes of a table in its enabled stream; without one, changes are not recorded.
   * The same listener serves all streams that the table has one after the other.
   */
  public ChangeListener listener(String tableArn) {
    return (key, before, after, expired) -> changed(tableArn, key, before, after, expired);
  }

  private void changed(
      String tableArn, Item key, @Nullable Item before, @Nullable Item after, boolean expired) {
    TableStreamLog log = enabled.get(tableArn);
    if (log == null) {
      return;
    }
    StreamEntry.Draft draft = StreamEntry.draft(log.identity.view(), key, before, after, expired);
    lock.lock();
    try {
      if (log.disabled() != null) {
        return;
      }
      log.append(draft, clock.now());
      if (delay.isZero()) {
        news.add(log.identity.arn());
      } else {
        awaitVisibility(log);
      }
    } finally {
      leave();
    }
  }

  /** Holds the lock. */
  private void awaitVisibility(TableStreamLog log) {
    Instant now = clock.now();
    Instant next = log.visibility == null ? log.nextVisible(now) : null;
    if (next != null) {
      log.visibility = clock.schedule(Duration.between(now, next), () -> becomeVisible(log));
    }
  }

  private void becomeVisible(TableStreamLog log) {
    lock.lock();
    try {
      log.visibility = null;
      news.add(log.identity.arn());
      awaitVisibility(log);
    } finally {
      leave();
    }
  }

  /**
   * Makes the records of several writes visible at one moment. The caller holds the locks of all
   * tables that {@code work} writes to.
   */
  public <T> T together(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      leave();
    }
  }

  /** Releases the lock and, when no outer call holds it, calls back. */
  private void leave() {
    var due = new ArrayList<Runnable>();
    if (lock.getHoldCount() == 1) {
      for (String arn : news) {
        due.addAll(callbacks.getOrDefault(arn, List.of()));
      }
      news.clear();
    }
    lock.unlock();
    due.forEach(Runnable::run);
  }

  @Override
  public List<Stream> streams() {
    lock.lock();
    try {
      Instant now = clock.now();
      forgetGone(now);
      return streams.values().stream().map(TableStreamLog::description).toList();
    } finally {
      leave();
    }
  }

  @Override
  public Optional<Stream> stream(String arn) {
    lock.lock();
    try {
      return find(arn).map(TableStreamLog::description);
    } finally {
      leave();
    }
  }

  @Override
  public Optional<Readable> readable(String arn, String shardId) {
    lock.lock();
    try {
      return find(arn)
          .filter(log -> log.identity.shardId().equals(shardId))
          .map(log -> log.readable(clock.now()));
    } finally {
      leave();
    }
  }

  @Override
  public List<StreamRecord> read(
      String arn, String shardId, @Nullable BigInteger after, int limit, long maxBytes) {
    TableStreamLog log;
    List<TableStreamLog.Numbered> found;
    lock.lock();
    try {
      log = find(arn).orElse(null);
      if (log == null || !log.identity.shardId().equals(shardId)) {
        return List.of();
      }
      found = log.read(after, limit, maxBytes, clock.now());
    } finally {
      leave();
    }
    return found.stream().map(numbered -> writer.write(log.identity, numbered)).toList();
  }

  @Override
  public Registration onChange(String arn, Runnable callback) {
    callbacks.compute(
        arn,
        (key, before) -> {
          List<Runnable> all = before == null ? new CopyOnWriteArrayList<>() : before;
          all.add(callback);
          return all;
        });
    return () ->
        callbacks.computeIfPresent(
            arn,
            (key, all) -> {
              all.remove(callback);
              return all.isEmpty() ? null : all;
            });
  }

  /** Holds the lock. */
  private Optional<TableStreamLog> find(String arn) {
    return Optional.ofNullable(streams.get(arn)).filter(log -> !log.gone(clock.now()));
  }

  /** Frees what can no longer be read. Holds the lock. */
  private void forgetGone(Instant now) {
    streams.values().removeIf(log -> log.gone(now));
    streams.values().forEach(log -> log.trim(now));
  }

  /** A stream as it is saved. */
  private record Saved(
      TableStreamLog.Identity identity,
      @Nullable Instant disabled,
      long trimmed,
      List<StreamEntry> entries) {}

  /** Every stream, to be saved. */
  public JsonNode saved() {
    lock.lock();
    try {
      forgetGone(clock.now());
      return SavedForm.PLAIN.write(
          streams.values().stream()
              .map(
                  log ->
                      new Saved(
                          log.identity, log.disabled(), log.entries.trimmed(), log.entries.all()))
              .toList());
    } finally {
      leave();
    }
  }

  /** Restores what {@link #saved} returned. Called before the service is used. */
  public void restore(JsonNode saved) {
    lock.lock();
    try {
      for (Saved one : SavedForm.PLAIN.read(saved, Saved[].class)) {
        var log =
            new TableStreamLog(
                one.identity, one.disabled, new ShardLog(one.trimmed, one.entries), delay);
        streams.put(one.identity.arn(), log);
        if (one.disabled == null) {
          enabled.put(one.identity.tableArn(), log);
        }
        awaitVisibility(log);
      }
    } finally {
      leave();
    }
  }
}
