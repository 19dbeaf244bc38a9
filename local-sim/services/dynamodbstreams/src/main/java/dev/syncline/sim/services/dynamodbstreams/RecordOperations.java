// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodbstreams;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Constraints;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.contract.TableStreams;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the records of a shard through iterators. */
final class RecordOperations {
  private static final int MAX_RECORDS = 1000;
  private static final long MAX_BYTES = 1 << 20;
  private static final Pattern DIGITS = Pattern.compile("\\d+");
  private static final List<String> TYPES =
      List.of("AFTER_SEQUENCE_NUMBER", "LATEST", "AT_SEQUENCE_NUMBER", "TRIM_HORIZON");

  private final SimClock clock;
  private final StreamLookup lookup;

  RecordOperations(SimClock clock, Supplier<TableStreams> streams) {
    this.clock = clock;
    this.lookup = new StreamLookup(streams);
  }

  List<Operation> operations() {
    return List.of(
        Operation.of(
            "GetShardIterator: StreamArn, ShardId, ShardIteratorType, SequenceNumber",
            this::iterator),
        Operation.of("GetRecords: ShardIterator, Limit", this::records));
  }

  private Output iterator(Input input, CallContext context) {
    Constraints.of(input)
        .required("StreamArn")
        .required("ShardId")
        .length("ShardId", 28, 65)
        .required("ShardIteratorType")
        .oneOf("ShardIteratorType", TYPES)
        .length("SequenceNumber", 21, 40)
        .verify();
    String type = input.text("ShardIteratorType").orElse("");
    BigInteger number = number(input, type);
    TableStreams.Stream stream = lookup.stream(input.text("StreamArn").orElse(""));
    TableStreams.Shard shard = StreamLookup.shard(stream, input.text("ShardId").orElse(""));
    TableStreams.Readable readable = readable(stream.arn(), shard.id());
    BigInteger after =
        switch (type) {
          case "TRIM_HORIZON" -> null;
          case "LATEST" -> readable.newest();
          default -> after(shard, number, type.equals("AT_SEQUENCE_NUMBER"));
        };
    if (after != null && after.compareTo(readable.trimmed()) < 0) {
      throw StreamErrors.trimmed();
    }
    return Output.of(
        Json.object()
            .put(
                "ShardIterator",
                new ShardIterator(stream.arn(), shard.id(), after, clock.now()).text()));
  }

  private static BigInteger number(Input input, String type) {
    String text = input.text("SequenceNumber").orElse("");
    if (text.isEmpty()) {
      if (type.endsWith("_SEQUENCE_NUMBER")) {
        throw StreamErrors.invalid(
            "SequenceNumber must be specified when ShardIteratorType is " + type);
      }
      return BigInteger.ZERO;
    }
    if (!DIGITS.matcher(text).matches()) {
      throw StreamErrors.invalid("Invalid SequenceNumber");
    }
    return new BigInteger(text);
  }

  /** No record has the number that the shard starts with, so reading may begin there. */
  private static BigInteger after(TableStreams.Shard shard, BigInteger number, boolean at) {
    return at && !number.equals(shard.first()) ? number.subtract(BigInteger.ONE) : number;
  }

  private TableStreams.Readable readable(String arn, String shardId) {
    return lookup.streams().readable(arn, shardId).orElseThrow(StreamErrors::shardNotFound);
  }

  private Output records(Input input, CallContext context) {
    Constraints.of(input)
        .required("ShardIterator")
        .length("ShardIterator", 1, 2048)
        .range("Limit", 1, MAX_RECORDS)
        .verify();
    ShardIterator iterator = ShardIterator.parse(input.text("ShardIterator").orElse(""));
    Instant now = clock.now();
    if (iterator.expired(now)) {
      throw StreamErrors.expiredIterator();
    }
    TableStreams.Stream stream = lookup.stream(iterator.arn());
    TableStreams.Shard shard = StreamLookup.shard(stream, iterator.shardId());
    TableStreams.Readable readable = readable(stream.arn(), shard.id());
    BigInteger after = iterator.after();
    if (after != null && after.compareTo(readable.trimmed()) < 0) {
      throw StreamErrors.trimmed();
    }
    List<TableStreams.StreamRecord> records =
        lookup
            .streams()
            .read(
                stream.arn(),
                shard.id(),
                after,
                input.integer("Limit").orElse(MAX_RECORDS),
                MAX_BYTES);
    ObjectNode json = Json.object();
    ArrayNode items = json.putArray("Records");
    records.forEach(one -> items.add(one.json()));
    BigInteger position = records.isEmpty() ? after : records.getLast().sequenceNumber();
    if (!readOut(shard, position, readable)) {
      json.put(
          "NextShardIterator", new ShardIterator(stream.arn(), shard.id(), position, now).text());
    }
    return Output.of(json);
  }

  /** Whether the shard is closed and has no more records after the position. */
  private static boolean readOut(
      TableStreams.Shard shard, @Nullable BigInteger position, TableStreams.Readable readable) {
    if (shard.last() == null) {
      return false;
    }
    BigInteger reached = position == null ? readable.trimmed() : position;
    return reached.compareTo(shard.last()) >= 0;
  }
}
