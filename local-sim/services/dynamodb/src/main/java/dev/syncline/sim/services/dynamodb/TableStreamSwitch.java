// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.services.dynamodb.TableDescription.LatestStream;
import dev.syncline.sim.services.dynamodb.data.ChangeListener;
import dev.syncline.sim.services.dynamodb.streams.StreamSwitch;
import dev.syncline.sim.services.dynamodb.streams.StreamViewType;
import java.util.ArrayList;
import java.util.List;

/** Connects the descriptions of tables with their streams. Thread-safe. */
record TableStreamSwitch(StreamSwitch log, DynamoDbEvents events) {
  /** Hears of the changes of a table, whether it has a stream or not. */
  ChangeListener listener(String tableArn) {
    return log.listener(tableArn);
  }

  /** Begins a stream on a table without an enabled one. */
  void enable(Table table, String viewType) {
    var key = new ArrayList<ObjectNode>();
    DescriptionJson.key(table.description().key()).forEach(one -> key.add((ObjectNode) one));
    StreamSwitch.Enabled started =
        log.enable(table.arn(), table.name(), List.copyOf(key), StreamViewType.valueOf(viewType));
    var stream = new LatestStream(started.label(), viewType);
    table.describe(before -> before.withOptions(before.options().withStream(stream)));
    events.streamEnabled(table.name(), started.label(), viewType);
  }

  /** Ends the enabled stream of a table. */
  void disable(Table table) {
    TableDescription description = table.description();
    LatestStream stream = description.options().stream();
    String arn = description.latestStreamArn();
    if (stream == null || arn == null) {
      return;
    }
    log.disable(arn);
    var ended = new LatestStream(stream.label(), null);
    table.describe(before -> before.withOptions(before.options().withStream(ended)));
    events.streamDisabled(table.name(), stream.label());
  }
}
