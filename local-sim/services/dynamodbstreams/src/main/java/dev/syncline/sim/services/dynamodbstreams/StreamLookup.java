// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodbstreams;

import dev.syncline.sim.service.contract.TableStreams;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Finds streams and shards that a caller names. Thread-safe. */
final class StreamLookup {
  private static final Pattern ARN =
      Pattern.compile(
          "arn:aws[a-z-]*:dynamodb:[a-z0-9-]+:\\d{12}:table/[a-zA-Z0-9_.-]{3,255}"
              + "/stream/\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}");

  private final Supplier<TableStreams> streams;

  StreamLookup(Supplier<TableStreams> streams) {
    this.streams = streams;
  }

  TableStreams streams() {
    return streams.get();
  }

  static void requireArn(String arn) {
    if (!ARN.matcher(arn).matches()) {
      throw StreamErrors.invalidArn();
    }
  }

  TableStreams.Stream stream(String arn) {
    requireArn(arn);
    return streams.get().stream(arn).orElseThrow(() -> StreamErrors.streamNotFound(arn));
  }

  static TableStreams.Shard shard(TableStreams.Stream stream, String shardId) {
    return stream.shards().stream()
        .filter(shard -> shard.id().equals(shardId))
        .findFirst()
        .orElseThrow(StreamErrors::shardNotFound);
  }
}
