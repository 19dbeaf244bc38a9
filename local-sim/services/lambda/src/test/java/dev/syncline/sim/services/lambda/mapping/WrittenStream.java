// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.contract.TableStreams;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** One stream that a test writes to. Thread-safe. */
final class WrittenStream implements TableStreams {
  static final String ARN =
      "arn:aws:dynamodb:us-east-1:111111111111:table/things/stream/2026-01-31T12:00:00.123";
  static final String SHARD = "shardId-00000001769860800123-0a1b2c3d";
  static final String CHILD = "shardId-00000001769860800456-0a1b2c3d";
  private static final BigInteger FIRST = BigInteger.TEN.pow(20);

  private final SimClock clock;
  private final List<Shard> shards = new ArrayList<>();
  private final List<StreamRecord> records = new ArrayList<>();
  private final List<StreamRecord> childRecords = new ArrayList<>();
  private final List<Runnable> callbacks = new CopyOnWriteArrayList<>();
  private int written;

  WrittenStream(SimClock clock) {
    this.clock = clock;
    shards.add(new Shard(SHARD, null, FIRST, null));
  }

  /** Writes records with the keys and tells the readers once. */
  void write(String... keys) {
    for (String key : keys) {
      write(key, 10, false);
    }
    callbacks.forEach(Runnable::run);
  }

  /** Writes a record with a text of that length; tells nobody. */
  synchronized void write(String key, int length, boolean expired) {
    written++;
    BigInteger number = number(written);
    ObjectNode json =
        Json.object()
            .put("eventID", "e" + written)
            .put("eventName", "INSERT")
            .put("eventVersion", "1.1")
            .put("eventSource", "aws:dynamodb")
            .put("awsRegion", "us-east-1");
    ObjectNode change =
        json.putObject("dynamodb").put("ApproximateCreationDateTime", clock.now().getEpochSecond());
    change.putObject("Keys").putObject("id").put("S", key);
    ObjectNode image = change.putObject("NewImage");
    image.putObject("id").put("S", key);
    image.putObject("text").put("S", "x".repeat(length));
    image.putObject("n").put("N", "5");
    change
        .put("SequenceNumber", number.toString())
        .put("SizeBytes", length)
        .put("StreamViewType", "NEW_IMAGE");
    if (expired) {
      json.putObject("userIdentity")
          .put("PrincipalId", "dynamodb.amazonaws.com")
          .put("Type", "Service");
    }
    (shards.size() == 1 ? records : childRecords)
        .add(new StreamRecord(number, clock.now(), length, json));
  }

  static BigInteger number(int place) {
    return FIRST.add(BigInteger.valueOf(place));
  }

  /** Closes the shard; its child is open. */
  void roll() {
    synchronized (this) {
      shards.set(0, new Shard(SHARD, null, FIRST, number(written)));
      shards.add(new Shard(CHILD, SHARD, number(written), null));
    }
    callbacks.forEach(Runnable::run);
  }

  boolean isRead() {
    return !callbacks.isEmpty();
  }

  @Override
  public synchronized List<Stream> streams() {
    return List.of(
        new Stream(
            ARN,
            "2026-01-31T12:00:00.123",
            "things",
            "NEW_IMAGE",
            List.of(
                Json.object().put("AttributeName", "id").put("KeyType", "HASH"),
                Json.object().put("AttributeName", "at").put("KeyType", "RANGE")),
            "ENABLED",
            clock.now(),
            shards));
  }

  @Override
  public Optional<Stream> stream(String arn) {
    return streams().stream().filter(stream -> stream.arn().equals(arn)).findFirst();
  }

  private List<StreamRecord> of(String shardId) {
    return shardId.equals(SHARD) ? records : childRecords;
  }

  @Override
  public synchronized Optional<Readable> readable(String arn, String shardId) {
    List<StreamRecord> all = of(shardId);
    return Optional.of(new Readable(FIRST, all.isEmpty() ? FIRST : all.getLast().sequenceNumber()));
  }

  @Override
  public synchronized List<StreamRecord> read(
      String arn, String shardId, @Nullable BigInteger after, int limit, long maxBytes) {
    return of(shardId).stream()
        .filter(one -> after == null || one.sequenceNumber().compareTo(after) > 0)
        .limit(limit)
        .map(
            one ->
                new StreamRecord(
                    one.sequenceNumber(), one.created(), one.bytes(), one.json().deepCopy()))
        .toList();
  }

  @Override
  public Registration onChange(String arn, Runnable callback) {
    callbacks.add(callback);
    return () -> callbacks.remove(callback);
  }
}
