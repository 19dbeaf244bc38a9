// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

import dev.syncline.sim.service.contract.TableStreams;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a stream has been read: for each shard, the checkpoints of its lanes in order. Immutable.
 */
record StreamPositions(Map<String, List<Checkpoint>> shards) {
  /** Nothing has been read. */
  static final StreamPositions NONE = new StreamPositions(Map.of());

  /**
   * A place in a shard.
   *
   * @param after the records up to this number are done with; null for none
   */
  record Checkpoint(@Nullable BigInteger after) {
    /** Before the oldest record. */
    static final Checkpoint OLDEST = new Checkpoint(null);

    private boolean before(Checkpoint other) {
      return after == null || (other.after != null && after.compareTo(other.after) < 0);
    }
  }

  StreamPositions {
    shards = Map.copyOf(shards);
  }

  /** Where a new mapping begins. */
  static StreamPositions starting(TableStreams streams, TableStreams.Stream stream, String from) {
    var shards = new HashMap<String, List<Checkpoint>>();
    for (TableStreams.Shard shard : stream.shards()) {
      Checkpoint start =
          from.equals("LATEST")
              ? streams
                  .readable(stream.arn(), shard.id())
                  .map(readable -> new Checkpoint(readable.newest()))
                  .orElse(Checkpoint.OLDEST)
              : Checkpoint.OLDEST;
      shards.put(shard.id(), List.of(start));
    }
    return new StreamPositions(shards);
  }

  /**
   * The checkpoints of a shard for a number of lanes. With another number than before, every lane
   * begins at the earliest checkpoint, so that no record is left out; some may come twice.
   */
  List<Checkpoint> of(String shardId, int lanes) {
    List<Checkpoint> known = shards.getOrDefault(shardId, List.of(Checkpoint.OLDEST));
    if (known.size() == lanes) {
      return known;
    }
    Checkpoint earliest = known.getFirst();
    for (Checkpoint one : known) {
      if (one.before(earliest)) {
        earliest = one;
      }
    }
    return java.util.Collections.nCopies(lanes, earliest);
  }
}
