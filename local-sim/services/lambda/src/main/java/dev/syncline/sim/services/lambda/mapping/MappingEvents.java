// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.JournalRecord;
import java.math.BigInteger;

/** Records what happens to the batches of streams in the journal. Thread-safe. */
final class MappingEvents {
  private final Journal journal;

  MappingEvents(Journal journal) {
    this.journal = journal;
  }

  private sealed interface MappingEvent extends JournalRecord {
    @Override
    default String source() {
      return "lambda";
    }
  }

  private record StreamBatchFailed(
      String mapping, String shardId, BigInteger from, BigInteger to, int records, String reason)
      implements MappingEvent {}

  private record StreamRecordsDropped(
      String mapping, String shardId, BigInteger from, BigInteger to, int records, String condition)
      implements MappingEvent {}

  /**
   * The delivery of the notice about dropped records.
   *
   * @param failure why it failed; empty when it succeeded
   */
  private record Delivered(String mapping, String destination, @OmitEmpty String failure)
      implements MappingEvent {
    @Override
    public String type() {
      return failure.isEmpty() ? "lambda.DestinationDelivered" : "lambda.DestinationFailed";
    }
  }

  void failed(Mapping mapping, String shardId, LaneBatch.Part part, String reason) {
    journal.record(
        new StreamBatchFailed(
            mapping.uuid(),
            shardId,
            part.first().number(),
            part.last().number(),
            part.records().size(),
            reason));
  }

  void dropped(Mapping mapping, String shardId, LaneBatch.Part part, String condition) {
    journal.record(
        new StreamRecordsDropped(
            mapping.uuid(),
            shardId,
            part.first().number(),
            part.last().number(),
            part.records().size(),
            condition));
  }

  void delivered(Mapping mapping, String destination, String failure) {
    journal.record(new Delivered(mapping.uuid(), destination, failure));
  }
}
