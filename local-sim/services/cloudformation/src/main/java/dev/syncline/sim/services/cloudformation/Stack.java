// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import dev.syncline.sim.service.CallPrincipal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A stack. The thread that works on it is its only writer; readers see complete changes only.
 * Thread-safe.
 */
final class Stack {
  /** The settings of a stack that are fixed at its creation. */
  record Options(
      boolean disableRollback,
      @Nullable Integer timeoutInMinutes,
      @Nullable String roleArn,
      boolean terminationProtection) {}

  /** A snapshot of the mutable part of a stack. */
  record Snapshot(
      StackStatus status,
      @Nullable String reason,
      @Nullable Instant updated,
      @Nullable Instant deleted,
      List<StackOutput> outputs,
      Set<String> imports,
      List<StackResource> resources,
      List<StackEvent> events) {}

  private final String id;
  private final String name;
  private final Instant created;
  private final Options options;
  private final Map<String, StackResource> resources = new LinkedHashMap<>();
  private final List<StackEvent> events = new ArrayList<>();
  private Plan plan;

  /** Who works on its resources; not saved, because each operation sets it. */
  private volatile CallPrincipal caller = CallPrincipal.INTERNAL;

  private StackStatus status;
  private @Nullable String reason;
  private @Nullable Instant updated;
  private @Nullable Instant deleted;
  private List<StackOutput> outputs = List.of();
  private Set<String> imports = Set.of();
  private CompletableFuture<@Nullable Void> settled = new CompletableFuture<>();

  Stack(String id, String name, Instant created, Options options, Plan plan, StackStatus status) {
    this.id = id;
    this.name = name;
    this.created = created;
    this.options = options;
    this.plan = plan;
    this.status = status;
    if (!status.busy()) {
      settled.complete(null);
    }
  }

  /** The mutable part, without the creation's settings and the plan. */
  synchronized Snapshot snapshot() {
    return new Snapshot(
        status, reason, updated, deleted, outputs, imports, resources(), List.copyOf(events));
  }

  /** Restores the result of {@link #snapshot}. */
  synchronized void restore(Snapshot saved) {
    status = saved.status;
    reason = saved.reason;
    updated = saved.updated;
    deleted = saved.deleted;
    outputs = List.copyOf(saved.outputs);
    imports = Set.copyOf(saved.imports);
    saved.resources.forEach(this::put);
    events.addAll(saved.events);
  }

  CallPrincipal caller() {
    return caller;
  }

  void caller(CallPrincipal of) {
    caller = of;
  }

  String id() {
    return id;
  }

  String name() {
    return name;
  }

  Instant created() {
    return created;
  }

  Options options() {
    return options;
  }

  synchronized Plan plan() {
    return plan;
  }

  synchronized void plan(Plan newPlan) {
    plan = newPlan;
  }

  synchronized StackStatus status() {
    return status;
  }

  synchronized @Nullable String reason() {
    return reason;
  }

  void status(StackStatus newStatus, @Nullable String newReason, Instant now) {
    CompletableFuture<@Nullable Void> over;
    synchronized (this) {
      status = newStatus;
      reason = newReason;
      if (newStatus == StackStatus.UPDATE_IN_PROGRESS) {
        updated = now;
      } else if (newStatus == StackStatus.DELETE_IN_PROGRESS) {
        deleted = now;
      }
      if (newStatus.busy() && settled.isDone()) {
        settled = new CompletableFuture<>();
      }
      over = settled;
    }
    if (!newStatus.busy()) {
      // Outside the lock, because this runs the waiting callers' code.
      over.complete(null);
    }
  }

  /** Done when no operation is under way; a new one for each operation. */
  synchronized CompletableFuture<@Nullable Void> settled() {
    return settled;
  }

  synchronized @Nullable Instant updated() {
    return updated;
  }

  synchronized @Nullable Instant deleted() {
    return deleted;
  }

  synchronized List<StackOutput> outputs() {
    return outputs;
  }

  synchronized void outputs(List<StackOutput> newOutputs, Set<String> newImports) {
    outputs = List.copyOf(newOutputs);
    imports = Set.copyOf(newImports);
  }

  /** The export names that it uses. */
  synchronized Set<String> imports() {
    return imports;
  }

  synchronized @Nullable StackResource resource(String logicalId) {
    return resources.get(logicalId);
  }

  /** Every resource that exists or has failed, in the order of creation. */
  synchronized List<StackResource> resources() {
    return List.copyOf(resources.values());
  }

  synchronized void put(StackResource resource) {
    resources.put(resource.logicalId(), resource);
  }

  synchronized void remove(String logicalId) {
    resources.remove(logicalId);
  }

  synchronized void add(StackEvent event) {
    events.add(event);
  }

  /** Newest first. */
  synchronized List<StackEvent> events() {
    return List.copyOf(events.reversed());
  }
}
