// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.streams;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Timer;
import dev.syncline.sim.service.contract.TableStreams;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One stream of a table, with one shard. Guarded by the lock of {@link StreamSwitch}. */
final class TableStreamLog {
  static final Duration RETENTION = Duration.ofHours(24);

  /**
   * What does not change.
   *
   * @param first the sequence number that the shard begins with
   * @param seed of the event ids
   */
  record Identity(
      String arn,
      String label,
      String tableArn,
      String tableName,
      List<ObjectNode> keySchema,
      StreamViewType view,
      Instant created,
      String shardId,
      BigInteger first,
      long seed) {}

  /** A record with its number. */
  record Numbered(BigInteger number, long place, StreamEntry entry) {}

  final Identity identity;
  final ShardLog entries;
  private final long delayMillis;

  /** Fires when the oldest invisible record becomes visible; null without one. */
  @Nullable Timer visibility;

  /** When the stream was disabled; null while it is enabled. */
  private @Nullable Instant disabled;

  TableStreamLog(Identity identity, @Nullable Instant disabled, ShardLog entries, Duration delay) {
    this.identity = identity;
    this.disabled = disabled;
    this.entries = entries;
    this.delayMillis = delay.toMillis();
  }

  @Nullable Instant disabled() {
    return disabled;
  }

  void disable(Instant now) {
    disabled = now;
  }

  void append(StreamEntry.Draft draft, Instant now) {
    trim(now);
    entries.append(draft.at(now.toEpochMilli()));
  }

  void trim(Instant now) {
    entries.trim(now.minus(RETENTION).toEpochMilli());
  }

  /** Whether a disabled stream can no longer be read. */
  boolean gone(Instant now) {
    return disabled != null && !disabled.plus(RETENTION).isAfter(now);
  }

  TableStreams.Readable readable(Instant now) {
    trim(now);
    return new TableStreams.Readable(number(entries.trimmed()), number(newestVisible(now)));
  }

  private long newestVisible(Instant now) {
    return delayMillis == 0 ? entries.newest() : entries.newestAt(now.toEpochMilli() - delayMillis);
  }

  /** When the oldest record that is invisible becomes visible; null without one. */
  @Nullable Instant nextVisible(Instant now) {
    long visible = newestVisible(now);
    return visible == entries.newest()
        ? null
        : Instant.ofEpochMilli(entries.get(visible + 1).created() + delayMillis);
  }

  List<Numbered> read(@Nullable BigInteger after, int limit, long maxBytes, Instant now) {
    trim(now);
    long newest = newestVisible(now);
    long next = Math.max(entries.trimmed(), after == null ? 0 : place(after, newest)) + 1;
    var found = new ArrayList<Numbered>();
    long bytes = 0;
    while (next <= newest && found.size() < limit) {
      StreamEntry entry = entries.get(next);
      bytes += entry.size();
      if (bytes > maxBytes && !found.isEmpty()) {
        break;
      }
      found.add(new Numbered(number(next), next, entry));
      next++;
    }
    return found;
  }

  private BigInteger number(long place) {
    return identity.first.add(BigInteger.valueOf(place));
  }

  private long place(BigInteger number, long newest) {
    BigInteger place = number.subtract(identity.first);
    if (place.signum() <= 0) {
      return 0;
    }
    return place.bitLength() > Long.SIZE - 2 ? newest : Math.min(place.longValue(), newest);
  }

  TableStreams.Stream description() {
    return new TableStreams.Stream(
        identity.arn,
        identity.label,
        identity.tableName,
        identity.view.name(),
        identity.keySchema.stream().map(ObjectNode::deepCopy).toList(),
        disabled == null ? "ENABLED" : "DISABLED",
        identity.created,
        List.of(
            new TableStreams.Shard(
                identity.shardId,
                null,
                identity.first,
                disabled == null ? null : number(entries.newest()))));
  }
}
