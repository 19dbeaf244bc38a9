// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodbstreams;

import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.contract.TableStreams;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Streams of records that a test writes. Not thread-safe. */
final class FakeStreams implements TableStreams {
  static final String ARN =
      "arn:aws:dynamodb:us-east-1:111111111111:table/things/stream/2026-01-31T12:00:00.123";
  static final String SHARD = "shardId-00000001769860800123-0a1b2c3d";
  static final String CHILD = "shardId-00000001769860800456-0a1b2c3d";
  static final BigInteger FIRST = BigInteger.TEN.pow(20);

  final List<Stream> streams = new ArrayList<>();
  private final List<StreamRecord> records = new ArrayList<>();
  private BigInteger trimmed = FIRST;
  private BigInteger newest = FIRST;

  FakeStreams() {
    streams.add(stream(ARN, "things", List.of(new Shard(SHARD, null, FIRST, null))));
  }

  static Stream stream(String arn, String table, List<Shard> shards) {
    return new Stream(
        arn,
        arn.substring(arn.lastIndexOf('/') + 1),
        table,
        "KEYS_ONLY",
        List.of(Json.object().put("AttributeName", "id").put("KeyType", "HASH")),
        shards.stream().allMatch(shard -> shard.last() != null) ? "DISABLED" : "ENABLED",
        Instant.parse("2026-01-31T12:00:00.123Z"),
        shards);
  }

  void write(int count, long bytes) {
    for (int i = 0; i < count; i++) {
      newest = newest.add(BigInteger.ONE);
      records.add(
          new StreamRecord(
              newest, Instant.EPOCH, bytes, Json.object().put("eventID", newest.toString())));
    }
  }

  void trim(int count) {
    trimmed = records.get(count - 1).sequenceNumber();
    records.subList(0, count).clear();
  }

  void close() {
    streams.set(0, stream(ARN, "things", List.of(new Shard(SHARD, null, FIRST, newest))));
  }

  BigInteger newest() {
    return newest;
  }

  @Override
  public List<Stream> streams() {
    return streams;
  }

  @Override
  public Optional<Stream> stream(String arn) {
    return streams.stream().filter(stream -> stream.arn().equals(arn)).findFirst();
  }

  @Override
  public Optional<Readable> readable(String arn, String shardId) {
    return Optional.of(new Readable(trimmed, newest));
  }

  @Override
  public List<StreamRecord> read(
      String arn, String shardId, @Nullable BigInteger after, int limit, long maxBytes) {
    long[] bytes = {0};
    return records.stream()
        .filter(one -> after == null || one.sequenceNumber().compareTo(after) > 0)
        .limit(limit)
        .takeWhile(one -> (bytes[0] += one.bytes()) <= maxBytes || bytes[0] == one.bytes())
        .toList();
  }

  @Override
  public Registration onChange(String arn, Runnable callback) {
    return () -> {};
  }
}
