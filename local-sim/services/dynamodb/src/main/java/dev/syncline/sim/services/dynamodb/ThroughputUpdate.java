// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import dev.syncline.sim.service.Input;
import dev.syncline.sim.services.dynamodb.TableDescription.Billing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A change of billing mode and throughput of a table and its global indexes.
 *
 * @param input of UpdateTable
 * @param updates of its indexes
 */
record ThroughputUpdate(Input input, List<IndexUpdate> updates, Instant now) {
  private static final String UNITS = "ProvisionedThroughput";

  /** Checks that need no table, before the table is looked up. */
  static void requireUnits(Input input) {
    boolean provisioned = input.text("BillingMode").orElse("").equals("PROVISIONED");
    if (provisioned && !input.has(UNITS)) {
      throw DynamoDbErrors.invalidParameter(
          "ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
    }
    if (input.has(UNITS)) {
      ThroughputRules.provisioned(input.structure(UNITS));
    }
  }

  TableDescription apply(TableDescription before) {
    Billing billing = before.billing();
    boolean onDemand =
        input.has("BillingMode") ? ThroughputRules.isOnDemand(input) : billing.onDemand();
    if (onDemand && input.has(UNITS)) {
      throw ThroughputRules.unitsOnDemand();
    }
    Throughput throughput = billing.throughput();
    if (input.has(UNITS)) {
      Throughput asked = ThroughputRules.provisioned(input.structure(UNITS));
      requireDifferent(throughput, asked);
      throughput = throughput.to(asked.read(), asked.write(), now);
    }
    TableDescription table = before;
    if (onDemand != billing.onDemand()) {
      table = onDemand ? toOnDemand(before) : toProvisioned(before);
      throughput = onDemand ? Throughput.ON_DEMAND : throughput.withOnDemand(null);
      billing = new Billing(onDemand, throughput, onDemand ? now : billing.lastOnDemand());
    }
    throughput = ThroughputRules.more(input, throughput, onDemand);
    return table.withBilling(billing.withThroughput(throughput));
  }

  private static TableDescription toOnDemand(TableDescription table) {
    return table.withIndexes(
        table.attributes(),
        table.indexes().stream()
            .map(
                index ->
                    index.schema().global()
                        ? index
                            .withThroughput(Throughput.ON_DEMAND)
                            .withStatus(TableDescription.UPDATING, false)
                        : index)
            .toList());
  }

  /** Each global index needs its own units. */
  private TableDescription toProvisioned(TableDescription table) {
    Set<String> given =
        updates.stream()
            .filter(IndexUpdate::hasUnits)
            .map(IndexUpdate::index)
            .collect(Collectors.toSet());
    var missing = new ArrayList<String>();
    for (TableIndex index : table.indexes(true)) {
      if (!given.contains(index.name())) {
        missing.add(index.name());
      }
    }
    if (!missing.isEmpty()) {
      throw ThroughputRules.missingFor(String.join(",", missing));
    }
    return table;
  }

  /** Refuses units that are the same as the present ones. */
  static void requireDifferent(Throughput before, Throughput asked) {
    if (before.read() == asked.read() && before.write() == asked.write()) {
      throw DynamoDbErrors.validation(
          "The provisioned throughput for the table will not change. The requested value equals"
              + " the current value. Current ReadCapacityUnits provisioned for the table: "
              + before.read()
              + ". Requested ReadCapacityUnits: "
              + asked.read()
              + ". Current WriteCapacityUnits provisioned for the table: "
              + before.write()
              + ". Requested WriteCapacityUnits: "
              + asked.write()
              + ". Refer to the Amazon DynamoDB Developer Guide for current limits and how to"
              + " request higher limits.");
    }
  }
}
