// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import dev.syncline.sim.graphql.FieldCall;
import dev.syncline.sim.graphql.FieldError;
import dev.syncline.sim.graphql.FieldOutcome;
import dev.syncline.sim.graphql.FieldResolver;
import dev.syncline.sim.graphql.RequestContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Makes the resolver calls of one execution. Calls of one level to a resolver that batches wait
 * until no call above that level can add to them. Used by the thread of the request only.
 */
final class ResolverCalls {
  /** A call and where its value goes. */
  record Call(Place place, FieldCall call, FieldResolver resolver) {
    int depth() {
      return place.field().depth;
    }
  }

  /** Takes outcomes on the thread of the request. */
  interface Receiver {
    /** The outcome of a call; may add calls. */
    void completed(Call call, FieldOutcome outcome);
  }

  private record Group(List<Call> calls) {
    int depth() {
      return calls.get(0).depth();
    }
  }

  private record Done(@Nullable Group group, List<FieldOutcome> outcomes) {}

  private record BatchKey(int depth, String parentType, String field) {}

  /** Calls of one request that run at the same time at most. */
  private static final int MAX_PARALLEL = 256;

  private static final Done EXPIRED = new Done(null, List.of());

  private final RequestContext request;
  private final Executor executor;
  private final RequestDeadline deadline;
  private final Receiver receiver;
  private final ConcurrentLinkedQueue<Done> done = new ConcurrentLinkedQueue<>();
  private final AtomicReference<@Nullable CompletableFuture<Boolean>> signal =
      new AtomicReference<>();
  private final ArrayDeque<Group> ready = new ArrayDeque<>();
  private final Map<BatchKey, List<Call>> batches = new LinkedHashMap<>();
  private final IdentityHashMap<Group, Boolean> running = new IdentityHashMap<>();
  private volatile boolean expired;

  ResolverCalls(
      RequestContext request, Executor executor, RequestDeadline deadline, Receiver receiver) {
    this.request = request;
    this.executor = executor;
    this.deadline = deadline;
    this.receiver = receiver;
  }

  /** Ends the execution; safe on any thread. */
  void expire() {
    expired = true;
    put(EXPIRED);
  }

  private void put(Done next) {
    done.add(next);
    CompletableFuture<Boolean> waiting = signal.get();
    if (waiting != null) {
      waiting.complete(true);
    }
  }

  /** Waits through the deadline, which knows the clock. */
  private Done next() {
    Done next = done.poll();
    while (next == null) {
      var waiting = new CompletableFuture<Boolean>();
      signal.set(waiting);
      next = done.poll();
      if (next == null) {
        deadline.await(waiting);
        next = done.poll();
      }
      signal.set(null);
    }
    return next;
  }

  boolean isExpired() {
    return expired;
  }

  /** Adds a call. */
  void add(Call call) {
    if (call.resolver.maxBatchSize() > 1) {
      FieldCall field = call.call;
      batches
          .computeIfAbsent(
              new BatchKey(call.depth(), field.parentType(), field.fieldName()),
              key -> new ArrayList<>())
          .add(call);
    } else {
      ready.add(new Group(List.of(call)));
    }
  }

  /** Makes all calls and those that they lead to. */
  void drain() {
    while (!expired) {
      releaseBatches();
      boolean isAlone = ready.size() == 1;
      while (running.size() < MAX_PARALLEL && !ready.isEmpty() && !expired) {
        start(ready.removeFirst(), isAlone);
      }
      if (!running.isEmpty()) {
        take();
      } else if (ready.isEmpty() && batches.isEmpty()) {
        return;
      }
    }
    timeOut();
  }

  private void releaseBatches() {
    if (batches.isEmpty()) {
      return;
    }
    int open = Integer.MAX_VALUE;
    for (Group group : running.keySet()) {
      open = Math.min(open, group.depth());
    }
    for (Group group : ready) {
      open = Math.min(open, group.depth());
    }
    for (BatchKey key : batches.keySet()) {
      open = Math.min(open, key.depth);
    }
    int level = open;
    batches
        .entrySet()
        .removeIf(
            entry -> {
              if (entry.getKey().depth > level) {
                return false;
              }
              List<Call> calls = entry.getValue();
              int size = calls.get(0).resolver.maxBatchSize();
              for (int from = 0; from < calls.size(); from += size) {
                ready.add(
                    new Group(
                        List.copyOf(calls.subList(from, Math.min(calls.size(), from + size)))));
              }
              return true;
            });
  }

  private void start(Group group, boolean isAlone) {
    boolean isInline =
        !group.calls.get(0).resolver.mayBlock()
            || (isAlone && running.isEmpty() && deadline.equals(RequestDeadline.NONE));
    if (isInline) {
      complete(group, run(group));
      return;
    }
    running.put(group, true);
    try {
      executor.execute(() -> put(new Done(group, run(group))));
    } catch (RejectedExecutionException stopped) {
      put(new Done(group, failures(group.calls.size(), "The simulator stops.")));
    }
  }

  private void take() {
    Done next = next();
    Group group = next.group;
    if (group == null) {
      expired = true;
    } else {
      running.remove(group);
      complete(group, next.outcomes);
    }
  }

  private void complete(Group group, List<FieldOutcome> outcomes) {
    for (int i = 0; i < group.calls.size(); i++) {
      receiver.completed(group.calls.get(i), outcomes.get(i));
    }
  }

  private void timeOut() {
    FieldOutcome late =
        FieldOutcome.failed(FieldError.of("ExecutionTimeout", "Execution timed out."));
    List<Call> open = new ArrayList<>();
    running.keySet().forEach(group -> open.addAll(group.calls));
    ready.forEach(group -> open.addAll(group.calls));
    batches.values().forEach(open::addAll);
    running.clear();
    ready.clear();
    batches.clear();
    open.forEach(call -> receiver.completed(call, late));
  }

  /** Makes one call on this thread. */
  static FieldOutcome once(FieldResolver resolver, FieldCall call, RequestContext request) {
    return run(resolver, List.of(call), request).get(0);
  }

  private List<FieldOutcome> run(Group group) {
    List<FieldCall> calls = new ArrayList<>(group.calls.size());
    group.calls.forEach(call -> calls.add(call.call));
    return run(group.calls.get(0).resolver, calls, request);
  }

  private static List<FieldOutcome> run(
      FieldResolver resolver, List<FieldCall> calls, RequestContext request) {
    try {
      List<FieldOutcome> outcomes = resolver.resolve(calls, request);
      if (outcomes.size() == calls.size()) {
        return outcomes;
      }
      return failures(
          calls.size(),
          "The resolver gave " + outcomes.size() + " outcomes for " + calls.size() + " calls.");
    } catch (RuntimeException | StackOverflowError broken) {
      return failures(calls.size(), "The resolver failed: " + broken);
    }
  }

  private static List<FieldOutcome> failures(int count, String message) {
    return Collections.nCopies(
        count, FieldOutcome.failed(FieldError.of("InternalFailure", message)));
  }
}
