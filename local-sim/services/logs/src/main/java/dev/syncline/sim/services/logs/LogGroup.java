// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.logs;

import dev.syncline.sim.service.CallContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One log group: its streams and the newest of its events. It removes the oldest when there are
 * more than {@link #MAX_EVENTS} or {@link #MAX_BYTES}. Thread-safe.
 */
final class LogGroup {
  static final int MAX_EVENTS = 50_000;
  static final long MAX_BYTES = 32L * 1024 * 1024;

  /** The bytes that CloudWatch counts for an event besides its message. */
  private static final int OVERHEAD = 26;

  /** One event; times in milliseconds since the epoch, {@code sequence} in order of arrival. */
  record Event(long sequence, String stream, long time, long ingested, String message) {}

  /** A stream. Times are in milliseconds since the epoch, negative before the first event. */
  static final class Stream {
    final String name;
    final long created;
    long firstEvent = -1;
    long lastEvent = -1;
    long lastIngestion = -1;
    long bytes;

    Stream(String name, long created) {
      this.name = name;
      this.created = created;
    }
  }

  /** A group as it is saved. */
  record Saved(
      String name,
      long created,
      List<SavedStream> streams,
      Map<String, String> tags,
      List<Event> events,
      long lastSequence,
      @Nullable Integer retentionDays,
      @Nullable String kmsKey) {}

  /** A stream as it is saved. */
  record SavedStream(
      String name, long created, long firstEvent, long lastEvent, long lastIngestion, long bytes) {}

  final String name;
  final long created;
  private final Map<String, Stream> streams = new TreeMap<>();
  private final Map<String, String> tags = new LinkedHashMap<>();
  private final ArrayDeque<Event> events = new ArrayDeque<>();
  private long lastSequence;
  private long bytes;
  private @Nullable Integer retentionDays;
  private @Nullable String kmsKey;
  private Object revision = new Object();

  LogGroup(String name, long created) {
    this.name = name;
    this.created = created;
  }

  /** Its ARN in the account and region of the call. */
  String arn(CallContext context) {
    return context.arn("logs", "log-group:" + name);
  }

  /** The group that {@link #saved} gave. */
  static LogGroup of(Saved saved) {
    var group = new LogGroup(saved.name, saved.created);
    synchronized (group) {
      for (SavedStream one : saved.streams) {
        var stream = new Stream(one.name, one.created);
        stream.firstEvent = one.firstEvent;
        stream.lastEvent = one.lastEvent;
        stream.lastIngestion = one.lastIngestion;
        stream.bytes = one.bytes;
        group.streams.put(stream.name, stream);
      }
      group.tags.putAll(saved.tags);
      group.events.addAll(saved.events);
      saved.events.forEach(event -> group.bytes += size(event));
      group.lastSequence = saved.lastSequence;
      group.retentionDays = saved.retentionDays;
      group.kmsKey = saved.kmsKey;
    }
    return group;
  }

  /** The saved form of the group. */
  synchronized Saved saved() {
    return new Saved(
        name,
        created,
        streams.values().stream()
            .map(
                stream ->
                    new SavedStream(
                        stream.name,
                        stream.created,
                        stream.firstEvent,
                        stream.lastEvent,
                        stream.lastIngestion,
                        stream.bytes))
            .toList(),
        new LinkedHashMap<>(tags),
        new ArrayList<>(events),
        lastSequence,
        retentionDays,
        kmsKey);
  }

  /** The same object until something changes. */
  synchronized Object revision() {
    return revision;
  }

  private void changed() {
    revision = new Object();
  }

  /** Makes a stream; false when there is one of that name. */
  synchronized boolean create(String stream, long now) {
    changed();
    return streams.putIfAbsent(stream, new Stream(stream, now)) == null;
  }

  synchronized boolean has(String stream) {
    return streams.containsKey(stream);
  }

  synchronized boolean delete(String stream) {
    if (streams.remove(stream) == null) {
      return false;
    }
    changed();
    events.removeIf(
        event -> {
          boolean gone = event.stream.equals(stream);
          bytes -= gone ? size(event) : 0;
          return gone;
        });
    return true;
  }

  synchronized void append(String stream, long time, long now, String message) {
    changed();
    Stream known = streams.computeIfAbsent(stream, name -> new Stream(name, now));
    var event = new Event(++lastSequence, stream, time, now, message);
    known.firstEvent = known.firstEvent < 0 ? time : Math.min(known.firstEvent, time);
    known.lastEvent = Math.max(known.lastEvent, time);
    known.lastIngestion = now;
    known.bytes += size(event);
    events.addLast(event);
    bytes += size(event);
    while (events.size() > MAX_EVENTS || (bytes > MAX_BYTES && events.size() > 1)) {
      bytes -= size(events.removeFirst());
    }
  }

  /** The events that match, in order of arrival, without those past the retention. */
  synchronized List<Event> select(long now, Predicate<Event> matcher) {
    Integer days = retentionDays;
    if (days != null) {
      long oldest = now - days * 86_400_000L;
      events.removeIf(
          event -> {
            boolean expired = event.time < oldest;
            if (expired) {
              changed();
              bytes -= size(event);
            }
            return expired;
          });
    }
    var found = new ArrayList<Event>();
    for (Event event : events) {
      if (matcher.test(event)) {
        found.add(event);
      }
    }
    return found;
  }

  synchronized List<Stream> streams() {
    return List.copyOf(streams.values());
  }

  synchronized long bytes() {
    return bytes;
  }

  synchronized @Nullable Integer retentionDays() {
    return retentionDays;
  }

  synchronized void retain(@Nullable Integer days) {
    changed();
    retentionDays = days;
  }

  synchronized @Nullable String kmsKey() {
    return kmsKey;
  }

  synchronized void kmsKey(@Nullable String key) {
    changed();
    kmsKey = key;
  }

  synchronized Map<String, String> tags() {
    return new LinkedHashMap<>(tags);
  }

  synchronized void tag(Map<String, String> more) {
    changed();
    tags.putAll(more);
  }

  synchronized void untag(List<String> keys) {
    changed();
    tags.keySet().removeAll(keys);
  }

  private static long size(Event event) {
    return event.message.length() + OVERHEAD;
  }
}
