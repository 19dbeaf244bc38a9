// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import dev.syncline.sim.asl.ExecutionContext;
import dev.syncline.sim.asl.ExecutionStatus;
import dev.syncline.sim.asl.MapRun;
import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.asl.internal.model.Flow;
import dev.syncline.sim.asl.internal.model.State;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The Map Run of one attempt of a distributed Map: its children and how many may fail. */
final class MapRunChildren {
  /** AWS's ceiling of children at once. */
  private static final long CEILING = 10_000;

  private final ExecutionRun parent;
  private final String stateName;
  private Limits limits;
  private final Runnable whenOver;
  private final String arn;
  private final String label;
  private final List<ExecutionRun> children = new ArrayList<>();
  private final List<Integer> items = new ArrayList<>();
  private final Map<ExecutionRun, Integer> indexes = new IdentityHashMap<>();
  private final boolean express;
  private final Instant startTime;
  private int redriveCount;
  private boolean resultsWritten;
  private @Nullable Instant redriveTime;
  private @Nullable Instant stopTime;
  private final Deque<Integer> waiting = new ArrayDeque<>();
  private int running;
  private @Nullable Flow flow;
  private int failedItems;
  private int allItems;
  private ExecutionStatus status = ExecutionStatus.RUNNING;

  /** The limits of concurrency and of failures; null where the state sets no limit. */
  record Limits(
      @Nullable Long concurrency,
      @Nullable Long toleratedCount,
      @Nullable Double toleratedPercentage) {}

  /** One child's input and how many items are in it. */
  record Portion(Payload input, int items) {}

  MapRunChildren(
      ExecutionRun parent,
      String stateName,
      State.Distributed options,
      Limits limits,
      Runnable whenOver) {
    this.parent = parent;
    this.stateName = stateName;
    this.limits = limits;
    this.whenOver = whenOver;
    this.express = options.express();
    this.label = options.label() != null ? options.label() : uuid();
    this.arn = prefix() + ":mapRun:" + machine() + "/" + this.label + ":" + uuid();
    this.startTime = parent.scheduler().now();
  }

  String arn() {
    return arn;
  }

  ExecutionStatus status() {
    return status;
  }

  List<ExecutionRun> children() {
    return children;
  }

  void start(Flow processor, List<Portion> portions) {
    for (Portion portion : portions) {
      String name = uuid();
      ExecutionContext of = parent.context();
      children.add(
          child(
              processor,
              new ExecutionContext(
                  prefix() + ":execution:" + machine() + "/" + label + ":" + name,
                  name,
                  of.roleArn(),
                  of.stateMachineArn() + "/" + label,
                  machine()),
              portion.input()));
      indexes.put(children.getLast(), children.size() - 1);
      items.add(portion.items());
      allItems += portion.items();
    }
    flow = processor;
    for (int i = 0; i < children.size(); i++) {
      waiting.add(i);
    }
    launchSome();
  }

  private ExecutionRun child(Flow processor, ExecutionContext context, Payload input) {
    return new ExecutionRun(parent.scheduler(), processor, context, input, null, this::ended);
  }

  /** Starts or redrives children as far as the concurrency allows. */
  private void launchSome() {
    Long most = limits.concurrency();
    long atOnce = most == null || most <= 0 ? CEILING : Math.min(most, CEILING);
    while (running < atOnce && !waiting.isEmpty()) {
      int index = waiting.remove();
      running++;
      ExecutionRun child = children.get(index);
      if (child.historySize() == 0) {
        parent.scheduler().ready(child, child::start);
      } else {
        child.redrive();
      }
    }
    if (running == 0) {
      end(ExecutionStatus.SUCCEEDED);
    }
  }

  /** Replaces the limits, as UpdateMapRun does. */
  void limits(Limits changed) {
    limits = changed;
    if (status == ExecutionStatus.RUNNING && !waiting.isEmpty()) {
      launchSome();
    }
  }

  Limits limits() {
    return limits;
  }

  /** All results have been exported. */
  void resultsWritten() {
    resultsWritten = true;
  }

  /** Counts a redrive of the run and returns its number. */
  int beginRedrive() {
    redriveCount++;
    redriveTime = parent.scheduler().now();
    status = ExecutionStatus.RUNNING;
    stopTime = null;
    failedItems = 0;
    running = 0;
    waiting.clear();
    return redriveCount;
  }

  /** Standard children continue where they stopped, Express ones restart (documented). */
  void redriveChildren() {
    Flow processor = flow;
    for (int i = 0; i < children.size(); i++) {
      ExecutionRun child = children.get(i);
      if (child.status() == ExecutionStatus.SUCCEEDED) {
        continue;
      }
      if (express && processor != null && child.historySize() > 0) {
        indexes.remove(child);
        children.set(i, child(processor, child.context(), child.input()));
        indexes.put(children.get(i), i);
      }
      waiting.add(i);
    }
    launchSome();
  }

  private void ended(ExecutionRun child) {
    if (status != ExecutionStatus.RUNNING) {
      return;
    }
    running--;
    if (child.status() != ExecutionStatus.SUCCEEDED) {
      failedItems += items.get(indexOf(child));
    }
    if (exceeded()) {
      stop(ExecutionStatus.FAILED);
      parent.guarded(whenOver);
    } else if (running == 0 && waiting.isEmpty()) {
      stopTime = parent.scheduler().now();
      status = ExecutionStatus.SUCCEEDED;
      parent.guarded(whenOver);
    } else if (!waiting.isEmpty()) {
      launchSome();
    }
  }

  private int indexOf(ExecutionRun child) {
    Integer index = indexes.get(child);
    return index == null ? 0 : index;
  }

  /**
   * Where neither limit is given, no failure is tolerated; where both are, the first one counts.
   */
  private boolean exceeded() {
    Long count = limits.toleratedCount();
    Double percentage = limits.toleratedPercentage();
    if (count == null && percentage == null) {
      return failedItems > 0;
    }
    return (count != null && failedItems > count)
        || (percentage != null && 100.0 * failedItems > percentage * allItems);
  }

  private void end(ExecutionStatus how) {
    stopTime = parent.scheduler().now();
    status = how;
    whenOver.run();
  }

  /** Stops the running children without notifying the state. */
  void stop(ExecutionStatus how) {
    if (status == ExecutionStatus.RUNNING) {
      stopTime = parent.scheduler().now();
      status = how;
      waiting.clear();
      for (ExecutionRun child : children) {
        if (child.historySize() > 0) {
          child.stop(null, null);
        }
      }
    }
  }

  MapRun snapshot() {
    List<MapRun.Child> views = new ArrayList<>();
    for (int i = 0; i < children.size(); i++) {
      ExecutionRun child = children.get(i);
      views.add(
          new MapRun.Child(
              child.context(),
              items.get(i),
              child.historySize() > 0,
              child.status(),
              child.input(),
              child.output(),
              child.error(),
              child.cause(),
              child.startTime(),
              child.stopTime(),
              child.redriveCount(),
              express ? null : child.redriveTime(),
              child.history()));
    }
    return new MapRun(
        arn,
        stateName,
        status,
        startTime,
        stopTime,
        limits.concurrency() == null ? 0 : limits.concurrency(),
        limits.toleratedCount() == null ? 0 : limits.toleratedCount(),
        limits.toleratedPercentage() == null ? 0 : limits.toleratedPercentage(),
        redriveCount,
        redriveTime,
        resultsWritten,
        List.copyOf(views));
  }

  private String prefix() {
    return parent.context().arn().replaceFirst(":(?:execution|express):.*", "");
  }

  private String machine() {
    return parent.context().stateMachineName();
  }

  private String uuid() {
    var random = parent.scheduler().random();
    return new UUID(
            (random.nextLong() & 0xFFFFFFFFFFFF0FFFL) | 0x4000L,
            (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L)
        .toString();
  }
}
