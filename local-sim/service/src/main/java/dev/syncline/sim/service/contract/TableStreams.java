// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.contract;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the streams of DynamoDB tables. {@code dynamodb} provides it; {@code dynamodbstreams}
 * serves it as an API and {@code lambda} reads it for event source mappings. Thread-safe.
 */
public interface TableStreams {
  /**
   * A stream.
   *
   * @param label the last part of the ARN
   * @param keySchema as DescribeTable gives it
   * @param status {@code ENABLED} or {@code DISABLED}; a disabled stream stays readable for 24 hours
   * @param shards in order of id
   */
  record Stream(
      String arn,
      String label,
      String tableName,
      String viewType,
      List<ObjectNode> keySchema,
      String status,
      Instant created,
      List<Shard> shards) {
    /** Copies the lists. */
    public Stream {
      keySchema = List.copyOf(keySchema);
      shards = List.copyOf(shards);
    }
  }

  /**
   * A shard.
   *
   * @param first the sequence number with which it begins
   * @param last the sequence number with which it ended; null while it is open
   */
  record Shard(
      String id, @Nullable String parentId, BigInteger first, @Nullable BigInteger last) {}

  /**
   * A record.
   *
   * @param sequenceNumber grows within a shard and is unique in a stream
   * @param created when the write was made
   * @param bytes DynamoDB's {@code SizeBytes}
   * @param json the record as GetRecords gives it; the caller's own copy
   */
  record StreamRecord(BigInteger sequenceNumber, Instant created, long bytes, ObjectNode json) {}

  /** All streams, those of deleted tables and disabled ones included, in order of ARN. */
  List<Stream> streams();

  /** The stream; empty if it is unknown or expired. */
  Optional<Stream> stream(String arn);

  /**
   * Records of a shard that are visible and not older than 24 hours, in order.
   *
   * @param after the records after this sequence number; null for the oldest ones
   * @param limit how many, at least 1
   * @return empty when there are no more records yet, or the stream or shard is unknown
   */
  List<StreamRecord> read(String arn, String shardId, @Nullable BigInteger after, int limit);

  /** The sequence number of the newest visible record of a shard; empty before the first one. */
  Optional<BigInteger> newest(String arn, String shardId);

  /**
   * Calls back after records of the stream have become visible and after the stream has been
   * disabled. The callback must not block; it may be called on any thread.
   *
   * @return ends the registration
   */
  AutoCloseable onChange(String arn, Runnable callback);
}
