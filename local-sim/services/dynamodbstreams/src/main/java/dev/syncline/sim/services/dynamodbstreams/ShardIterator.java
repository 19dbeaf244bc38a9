// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodbstreams;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A position in a shard. As text it is opaque to callers: the stream's ARN, a version, and the rest
 * in Base64 with a checksum.
 *
 * @param after the records after this sequence number; null for the oldest ones at the time of the
 *     read
 * @param issued when the iterator was given out
 */
record ShardIterator(String arn, String shardId, @Nullable BigInteger after, Instant issued) {
  private static final Duration LIFE = Duration.ofMinutes(15);
  private static final String VERSION = "|1|";

  boolean expired(Instant now) {
    return now.isAfter(issued.plus(LIFE));
  }

  String text() {
    String content =
        String.join(
            "|",
            shardId,
            after == null ? "" : after.toString(),
            Long.toString(issued.toEpochMilli()));
    return arn
        + VERSION
        + Base64.getEncoder()
            .encodeToString(
                (content + "|" + checksum(arn, content)).getBytes(StandardCharsets.UTF_8));
  }

  /** The stream of an iterator, which is not checked; empty for a text that is none. */
  static Optional<String> streamOf(String text) {
    int split = text.indexOf(VERSION);
    return split < 0 ? Optional.empty() : Optional.of(text.substring(0, split));
  }

  /** Reads an iterator; refuses what {@link #text} did not give. */
  static ShardIterator parse(String text) {
    int split = text.indexOf(VERSION);
    if (split < 0) {
      throw StreamErrors.invalidIterator();
    }
    String arn = text.substring(0, split);
    try {
      String decoded =
          new String(
              Base64.getDecoder().decode(text.substring(split + VERSION.length())),
              StandardCharsets.UTF_8);
      int end = decoded.lastIndexOf('|');
      if (end >= 0) {
        String content = decoded.substring(0, end);
        List<String> parts = List.of(content.split("\\|", -1));
        if (parts.size() == 3 && checksum(arn, content).equals(decoded.substring(end + 1))) {
          return new ShardIterator(
              arn,
              parts.get(0),
              parts.get(1).isEmpty() ? null : new BigInteger(parts.get(1)),
              Instant.ofEpochMilli(Long.parseLong(parts.get(2))));
        }
      }
    } catch (IllegalArgumentException notBase64) {
      // Refused below, as every other text that is no iterator.
    }
    throw StreamErrors.invalidIterator();
  }

  private static String checksum(String arn, String content) {
    var crc = new CRC32();
    crc.update((arn + VERSION + content).getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(crc.getValue());
  }
}
