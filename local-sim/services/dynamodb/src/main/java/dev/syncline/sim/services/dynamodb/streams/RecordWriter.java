// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.streams;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.contract.TableStreams;
import dev.syncline.sim.services.dynamodb.values.ItemCodec;
import dev.syncline.sim.services.dynamodb.values.ValueWriter;
import java.time.Instant;
import java.util.Locale;

/** Records as GetRecords gives them. Thread-safe. */
final class RecordWriter {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private final String region;

  RecordWriter(String region) {
    this.region = region;
  }

  TableStreams.StreamRecord write(
      TableStreamLog.Identity stream, TableStreamLog.Numbered numbered) {
    StreamEntry entry = numbered.entry();
    ObjectNode json =
        Json.object()
            .put("eventID", eventId(stream.seed(), numbered.place()))
            .put("eventName", entry.event().name())
            .put("eventVersion", "1.1")
            .put("eventSource", "aws:dynamodb")
            .put("awsRegion", region);
    ObjectNode change =
        json.putObject("dynamodb").put("ApproximateCreationDateTime", entry.created() / 1000);
    change.set("Keys", ValueWriter.writeItem(ItemCodec.decode(entry.key())));
    if (entry.after() != null) {
      change.set("NewImage", ValueWriter.writeItem(ItemCodec.decode(entry.after())));
    }
    if (entry.before() != null) {
      change.set("OldImage", ValueWriter.writeItem(ItemCodec.decode(entry.before())));
    }
    change
        .put("SequenceNumber", numbered.number().toString())
        .put("SizeBytes", entry.size())
        .put("StreamViewType", stream.view().name());
    if (entry.expired()) {
      json.putObject("userIdentity")
          .put("PrincipalId", "dynamodb.amazonaws.com")
          .put("Type", "Service");
    }
    return new TableStreams.StreamRecord(
        numbered.number(), Instant.ofEpochMilli(entry.created()), entry.size(), json);
  }

  /** Follows from the stream and the place in it, so that it need not be kept. */
  private static String eventId(long seed, long place) {
    long high = mix(seed + place * GOLDEN_GAMMA);
    return String.format(Locale.ROOT, "%016x%016x", high, mix(high ^ place));
  }

  /** The finalizer of SplitMix64, which maps different numbers to different numbers. */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
