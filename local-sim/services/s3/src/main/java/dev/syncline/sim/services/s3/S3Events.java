// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.JournalRecord;

/** Records what S3 does by itself in the journal. Thread-safe. */
record S3Events(Journal journal) {
  /** An event of one bucket. */
  private sealed interface BucketEvent extends JournalRecord {
    @Override
    default String source() {
      return "s3";
    }
  }

  private record NotificationSent(String bucket, String event, String destination)
      implements BucketEvent {}

  private record NotificationFailed(String bucket, String event, String destination, String reason)
      implements BucketEvent {}

  private record ObjectsExpired(String bucket, int objects) implements BucketEvent {}

  private record UploadsAborted(String bucket, int uploads) implements BucketEvent {}

  private record ObjectsMoved(String bucket, int objects) implements BucketEvent {}

  void moved(String bucket, int objects) {
    journal.record(new ObjectsMoved(bucket, objects));
  }

  void notified(String bucket, String event, String destination) {
    journal.record(new NotificationSent(bucket, event, destination));
  }

  void notNotified(String bucket, String event, String destination, String reason) {
    journal.record(new NotificationFailed(bucket, event, destination, reason));
  }

  void expired(String bucket, int objects) {
    journal.record(new ObjectsExpired(bucket, objects));
  }

  void aborted(String bucket, int uploads) {
    journal.record(new UploadsAborted(bucket, uploads));
  }
}
