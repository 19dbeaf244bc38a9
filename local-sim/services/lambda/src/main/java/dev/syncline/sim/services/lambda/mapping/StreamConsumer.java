// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

import dev.syncline.sim.service.contract.TableStreams;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings the records of a table's stream to a function. Each shard has {@code
 * ParallelizationFactor} lanes; a shard begins when its parent is done. Records wake it; it does
 * not poll. Thread-safe.
 */
final class StreamConsumer implements MappingWorker {
  private final Supplier<ShardLane.Tools> tools;
  private final LaneOwner owner = new LaneOwner();
  private final Map<String, List<ShardLane>> lanes = new LinkedHashMap<>();
  private volatile Mapping mapping;
  private StreamPositions positions;
  private volatile boolean running;

  /** Whether to start when the lanes of the settings before have ended their batches. */
  private boolean startsWhenQuiet;

  private TableStreams.@Nullable Registration registration;
  private volatile String lastResult;

  /**
   * One that has not begun.
   *
   * @param tools looked up when records are first read
   */
  StreamConsumer(
      Supplier<ShardLane.Tools> tools,
      Mapping mapping,
      String lastResult,
      StreamPositions positions) {
    this.tools = tools;
    this.mapping = mapping;
    this.lastResult = lastResult;
    this.positions = positions;
  }

  @Override
  public Mapping mapping() {
    return mapping;
  }

  @Override
  public String lastResult() {
    return lastResult;
  }

  @Override
  public void change(Mapping changed) {
    stop();
    synchronized (this) {
      mapping = changed;
    }
    start();
  }

  @Override
  public void start() {
    synchronized (this) {
      running = false;
      startsWhenQuiet = false;
      if (!mapping.enabled()) {
        return;
      }
      if (!lanesFit()) {
        if (anyActive()) {
          startsWhenQuiet = true;
          return;
        }
        positions = positions();
        lanes.clear();
      }
      running = true;
      if (registration == null) {
        registration = tools.get().streams().onChange(mapping.sourceArn(), this::wake);
      }
    }
    review();
  }

  private boolean lanesFit() {
    int count = ((MappingSource.Stream) mapping.source()).parallelization();
    return lanes.values().stream().allMatch(ofShard -> ofShard.size() == count);
  }

  /** Whether a lane has a thread now. */
  boolean anyActive() {
    return all().stream().anyMatch(ShardLane::active);
  }

  private synchronized List<ShardLane> all() {
    var all = new ArrayList<ShardLane>();
    lanes.values().forEach(all::addAll);
    return all;
  }

  @Override
  public void stop() {
    TableStreams.Registration ended;
    synchronized (this) {
      running = false;
      startsWhenQuiet = false;
      ended = registration;
      registration = null;
    }
    if (ended != null) {
      ended.close();
    }
    all().forEach(ShardLane::stop);
  }

  @Override
  public synchronized StreamPositions positions() {
    var shards = new HashMap<>(positions.shards());
    lanes.forEach(
        (id, ofShard) -> shards.put(id, ofShard.stream().map(ShardLane::checkpoint).toList()));
    return new StreamPositions(shards);
  }

  private void wake() {
    all().forEach(ShardLane::wake);
  }

  /** Makes lanes for shards that can begin, forgets shards that are gone, and wakes all lanes. */
  private void review() {
    synchronized (this) {
      if (!running) {
        return;
      }
      TableStreams.Stream stream = tools.get().streams().stream(mapping.sourceArn()).orElse(null);
      if (stream == null) {
        lastResult = "PROBLEM: Stream not found: " + mapping.sourceArn();
        return;
      }
      var present = new HashSet<String>();
      stream.shards().forEach(shard -> present.add(shard.id()));
      lanes.keySet().retainAll(present);
      for (TableStreams.Shard shard : stream.shards()) {
        boolean begins = !present.contains(shard.parentId()) || isDone(shard.parentId());
        if (begins && !lanes.containsKey(shard.id())) {
          lanes.put(shard.id(), lanes(stream, shard.id()));
        }
      }
    }
    wake();
  }

  private boolean isDone(@Nullable String shardId) {
    List<ShardLane> ofShard = lanes.get(shardId);
    return ofShard != null && ofShard.stream().allMatch(ShardLane::done);
  }

  private List<ShardLane> lanes(TableStreams.Stream stream, String shardId) {
    int count = ((MappingSource.Stream) mapping.source()).parallelization();
    String key =
        stream.keySchema().stream()
            .filter(attribute -> attribute.path("KeyType").asText().equals("HASH"))
            .map(attribute -> attribute.path("AttributeName").asText())
            .findFirst()
            .orElse("");
    List<StreamPositions.Checkpoint> from = positions.of(shardId, count);
    var made = new ArrayList<ShardLane>();
    for (int i = 0; i < count; i++) {
      made.add(
          new ShardLane(tools.get(), owner, shardId, new KeyShare(key, i, count), from.get(i)));
    }
    return made;
  }

  /** What the lanes know of the mapping. */
  private final class LaneOwner implements ShardLane.Owner {
    @Override
    public Mapping mapping() {
      return StreamConsumer.this.mapping();
    }

    @Override
    public boolean running() {
      // Without the lock: a lane asks while it holds its own, which is taken after this one.
      return running;
    }

    @Override
    public String lastResult() {
      return lastResult;
    }

    @Override
    public void result(String text) {
      lastResult = text;
    }

    @Override
    public void finished() {
      review();
    }

    @Override
    public void quiet() {
      boolean starts;
      synchronized (StreamConsumer.this) {
        starts = startsWhenQuiet && !anyActive();
      }
      if (starts) {
        start();
      }
    }
  }
}
