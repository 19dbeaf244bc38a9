// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.streams;

import java.util.ArrayList;
import java.util.List;

/**
 * The entries of a shard in order, the oldest ones trimmed. An entry's number counts from 1 and is
 * never reused. Not thread-safe.
 */
final class ShardLog {
  /**
   * What a stream keeps in memory. Beyond it the oldest records are trimmed as though they were 24
   * hours old; AWS has no such limit.
   */
  static final long MAX_MEMORY = 256L << 20;

  private static final int MIN_COMPACTED = 1024;

  private final List<StreamEntry> entries;
  private int head;
  private long trimmed;
  private long memory;

  /**
   * A log.
   *
   * @param trimmed the number of entries before those given
   */
  ShardLog(long trimmed, List<StreamEntry> entries) {
    this.trimmed = trimmed;
    this.entries = new ArrayList<>(entries);
    entries.forEach(entry -> memory += entry.memory());
  }

  void append(StreamEntry entry) {
    entries.add(entry);
    memory += entry.memory();
    while (memory > MAX_MEMORY && head < entries.size() - 1) {
      dropOldest();
    }
  }

  /** Drops the entries that were made at that time or earlier. */
  void trim(long millis) {
    while (head < entries.size() && entries.get(head).created() <= millis) {
      dropOldest();
    }
  }

  private void dropOldest() {
    memory -= entries.get(head).memory();
    head++;
    trimmed++;
    if (head >= MIN_COMPACTED && head * 2 >= entries.size()) {
      entries.subList(0, head).clear();
      head = 0;
    }
  }

  /** The number of the newest entry that was trimmed; 0 if none was. */
  long trimmed() {
    return trimmed;
  }

  /** The number of the newest entry; that of the newest trimmed one if there is no entry. */
  long newest() {
    return trimmed + entries.size() - head;
  }

  /** The number of the newest entry that was made at that time or earlier. */
  long newestAt(long millis) {
    int low = head;
    int high = entries.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (entries.get(middle).created() <= millis) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return trimmed + low - head;
  }

  /** The entry with that number, which is neither trimmed nor beyond the newest. */
  StreamEntry get(long number) {
    return entries.get(head + (int) (number - trimmed - 1));
  }

  /** The entries, oldest first. */
  List<StreamEntry> all() {
    return List.copyOf(entries.subList(head, entries.size()));
  }
}
