// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.asl.EventDetails;
import dev.syncline.sim.asl.HistoryEventType;
import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.asl.internal.expr.Variables;
import dev.syncline.sim.asl.internal.model.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Map whose iterations run in the execution itself and leave their events in its history. */
final class InlineMapRun extends StateRun implements BranchOwner {
  /** AWS's ceiling of iterations at once. */
  private static final int CEILING = 40;

  private final State.Map map;
  private Map<Branch, Integer> running = new LinkedHashMap<>();
  private Payload effective;
  private JsonNode items;
  private @Nullable Payload[] outputs = new Payload[0];
  private int started;
  private int finished;
  private boolean open;

  InlineMapRun(Branch branch, State.Map map, Payload input, long before) {
    super(branch, map, input, before);
    this.map = map;
    this.effective = input;
    this.items = input.json();
  }

  @Override
  void attempt() {
    effective = effectiveInput();
    items = MapItems.of(map, scope().withInput(effective));
    Long concurrency = Numbers.concurrency(map.maxConcurrency(), scope().withInput(effective));
    if (probe() != null) {
      List<MapItem> given = new ArrayList<>();
      items.forEach(item -> given.add(new MapItem(given.size(), item, null)));
      new MapProbe(this, map).run(given, concurrency, effective);
      return;
    }
    branch().chain(HistoryEventType.MAP_STATE_STARTED, new EventDetails.MapStarted(items.size()));
    running = new LinkedHashMap<>();
    outputs = new Payload[items.size()];
    started = 0;
    finished = 0;
    open = true;
    if (items.isEmpty()) {
      succeed();
      return;
    }
    long most = concurrency == null || concurrency <= 0 ? CEILING : concurrency;
    long first = branch().previous();
    for (int i = 0; i < Math.min(Math.min(most, CEILING), items.size()); i++) {
      iterate(first);
    }
  }

  /** Iterations that failed or were aborted continue; the rest start as usual (recorded). */
  @Override
  boolean resume() {
    if (outputs.length == 0) {
      return false;
    }
    open = true;
    if (finished == outputs.length) {
      succeed();
    } else if (running.isEmpty()) {
      iterate(branch().previous());
    } else {
      List.copyOf(running.keySet()).forEach(Branch::redrive);
    }
    return true;
  }

  private void iterate(long previous) {
    int index = started;
    MapItem item = new MapItem(index, items.get(index), null);
    long begun =
        branch().append(HistoryEventType.MAP_ITERATION_STARTED, previous, iteration(index));
    Payload given =
        DataSteps.fill(
            map.itemSelector(), scope(item, null).withInput(effective), Payload.of(item.value()));
    started++;
    Branch child =
        new Branch(
            branch().execution(),
            map.processor(),
            new Variables(branch().variables()),
            this,
            item,
            begun);
    running.put(child, index);
    child.start(given);
  }

  private EventDetails iteration(int index) {
    return new EventDetails.Iteration(map.name(), index);
  }

  @Override
  public void succeeded(Branch child, Payload output) {
    Integer index = running.remove(child);
    if (index == null) {
      return;
    }
    outputs[index] = output;
    finished++;
    // The next iteration points to this one's last state, the end of the Map to this event
    // (recorded).
    branch()
        .previous(
            branch()
                .append(
                    HistoryEventType.MAP_ITERATION_SUCCEEDED, child.previous(), iteration(index)));
    if (finished == outputs.length) {
      guarded(this::succeed);
    } else if (started < outputs.length) {
      guarded(() -> iterate(child.previous()));
    }
  }

  private void succeed() {
    open = false;
    branch().append(HistoryEventType.MAP_STATE_SUCCEEDED, branch().previous(), null);
    List<Payload> all = new ArrayList<>();
    Arrays.stream(outputs).forEach(part -> all.add(part == null ? Payload.empty() : part));
    complete(Payload.arrayOf(all));
  }

  @Override
  public void failed(Branch child, StateError error) {
    Integer index = running.get(child);
    if (index == null || !open) {
      return;
    }
    open = false;
    long last = child.previous();
    branch().append(HistoryEventType.MAP_ITERATION_FAILED, last, iteration(index));
    // The failed iteration's own state counts as aborted too: recorded.
    child.abort(last);
    running.forEach(
        (other, its) -> {
          if (other != child) {
            other.abort(last);
            branch().append(HistoryEventType.MAP_ITERATION_ABORTED, last, iteration(its));
          }
        });
    branch().previous(last);
    fail(error);
  }

  @Override
  void cancel(long because) {
    if (!open) {
      return;
    }
    open = false;
    running.forEach(
        (child, index) -> {
          child.abort(because);
          if (because > 0) {
            branch().append(HistoryEventType.MAP_ITERATION_ABORTED, because, iteration(index));
          }
        });
  }

  @Override
  void recordOwnFailure() {
    branch().chain(HistoryEventType.MAP_STATE_FAILED, null);
  }
}
