// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.asl.EventDetails;
import dev.syncline.sim.asl.ExecutionStatus;
import dev.syncline.sim.asl.HistoryEventType;
import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.asl.internal.expr.Scope;
import dev.syncline.sim.asl.internal.expr.StateFailure;
import dev.syncline.sim.asl.internal.model.State;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Map whose iterations are child executions of a Map Run. The parent's history has events of the
 * run only.
 */
final class DistributedMapRun extends StateRun {
  private final State.Map map;
  private final State.Distributed options;
  private Payload effective;
  private @Nullable MapRunChildren run;
  private @Nullable ItemReading reading;
  private @Nullable TransferRun writing;
  private long mapStarted;
  private long runStarted;
  private boolean succeeded;

  DistributedMapRun(
      Branch branch, State.Map map, State.Distributed options, Payload input, long before) {
    super(branch, map, input, before);
    this.map = map;
    this.options = options;
    this.effective = input;
  }

  @Override
  void attempt() {
    effective = effectiveInput();
    succeeded = false;
    Scope seen = scope().withInput(effective);
    // An ItemReader reads the items later, and ItemsPath does not matter then (recorded).
    JsonNode items = options.reader() == null ? MapItems.of(map, seen) : null;
    Long concurrency = Numbers.concurrency(map.maxConcurrency(), seen);
    Probe probe = probe();
    if (probe != null) {
      test(probe, items, concurrency, seen);
      return;
    }
    mapStarted =
        branch()
            .chain(
                HistoryEventType.MAP_STATE_STARTED,
                new EventDetails.MapStarted(items == null ? 0 : items.size()));
    run = null;
    MapRunChildren.Limits limits = limits(concurrency, seen);
    List<MapRunChildren.Portion> portions = items == null ? null : portions(given(items), seen);
    MapRunChildren begun =
        new MapRunChildren(branch().execution(), map.name(), options, limits, this::over);
    run = begun;
    branch().execution().addMapRun(begun);
    runStarted =
        branch().chain(HistoryEventType.MAP_RUN_STARTED, new EventDetails.MapRun(begun.arn()));
    if (portions != null) {
      begun.start(map.processor(), portions);
    } else if (options.reader() != null) {
      read(begun, options.reader(), seen);
    }
  }

  private void test(Probe probe, @Nullable JsonNode items, @Nullable Long concurrency, Scope seen) {
    MapProbe test = new MapProbe(this, map);
    State.Reader reader = options.reader();
    String data = probe.itemReaderData();
    if (items != null) {
      test.run(given(items), concurrency, effective);
    } else if (reader == null || data == null) {
      test.refuse(
          probe,
          "ItemReader data must be specified when testing a Map state with ItemReader specified.");
    } else {
      try {
        List<MapItem> read = ItemReading.ofTest(reader, data, seen);
        if (reader.config().itemsPointer() != null) {
          ArrayNode values = JsonNodeFactory.instance.arrayNode();
          read.forEach(item -> values.add(item.value()));
          probe.see("afterItemsPointer", Payload.of(values));
        }
        test.run(read, concurrency, effective);
      } catch (ItemContent.Unreadable unreadable) {
        fail(StateError.of("States.ItemReaderFailed", unreadable.getMessage()));
      }
    }
  }

  /**
   * The Map Run continues with its children that did not succeed; a run that had succeeded is not
   * continued, and a new one begins. Its event points to MapStateStarted (recorded).
   */
  @Override
  boolean resume() {
    MapRunChildren again = run;
    if (again == null || succeeded) {
      return false;
    }
    int count = again.beginRedrive();
    branch().previous(mapStarted);
    runStarted =
        branch()
            .chain(
                HistoryEventType.MAP_RUN_REDRIVEN,
                new EventDetails.MapRunRedriven(again.arn(), count));
    Scope seen = scope().withInput(effective);
    if (again.children().isEmpty() && options.reader() != null) {
      read(again, options.reader(), seen);
    } else {
      again.redriveChildren();
    }
    return true;
  }

  private void read(MapRunChildren begun, State.Reader reader, Scope seen) {
    ItemReading begin =
        new ItemReading(
            this,
            reader,
            seen,
            items -> begun.start(map.processor(), portions(items, seen)),
            cause -> failRun(StateError.of("States.ItemReaderFailed", cause)));
    reading = begin;
    begin.begin();
  }

  private static List<MapItem> given(JsonNode values) {
    List<MapItem> items = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      items.add(new MapItem(i, values.get(i), MapItem.STATE_DATA));
    }
    return items;
  }

  private MapRunChildren.Limits limits(@Nullable Long concurrency, Scope seen) {
    Long count = Numbers.whole(options.toleratedCount(), seen);
    Double percentage = Numbers.fraction(options.toleratedPercentage(), seen);
    if (percentage != null && (percentage < 0 || percentage > 100)) {
      throw StateFailure.runtime("ToleratedFailurePercentage must be between 0 and 100.");
    }
    if (count != null && count < 0) {
      throw StateFailure.runtime("ToleratedFailureCount cannot be negative.");
    }
    return new MapRunChildren.Limits(concurrency, count, percentage);
  }

  private List<MapRunChildren.Portion> portions(List<MapItem> items, Scope seen) {
    List<Payload> shaped = new ArrayList<>(items.size());
    for (MapItem item : items) {
      shaped.add(
          DataSteps.fill(
              map.itemSelector(),
              scope(item, null).withInput(effective),
              Payload.of(item.value())));
    }
    State.Batcher batcher = options.batcher();
    return batcher == null
        ? shaped.stream().map(item -> new MapRunChildren.Portion(item, 1)).toList()
        : batches(batcher, shaped, seen);
  }

  static List<MapRunChildren.Portion> batches(
      State.Batcher batcher, List<Payload> items, Scope seen) {
    Long maxItems = Numbers.whole(batcher.maxItems(), seen);
    Long maxBytes = Numbers.whole(batcher.maxBytes(), seen);
    JsonNode shared = batcher.input() == null ? null : batcher.input().evaluate(seen);
    int empty = batch(shared, JsonNodeFactory.instance.arrayNode()).input().sizeInBytes();
    // The input of a child is at most one payload; the part that all batches share counts too.
    long most = maxBytes == null ? Payload.MAX_BYTES : Math.min(maxBytes, Payload.MAX_BYTES);
    List<MapRunChildren.Portion> batches = new ArrayList<>();
    ArrayNode batch = JsonNodeFactory.instance.arrayNode();
    long bytes = empty;
    for (Payload item : items) {
      boolean full =
          (maxItems != null && maxItems > 0 && batch.size() >= maxItems)
              || bytes + item.sizeInBytes() > most;
      if (full && !batch.isEmpty()) {
        batches.add(batch(shared, batch));
        batch = JsonNodeFactory.instance.arrayNode();
        bytes = empty;
      }
      batch.add(item.json());
      bytes += item.sizeInBytes() + 1;
    }
    if (!batch.isEmpty()) {
      batches.add(batch(shared, batch));
    }
    return batches;
  }

  private static MapRunChildren.Portion batch(@Nullable JsonNode shared, ArrayNode items) {
    ObjectNode batch = JsonNodeFactory.instance.objectNode();
    if (shared != null) {
      batch.set("BatchInput", shared);
    }
    batch.set("Items", items);
    return new MapRunChildren.Portion(Payload.of(batch), items.size());
  }

  /**
   * All children have ended, or too many have failed: the results so far are written (recorded).
   */
  private void over() {
    MapRunChildren ended = run;
    if (ended == null) {
      return;
    }
    boolean well = ended.status() == ExecutionStatus.SUCCEEDED;
    State.Writer writer = options.writer();
    guarded(
        () -> {
          if (writer != null) {
            write(ended, writer, well);
          } else if (well) {
            succeed(outputs(ended));
          } else {
            failRun(exceededThreshold());
          }
        });
  }

  private void write(MapRunChildren ended, State.Writer writer, boolean well) {
    ObjectNode arguments =
        writer.resource() == null
            ? JsonNodeFactory.instance.objectNode()
            : TransferRun.arguments(
                writer.resource(), writer.arguments(), scope().withInput(effective));
    TransferRun calls =
        new TransferRun(this, cause -> failRun(StateError.of("States.ResultWriterFailed", cause)));
    writing = calls;
    new ResultFiles(ended, writer, arguments)
        .write(
            calls,
            output -> {
              ended.resultsWritten();
              if (well) {
                succeed(output);
              } else {
                failRun(exceededThreshold());
              }
            });
  }

  private void succeed(Payload result) {
    writing = null;
    succeeded = true;
    branch().chain(HistoryEventType.MAP_RUN_SUCCEEDED, null);
    branch().append(HistoryEventType.MAP_STATE_SUCCEEDED, branch().previous(), null);
    guarded(() -> complete(result));
  }

  private static Payload outputs(MapRunChildren ended) {
    List<Payload> outputs = new ArrayList<>();
    for (ExecutionRun child : ended.children()) {
      Payload output = child.output();
      outputs.add(
          output != null
              ? output
              : Payload.of(StateError.of(child.error(), child.cause()).output()));
    }
    return Payload.arrayOf(outputs);
  }

  private void failRun(StateError error) {
    reading = null;
    writing = null;
    if (run != null) {
      run.stop(ExecutionStatus.FAILED);
    }
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

  /**
   * The recordings differ: those of machines that begin with a Map in JSONPath point to
   * MapRunSucceeded, all others but one to MapRunStarted. The former are the older ones, so AWS may
   * have changed its behaviour; the corpus gives no date, and this rule fits it.
   */
  @Override
  long exitPredecessor() {
    boolean begins = first() && !map.head().jsonata() && branch().execution().redriveCount() == 0;
    return succeeded && !begins ? runStarted : super.exitPredecessor();
  }

  @Override
  void cancel(long because) {
    if (reading != null) {
      reading.cancel();
      reading = null;
    }
    if (writing != null) {
      writing.cancel();
      writing = null;
    }
    if (run != null) {
      run.stop(ExecutionStatus.ABORTED);
    }
  }

  @Override
  void recordOwnFailure() {
    branch().chain(HistoryEventType.MAP_STATE_FAILED, null);
  }
}
