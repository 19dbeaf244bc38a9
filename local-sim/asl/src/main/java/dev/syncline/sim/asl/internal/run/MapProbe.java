// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.asl.internal.expr.AslJson;
import dev.syncline.sim.asl.internal.expr.Scope;
import dev.syncline.sim.asl.internal.model.State;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Map state that is tested alone: its iterations are mocked; its items, limits and the number of
 * results are not. Stages and refusals as recorded.
 */
record MapProbe(StateRun run, State.Map map) {

  void run(List<MapItem> items, @Nullable Long concurrency, Payload effective) {
    Probe probe = run.probe();
    if (probe == null) {
      return;
    }
    Scope seen = run.scope().withInput(effective);
    boolean read = map.distributed() != null && map.distributed().reader() != null;
    if (!map.head().jsonata() && map.items() != null && !read) {
      probe.see("afterItemsPath", listed(items.stream().map(MapItem::value).toList()));
    }
    List<Payload> shaped = new ArrayList<>(items.size());
    for (MapItem item : items) {
      shaped.add(
          DataSteps.fill(
              map.itemSelector(),
              run.scope(item, null).withInput(effective),
              Payload.of(item.value())));
    }
    if (map.itemSelector() != null) {
      probe.see("afterItemSelector", listed(shaped.stream().map(Payload::json).toList()));
    }
    int iterations = shaped.size();
    State.Batcher batcher = map.distributed() == null ? null : map.distributed().batcher();
    if (batcher != null) {
      List<JsonNode> batches =
          DistributedMapRun.batches(batcher, shaped, seen).stream()
              .map(batch -> textItems(batch.input().json()))
              .toList();
      probe.see("afterItemBatcher", listed(batches));
      iterations = batches.size();
    }
    probe.see("maxConcurrency", LongNode.valueOf(concurrency == null ? 0 : concurrency));
    boolean exceeded = exceeded(probe, iterations, seen);
    if (probe.mapIterationFailures() > iterations) {
      refuse(
          probe,
          "Map iteration failure count must be less than or equal to the number of Map iterations");
    } else if (exceeded) {
      run.fail(DistributedMapRun.exceededThreshold());
    } else if (!fits(probe.mockedResult(), iterations)) {
      refuse(probe, "Input array does not equal the mocked result array's size");
    } else {
      run.mocked();
    }
  }

  /** Reports that the requested test cannot run. */
  void refuse(Probe probe, String why) {
    probe.refuse(why);
    run.branch().fail(StateError.of(null, why));
  }

  /** With a ResultWriter the result is not a list of the iterations' results. */
  private boolean fits(@Nullable Payload result, int iterations) {
    boolean writes = map.distributed() != null && map.distributed().writer() != null;
    return result == null || writes || result.json().size() == iterations;
  }

  /** AWS separates the elements with a blank, unlike within them. */
  private static String listed(List<JsonNode> values) {
    return values.stream().map(AslJson::write).collect(Collectors.joining(", ", "[", "]"));
  }

  /** A batch as AWS shows it, with each item as a text. */
  private static JsonNode textItems(JsonNode batch) {
    ObjectNode shown = batch.deepCopy();
    ArrayNode texts = shown.putArray("Items");
    batch.path("Items").forEach(item -> texts.add(AslJson.write(item)));
    return shown;
  }

  /** Unlike a real run, a test without limits tolerates every failure (recorded). */
  private boolean exceeded(Probe probe, int iterations, Scope seen) {
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
      exceeded |= 100.0 * probe.mapIterationFailures() > percentage * Math.max(1, iterations);
    }
    return exceeded;
  }
}
