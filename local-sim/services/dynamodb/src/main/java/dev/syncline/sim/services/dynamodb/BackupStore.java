// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import java.util.ArrayList;
import java.util.List;

/** The backups, oldest first. Thread-safe. */
final class BackupStore {
  private final List<Backup> backups = new ArrayList<>();

  synchronized void add(Backup backup) {
    backups.add(backup);
  }

  synchronized List<Backup> all() {
    return List.copyOf(backups);
  }

  /**
   * The backup.
   *
   * @throws dev.syncline.sim.service.AwsException if no backup has the ARN
   */
  synchronized Backup require(String arn) {
    return backups.stream()
        .filter(backup -> backup.arn().equals(arn))
        .findFirst()
        .orElseThrow(() -> DynamoDbErrors.backupNotFound(arn));
  }

  synchronized void remove(Backup backup) {
    backups.removeIf(one -> one.arn().equals(backup.arn()));
  }
}
