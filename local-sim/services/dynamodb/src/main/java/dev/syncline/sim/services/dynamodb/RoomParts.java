// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.settings.DynamoDbSettings;
import dev.syncline.sim.service.settings.Wording;
import dev.syncline.sim.services.dynamodb.streams.StreamSwitch;

/** What the operations of the room share. Immutable; its parts are thread-safe. */
record RoomParts(
    SimClock clock,
    Ids ids,
    TableStore store,
    TableLifecycle lifecycle,
    TableExpiry expiry,
    TableStreamSwitch streams,
    BackupStore backups,
    TransactionTokens tokens,
    RequestConstraints constraints,
    DynamoDbEvents events) {
  /** The parts of a room without tables. */
  static RoomParts of(ServiceContext context, DynamoDbSettings settings) {
    var events = new DynamoDbEvents(context.journal());
    var store = new TableStore(context.account(), context.region());
    Runnable changed = context.dispatcher()::changed;
    var expiry = new TableExpiry(context.clock(), events, settings.expiryDelay(), changed);
    return new RoomParts(
        context.clock(),
        context.ids(),
        store,
        new TableLifecycle(
            context.clock(), store, expiry, events, settings.activationDelay(), changed),
        expiry,
        new TableStreamSwitch(
            new StreamSwitch(
                context.clock(), context.ids(), context.region(), settings.streamDelay()),
            events),
        new BackupStore(),
        new TransactionTokens(context.clock()),
        new RequestConstraints(settings.wording()),
        events);
  }

  /**
   * The table of a request about backups.
   *
   * @throws dev.syncline.sim.service.AwsException in the words of those operations
   */
  Table backedUp(Input input) {
    return backedUp(input.requiredText("TableName"));
  }

  /** As {@link #backedUp(Input)}. */
  Table backedUp(String nameOrArn) {
    Table table = store.find(nameOrArn);
    if (table == null) {
      throw DynamoDbErrors.backedUpTableNotFound(store.nameOf(nameOrArn));
    }
    return table;
  }

  /** The generation of the messages. */
  Wording wording() {
    return constraints.wording();
  }
}
