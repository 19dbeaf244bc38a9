// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

/** Refuses changes of a table whose last change has not ended. */
final class TableGuard {
  private TableGuard() {}

  static void requireActive(TableDescription table) {
    String state =
        switch (table.status()) {
          case TableDescription.CREATING -> "created";
          case TableDescription.UPDATING -> "updated";
          case TableDescription.DELETING -> "deleted";
          default -> "";
        };
    if (!state.isEmpty()) {
      throw DynamoDbErrors.tableBusy(table.name(), state);
    }
  }
}
