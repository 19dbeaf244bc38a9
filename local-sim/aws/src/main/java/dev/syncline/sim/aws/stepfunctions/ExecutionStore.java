// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.stepfunctions;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Executions by ARN, in order of their start.
 *
 * <p>Memory is bounded: of the executions that have ended the newest {@value #MOST_CLOSED} are kept
 * whole; of those before, {@value #MOST_NAMES} names, so that a name is still refused when it is
 * used again (AWS keeps both for 90 days). Thread-safe.
 */
final class ExecutionStore {
  static final int MOST_CLOSED = 2_000;
  static final int MOST_NAMES = 100_000;

  private final Map<String, RunningExecution> executions = new LinkedHashMap<>();
  private final ArrayDeque<String> closed = new ArrayDeque<>();
  private final Set<String> forgotten = new LinkedHashSet<>();

  /** What became of an attempt to use a name. */
  sealed interface Claim {
    /** The name was free; the new execution is stored and yet to be started. */
    record Fresh(RunningExecution execution) implements Claim {}

    /** The name is taken, by an execution that is still known or by one that is not. */
    record Taken(@Nullable RunningExecution execution) implements Claim {}
  }

  /** Takes the ARN for a new execution in one step. */
  synchronized Claim claim(String arn, Supplier<RunningExecution> create) {
    RunningExecution present = executions.get(arn);
    if (present != null || forgotten.contains(arn)) {
      return new Claim.Taken(present);
    }
    RunningExecution fresh = create.get();
    executions.put(arn, fresh);
    return new Claim.Fresh(fresh);
  }

  /** Notes that an execution has ended, and forgets the oldest when there are too many. */
  synchronized void closed(RunningExecution execution) {
    closed.addLast(execution.arn());
    while (closed.size() > MOST_CLOSED) {
      String oldest = closed.removeFirst();
      executions.remove(oldest);
      forgotten.add(oldest);
      if (forgotten.size() > MOST_NAMES) {
        Iterator<String> names = forgotten.iterator();
        names.next();
        names.remove();
      }
    }
  }

  /** Runs the action once the execution has ended; at once when it has, or is not known. */
  void whenEnded(String arn, Runnable action) {
    RunningExecution execution = find(arn);
    if (execution == null) {
      action.run();
    } else {
      execution.whenEnded(action);
    }
  }

  /** The execution, null when it is not known. */
  synchronized @Nullable RunningExecution find(String arn) {
    return executions.get(arn);
  }

  /** The executions of a state machine, the newest first. */
  synchronized List<RunningExecution> of(String stateMachineArn) {
    var found = new ArrayList<RunningExecution>();
    for (RunningExecution execution : executions.values()) {
      if (execution.machine().arn().equals(stateMachineArn)) {
        found.add(execution);
      }
    }
    Collections.reverse(found);
    return found;
  }
}
