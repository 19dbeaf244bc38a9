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
   * @param status {@code ENABLED} or {@code DISABLED}; a disabled stream stays readable for 24
   *     hours
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
   * A shard. All numbers of its records are greater than {@code first}.
   *
   * @param first the sequence number with which it begins
   * @param last the sequence number with which it ended; null while it is open
   */
  record Shard(String id, @Nullable String parentId, BigInteger first, @Nullable BigInteger last) {}

  /**
   * The part of a shard that can be read now.
   *
   * @param trimmed the records up to this number are gone: the shard's first number at the start
   * @param newest the number of the newest visible record; {@code trimmed} without one
   */
  record Readable(BigInteger trimmed, BigInteger newest) {}

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

  /** What can be read of a shard now; empty if the stream or shard is unknown. */
  Optional<Readable> readable(String arn, String shardId);

  /**
   * Records of a shard that are visible and not trimmed, in order. Records that are trimmed are
   * skipped silently; {@link #readable} tells of them.
   *
   * @param after the records after this sequence number; null for the oldest ones
   * @param limit how many, at least 1
   * @param maxBytes the limit of the sum of {@link StreamRecord#bytes}; the first record is given
   *     whatever its size
   * @return empty when there are no more records yet, or the stream or shard is unknown
   */
  List<StreamRecord> read(
      String arn, String shardId, @Nullable BigInteger after, int limit, long maxBytes);

  /**
   * Calls back after records of the stream have become visible and after the stream has been
   * disabled. The callback must not block and must not write to a table; it may be called on any
   * thread. Registering for an unknown stream is allowed and calls nothing back.
   *
   * @return ends the registration
   */
  Registration onChange(String arn, Runnable callback);

  /** A callback that is registered. */
  interface Registration extends AutoCloseable {
    /** Ends it. A second call does nothing. */
    @Override
    void close();
  }
}
