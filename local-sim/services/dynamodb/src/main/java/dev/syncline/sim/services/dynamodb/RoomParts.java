// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.settings.DynamoDbSettings;
import dev.syncline.sim.service.settings.Wording;

/** What the operations of the room share. Immutable; its parts are thread-safe. */
record RoomParts(
    SimClock clock,
    Ids ids,
    TableStore store,
    TableLifecycle lifecycle,
    TableStreamSwitch streams,
    RequestConstraints constraints,
    DynamoDbEvents events) {
  /** The parts of a room without tables. */
  static RoomParts of(ServiceContext context, DynamoDbSettings settings) {
    var events = new DynamoDbEvents(context.journal());
    var store = new TableStore(context.account(), context.region());
    return new RoomParts(
        context.clock(),
        context.ids(),
        store,
        new TableLifecycle(context.clock(), store, events, settings.activationDelay()),
        new TableStreamSwitch(new StreamLabels(context.clock()), events),
        new RequestConstraints(settings.wording()),
        events);
  }

  /** The generation of the messages. */
  Wording wording() {
    return constraints.wording();
  }
}
