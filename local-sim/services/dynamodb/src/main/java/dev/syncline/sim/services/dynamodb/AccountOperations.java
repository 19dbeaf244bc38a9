// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;

/** The operations on the account: its limits and its endpoint. Thread-safe. */
record AccountOperations(Supplier<URI> endpoint) {
  private static final int ACCOUNT_UNITS = 80_000;
  private static final int TABLE_UNITS = 40_000;
  private static final int MINUTES_A_DAY = 1440;

  List<Operation> operations() {
    return List.of(
        Operation.of("DescribeLimits", this::limits),
        Operation.of("DescribeEndpoints", this::endpoints));
  }

  private Output limits(Input input, CallContext context) {
    return Output.of(
        Json.object()
            .put("AccountMaxReadCapacityUnits", ACCOUNT_UNITS)
            .put("AccountMaxWriteCapacityUnits", ACCOUNT_UNITS)
            .put("TableMaxReadCapacityUnits", TABLE_UNITS)
            .put("TableMaxWriteCapacityUnits", TABLE_UNITS));
  }

  private Output endpoints(Input input, CallContext context) {
    String host = context.host().isEmpty() ? endpoint.get().getAuthority() : context.host();
    ObjectNode json = Json.object();
    json.putArray("Endpoints")
        .addObject()
        .put("Address", host)
        .put("CachePeriodInMinutes", MINUTES_A_DAY);
    return Output.of(json);
  }
}
