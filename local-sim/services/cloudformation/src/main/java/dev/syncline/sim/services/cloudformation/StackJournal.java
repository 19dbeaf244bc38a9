// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Changes the state of a stack and its resources, and records each change. Thread-safe. */
record StackJournal(SimClock clock, Ids ids, Journal journal) {
  Instant now() {
    return clock.now();
  }

  /** Changes the stack's status. */
  void stack(Stack stack, StackStatus status, @Nullable String reason, @Nullable String token) {
    Instant now = clock.now();
    // The event first: a reader that sees the final status also finds all earlier events.
    record(
        stack,
        new StackEvent(
            ids.uuid().toString(),
            stack.id(),
            stack.name(),
            stack.name(),
            stack.id(),
            StackEvent.STACK_TYPE,
            now,
            status.name(),
            reason,
            token));
    stack.status(status, reason, now);
  }

  /** Changes a resource's status and keeps it in the stack. */
  StackResource resource(
      Stack stack,
      StackResource resource,
      ResourceStatus status,
      @Nullable String reason,
      @Nullable String token) {
    StackResource changed = resource.with(status, reason, clock.now());
    stack.put(changed);
    event(stack, resource, status, reason, token);
    return changed;
  }

  /** Records an event of a resource that the stack does not keep, such as a replaced one. */
  void event(
      Stack stack,
      StackResource resource,
      ResourceStatus status,
      @Nullable String reason,
      @Nullable String token) {
    Instant now = clock.now();
    record(
        stack,
        new StackEvent(
            resource.logicalId() + "-" + status + "-" + now + "-" + ids.hex(8),
            stack.id(),
            stack.name(),
            resource.logicalId(),
            resource.physicalId(),
            resource.type(),
            now,
            status.name(),
            reason,
            token));
  }

  private void record(Stack stack, StackEvent event) {
    stack.add(event);
    journal.record(event);
  }
}
