// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.logs;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A log group and its events.
 *
 * <p>Memory is bounded: a group keeps its newest {@value #MOST_EVENTS} events and {@value
 * #MOST_BYTES} bytes of them. Thread-safe: one lock a group.
 */
final class LogGroup {
  static final int MOST_EVENTS = 20_000;
  static final long MOST_BYTES = 16L * 1024 * 1024;
  private static final int MOST_STREAMS = 2_000;
  private static final int OVERHEAD = 26;

  /** One event, as ingested. */
  record Event(long sequence, String stream, long timestamp, long ingested, String message) {
    long bytes() {
      return message.length() + OVERHEAD;
    }
  }

  /** What DescribeLogStreams tells of a stream. */
  record Stream(
      String name,
      long created,
      @Nullable Long first,
      @Nullable Long last,
      @Nullable Long ingested) {}

  private final String name;
  private final long created;
  private final Map<String, String> tags = new TreeMap<>();
  private final Map<String, Stream> streams = new LinkedHashMap<>();
  private final ArrayDeque<Event> events = new ArrayDeque<>();
  private @Nullable Integer retentionInDays;
  private long bytes;
  private long sequence;

  LogGroup(String name, long created, Map<String, String> tags) {
    this.name = name;
    this.created = created;
    this.tags.putAll(tags);
  }

  String name() {
    return name;
  }

  long created() {
    return created;
  }

  synchronized @Nullable Integer retentionInDays() {
    return retentionInDays;
  }

  synchronized void retain(@Nullable Integer days) {
    retentionInDays = days;
  }

  synchronized Map<String, String> tags() {
    return Map.copyOf(tags);
  }

  synchronized void tag(Map<String, String> added) {
    tags.putAll(added);
  }

  synchronized void untag(List<String> keys) {
    keys.forEach(tags::remove);
  }

  synchronized long storedBytes() {
    return bytes;
  }

  /** Makes a stream; false when it is there already. */
  synchronized boolean createStream(String stream, long now) {
    if (streams.containsKey(stream)) {
      return false;
    }
    if (streams.size() >= MOST_STREAMS) {
      streams.remove(streams.keySet().iterator().next());
    }
    streams.put(stream, new Stream(stream, now, null, null, null));
    return true;
  }

  synchronized boolean hasStream(String stream) {
    return streams.containsKey(stream);
  }

  synchronized List<Stream> streams() {
    return new ArrayList<>(streams.values());
  }

  synchronized void append(String stream, long timestamp, long now, String message) {
    createStream(stream, now);
    streams.computeIfPresent(
        stream,
        (key, before) ->
            new Stream(
                key,
                before.created(),
                before.first() == null ? Long.valueOf(timestamp) : before.first(),
                timestamp,
                now));
    var event = new Event(++sequence, stream, timestamp, now, message);
    events.addLast(event);
    bytes += event.bytes();
    while (events.size() > MOST_EVENTS || bytes > MOST_BYTES && events.size() > 1) {
      bytes -= events.removeFirst().bytes();
    }
  }

  /** The events that match, in order of ingestion, from those after {@code afterSequence}. */
  synchronized List<Event> select(
      @Nullable Set<String> ofStreams,
      long from,
      long to,
      long afterSequence,
      Predicate<String> text) {
    var found = new ArrayList<Event>();
    for (Event event : events) {
      if (event.sequence() > afterSequence
          && event.timestamp() >= from
          && event.timestamp() < to
          && (ofStreams == null || ofStreams.contains(event.stream()))
          && text.test(event.message())) {
        found.add(event);
      }
    }
    return found;
  }
}
