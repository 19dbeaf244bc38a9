// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.asl.internal.expr.Scope;
import dev.syncline.sim.asl.internal.model.State;
import org.jspecify.annotations.Nullable;

/** A Map state that is tested alone: its iterations are mocked, its limits are not. */
record MapProbe(StateRun run, State.Map map) {

  void run(JsonNode items, @Nullable Long concurrency, Payload effective) {
    Probe probe = run.probe();
    if (probe == null) {
      return;
    }
    if (!map.head().jsonata() && map.items() != null) {
      probe.see("afterItemsPath", Payload.of(items));
    }
    probe.see("maxConcurrency", LongNode.valueOf(concurrency == null ? 0 : concurrency));
    if (exceeded(probe, items, run.scope().withInput(effective))) {
      run.fail(DistributedMapRun.exceededThreshold());
    } else {
      run.mocked();
    }
  }

  /** Unlike a real run, a test without limits tolerates every failure (recorded). */
  private boolean exceeded(Probe probe, JsonNode items, Scope seen) {
    State.Distributed options = map.distributed();
    if (options == null) {
      return false;
    }
    Long count = Numbers.whole(options.toleratedCount(), seen);
    Double percentage = Numbers.fraction(options.toleratedPercentage(), seen);
    boolean exceeded = false;
    if (count != null) {
      probe.see("toleratedFailureCount", LongNode.valueOf(count));
      exceeded = probe.mapIterationFailures() > count;
    }
    if (percentage != null) {
      probe.see("toleratedFailurePercentage", DoubleNode.valueOf(percentage));
      exceeded |= 100.0 * probe.mapIterationFailures() > percentage * Math.max(1, items.size());
    }
    return exceeded;
  }
}
