// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.asl.ExecutionContext;
import dev.syncline.sim.asl.ExecutionStatus;
import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.asl.history.EventDetails;
import dev.syncline.sim.asl.history.HistoryEventType;
import dev.syncline.sim.asl.internal.expr.Scope;
import dev.syncline.sim.asl.internal.expr.StateFailure;
import dev.syncline.sim.asl.internal.model.State;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Map whose iterations are child executions of a Map Run, with histories of their own. */
final class DistributedMapRun extends StateRun {
  /** AWS's ceiling of children at once. */
  private static final long CEILING = 10_000;

  private final State.Map map;
  private final State.Distributed options;
  private List<Payload> inputs = List.of();
  private List<ExecutionRun> children = new ArrayList<>();
  private long toleratedCount;
  private double toleratedPercentage;
  private int finished;
  private int failures;
  private boolean over;
  private long runStarted;

  DistributedMapRun(
      Branch branch, State.Map map, State.Distributed options, Payload input, long before) {
    super(branch, map, input, before);
    this.map = map;
    this.options = options;
  }

  @Override
  void attempt() {
    Payload effective = effectiveInput();
    Scope seen = scope().withInput(effective);
    Probe probe = probe();
    JsonNode read = probe == null ? null : probe.itemReaderData();
    JsonNode items = read != null ? read : MapItems.of(map, seen);
    Long concurrency = Numbers.whole(map.maxConcurrency(), seen);
    if (probe != null) {
      new MapProbe(this, map).run(items, concurrency, effective);
      return;
    }
    branch().chain(HistoryEventType.MAP_STATE_STARTED, new EventDetails.MapStarted(items.size()));
    tolerance(seen);
    inputs = childInputs(items, effective, seen);
    children = new ArrayList<>();
    finished = 0;
    failures = 0;
    over = false;
    String label = options.label() != null ? options.label() : uuid().toString();
    ExecutionContext parent = branch().execution().context();
    String prefix = parent.arn().replaceFirst(":(?:execution|express):.*", "");
    String path = parent.stateMachineName() + "/" + label + ":";
    runStarted =
        branch()
            .chain(
                HistoryEventType.MAP_RUN_STARTED,
                new EventDetails.MapRun(prefix + ":mapRun:" + path + uuid()));
    for (Payload input : inputs) {
      String name = uuid().toString();
      children.add(
          new ExecutionRun(
              scheduler(),
              map.processor(),
              new ExecutionContext(
                  prefix + ":execution:" + path + name,
                  name,
                  parent.roleArn(),
                  parent.stateMachineArn() + "/" + label,
                  parent.stateMachineName() + "/" + label),
              input,
              null,
              this::ended));
    }
    if (children.isEmpty()) {
      succeed();
      return;
    }
    long most = concurrency == null || concurrency <= 0 ? CEILING : Math.min(concurrency, CEILING);
    List.copyOf(children.subList(0, (int) Math.min(most, children.size()))).forEach(this::launch);
  }

  private void launch(ExecutionRun child) {
    scheduler().ready(child, child::start);
  }

  private void tolerance(Scope seen) {
    Long count = Numbers.whole(options.toleratedCount(), seen);
    Double percentage = Numbers.fraction(options.toleratedPercentage(), seen);
    if (percentage != null && (percentage < 0 || percentage > 100)) {
      throw StateFailure.runtime("ToleratedFailurePercentage must be between 0 and 100.");
    }
    if (count != null && count < 0) {
      throw StateFailure.runtime("ToleratedFailureCount must be greater than or equal to 0.");
    }
    toleratedCount = count == null ? 0 : count;
    toleratedPercentage = percentage == null ? 0 : percentage;
  }

  private List<Payload> childInputs(JsonNode items, Payload effective, Scope seen) {
    List<Payload> shaped = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      shaped.add(
          DataSteps.fill(
              map.itemSelector(),
              scope(new MapItem(i, items.get(i)), null).withInput(effective),
              Payload.of(items.get(i))));
    }
    State.Batcher batcher = options.batcher();
    return batcher == null ? shaped : batches(batcher, shaped, seen);
  }

  private static List<Payload> batches(State.Batcher batcher, List<Payload> items, Scope seen) {
    Long maxItems = Numbers.whole(batcher.maxItems(), seen);
    Long maxBytes = Numbers.whole(batcher.maxBytes(), seen);
    JsonNode shared = batcher.input() == null ? null : batcher.input().evaluate(seen);
    List<Payload> batches = new ArrayList<>();
    ArrayNode batch = JsonNodeFactory.instance.arrayNode();
    long bytes = 0;
    for (Payload item : items) {
      boolean full =
          (maxItems != null && batch.size() >= maxItems)
              || (maxBytes != null && bytes + item.sizeInBytes() > maxBytes);
      if (full && !batch.isEmpty()) {
        batches.add(batch(shared, batch));
        batch = JsonNodeFactory.instance.arrayNode();
        bytes = 0;
      }
      batch.add(item.json());
      bytes += item.sizeInBytes();
    }
    if (!batch.isEmpty()) {
      batches.add(batch(shared, batch));
    }
    return batches;
  }

  private static Payload batch(@Nullable JsonNode shared, ArrayNode items) {
    ObjectNode batch = JsonNodeFactory.instance.objectNode();
    if (shared != null) {
      batch.set("BatchInput", shared);
    }
    batch.set("Items", items);
    return Payload.of(batch);
  }

  private void ended(ExecutionRun child) {
    if (over) {
      return;
    }
    finished++;
    if (child.status() != ExecutionStatus.SUCCEEDED) {
      failures++;
      if (exceeded()) {
        over = true;
        stopChildren();
        branch().execution().guarded(this::failRun);
        return;
      }
    }
    int launched = (int) children.stream().filter(run -> !run.history().isEmpty()).count();
    if (finished == children.size()) {
      over = true;
      branch().execution().guarded(() -> guarded(this::succeed));
    } else if (launched < children.size()) {
      launch(children.get(launched));
    }
  }

  private boolean exceeded() {
    double share = 100.0 * failures / children.size();
    boolean byCount = options.toleratedCount() == null || failures > toleratedCount;
    boolean byShare = options.toleratedPercentage() == null || share > toleratedPercentage;
    return byCount && byShare;
  }

  private void failRun() {
    StateError error = exceededThreshold();
    branch()
        .chain(
            HistoryEventType.MAP_RUN_FAILED,
            new EventDetails.Failure(error.error(), error.cause()));
    fail(error);
  }

  static StateError exceededThreshold() {
    return StateError.of(
        "States.ExceedToleratedFailureThreshold",
        "The specified tolerated failure threshold was exceeded");
  }

  private void succeed() {
    branch().chain(HistoryEventType.MAP_RUN_SUCCEEDED, null);
    branch().append(HistoryEventType.MAP_STATE_SUCCEEDED, branch().previous(), null);
    List<Payload> outputs = new ArrayList<>();
    for (ExecutionRun child : children) {
      Payload output = child.output();
      outputs.add(output != null ? output : failureOf(child));
    }
    complete(Payload.arrayOf(outputs));
  }

  private static Payload failureOf(ExecutionRun child) {
    return Payload.of(StateError.of(child.error(), child.cause()).output());
  }

  @Override
  long exitPredecessor() {
    return over ? runStarted : super.exitPredecessor();
  }

  private void stopChildren() {
    children.forEach(child -> child.stop(null, null));
  }

  @Override
  void cancel(boolean record) {
    if (!over) {
      over = true;
      stopChildren();
    }
  }

  @Override
  void giveUp() {
    branch().chain(HistoryEventType.MAP_STATE_FAILED, null);
  }

  private UUID uuid() {
    RandomGenerator random = scheduler().random();
    return new UUID(
        (random.nextLong() & 0xFFFFFFFFFFFF0FFFL) | 0x4000L,
        (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L);
  }
}
