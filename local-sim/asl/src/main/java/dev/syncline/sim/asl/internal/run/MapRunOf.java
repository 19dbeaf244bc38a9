// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import dev.syncline.sim.asl.ExecutionContext;
import dev.syncline.sim.asl.ExecutionStatus;
import dev.syncline.sim.asl.MapRun;
import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.asl.internal.model.Flow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The Map Run of one attempt of a distributed Map: its children and how many may fail. */
final class MapRunOf {
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
  private final Instant startTime;
  private @Nullable Instant stopTime;
  private int launched;
  private int finished;
  private int failedItems;
  private int allItems;
  private ExecutionStatus status = ExecutionStatus.RUNNING;

  /** How much at once, and how much may fail; null where the state says nothing. */
  record Limits(
      @Nullable Long concurrency,
      @Nullable Long toleratedCount,
      @Nullable Double toleratedPercentage) {}

  /** One child's input and how many items are in it. */
  record Portion(Payload input, int items) {}

  MapRunOf(
      ExecutionRun parent,
      String stateName,
      @Nullable String label,
      Limits limits,
      Runnable whenOver) {
    this.parent = parent;
    this.stateName = stateName;
    this.limits = limits;
    this.whenOver = whenOver;
    this.label = label != null ? label : uuid();
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
          new ExecutionRun(
              parent.scheduler(),
              processor,
              new ExecutionContext(
                  prefix() + ":execution:" + machine() + "/" + label + ":" + name,
                  name,
                  of.roleArn(),
                  of.stateMachineArn() + "/" + label,
                  machine() + "/" + label),
              portion.input(),
              null,
              this::ended));
      items.add(portion.items());
      allItems += portion.items();
    }
    launch();
    if (children.isEmpty()) {
      end(ExecutionStatus.SUCCEEDED);
    }
  }

  /** Starts as many children as may run now. */
  private void launch() {
    Long most = limits.concurrency();
    long atOnce = most == null || most <= 0 ? CEILING : Math.min(most, CEILING);
    while (launched < children.size() && launched - finished < atOnce) {
      ExecutionRun child = children.get(launched);
      launched++;
      parent.scheduler().ready(child, child::start);
    }
  }

  /** Changes how much at once and how much may fail; null leaves a limit as it is. */
  void update(Limits changes) {
    limits =
        new Limits(
            changes.concurrency() == null ? limits.concurrency() : changes.concurrency(),
            changes.toleratedCount() == null ? limits.toleratedCount() : changes.toleratedCount(),
            changes.toleratedPercentage() == null
                ? limits.toleratedPercentage()
                : changes.toleratedPercentage());
    if (status == ExecutionStatus.RUNNING) {
      launch();
    }
  }

  private void ended(ExecutionRun child) {
    if (status != ExecutionStatus.RUNNING) {
      return;
    }
    finished++;
    if (child.status() != ExecutionStatus.SUCCEEDED) {
      failedItems += items.get(children.indexOf(child));
    }
    if (exceeded()) {
      stop(ExecutionStatus.FAILED);
      parent.guarded(whenOver);
    } else if (finished == children.size()) {
      stopTime = parent.scheduler().now();
      status = ExecutionStatus.SUCCEEDED;
      parent.guarded(whenOver);
    } else {
      launch();
    }
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

  /** Stops what runs, without telling the state. */
  void stop(ExecutionStatus how) {
    if (status == ExecutionStatus.RUNNING) {
      stopTime = parent.scheduler().now();
      status = how;
      children.subList(0, launched).forEach(child -> child.stop(null, null));
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
              !child.history().isEmpty(),
              child.status(),
              child.input(),
              child.output(),
              child.error(),
              child.cause(),
              child.startTime(),
              child.stopTime(),
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
