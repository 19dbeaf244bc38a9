// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Executions by ARN, in order of their start, in one map for each state machine.
 *
 * <p>Memory is bounded: of the executions that have ended the newest are kept whole, at most
 * {@value #MAX_CLOSED} with at most {@value #MAX_CLOSED_BYTES} estimated bytes of history; of older
 * ones, {@value #MAX_NAMES} names, so that a repeated name is still refused (AWS keeps both for 90
 * days). Thread-safe.
 */
final class ExecutionStore {
  static final int MAX_CLOSED = 10_000;
  static final long MAX_CLOSED_BYTES = 256L << 20;
  static final int MAX_NAMES = 100_000;

  private final Map<String, MachineExecutions> machines = new ConcurrentHashMap<>();
  private final Object closing = new Object();
  private final ArrayDeque<Closed> closed = new ArrayDeque<>();
  private final Set<String> forgotten = new LinkedHashSet<>();
  private final Consumer<RunningExecution> whenForgotten;
  private long closedBytes;

  /**
   * An empty store.
   *
   * @param whenForgotten is called for each execution of which only the name is kept
   */
  ExecutionStore(Consumer<RunningExecution> whenForgotten) {
    this.whenForgotten = whenForgotten;
  }

  private record Closed(RunningExecution execution, long bytes) {}

  /** The executions of one state machine; guarded by itself. */
  private static final class MachineExecutions {
    final Map<String, RunningExecution> executions = new LinkedHashMap<>();
  }

  /** The outcome of an attempt to use a name. */
  sealed interface Claim {
    /** The name was free; the new execution is stored and yet to be started. */
    record Fresh(RunningExecution execution) implements Claim {}

    /** The name is taken, by an execution that is still known or by one that is not. */
    record Taken(@Nullable RunningExecution execution) implements Claim {}
  }

  /** Takes the ARN for a new execution in one step. */
  Claim claim(String arn, Supplier<RunningExecution> create) {
    MachineExecutions machine =
        machines.computeIfAbsent(machineName(arn), name -> new MachineExecutions());
    synchronized (machine) {
      RunningExecution present = machine.executions.get(arn);
      if (present != null || isForgotten(arn)) {
        return new Claim.Taken(present);
      }
      RunningExecution fresh = create.get();
      // The key is the execution's own string, so that a waiting execution stores it once.
      machine.executions.put(fresh.arn(), fresh);
      return new Claim.Fresh(fresh);
    }
  }

  private boolean isForgotten(String arn) {
    synchronized (closing) {
      return forgotten.contains(arn);
    }
  }

  /** Records that an execution has ended, and removes the oldest above the limits. */
  void closed(RunningExecution execution) {
    var gone = new ArrayList<RunningExecution>();
    synchronized (closing) {
      if (execution.end() == null) {
        // Redriven already.
        return;
      }
      long bytes = execution.estimatedBytes();
      closed.addLast(new Closed(execution, bytes));
      closedBytes += bytes;
      while (closed.size() > MAX_CLOSED || (closedBytes > MAX_CLOSED_BYTES && closed.size() > 1)) {
        Closed oldest = closed.removeFirst();
        closedBytes -= oldest.bytes();
        gone.add(oldest.execution());
        forgotten.add(oldest.execution().arn());
        if (forgotten.size() > MAX_NAMES) {
          Iterator<String> names = forgotten.iterator();
          names.next();
          names.remove();
        }
      }
    }
    for (RunningExecution oldest : gone) {
      MachineExecutions machine = machines.get(machineName(oldest.arn()));
      if (machine != null) {
        synchronized (machine) {
          machine.executions.remove(oldest.arn());
        }
      }
      whenForgotten.accept(oldest);
    }
  }

  /** Forgets the executions of a state machine, names and all. */
  void forgetAll(String machineName) {
    MachineExecutions machine = machines.remove(machineName);
    if (machine == null) {
      return;
    }
    Set<RunningExecution> gone;
    synchronized (machine) {
      gone = Set.copyOf(machine.executions.values());
      machine.executions.clear();
    }
    synchronized (closing) {
      closed.removeIf(
          entry -> {
            if (!gone.contains(entry.execution())) {
              return false;
            }
            closedBytes -= entry.bytes();
            return true;
          });
      forgotten.removeIf(arn -> machineName(arn).equals(machineName));
    }
    gone.forEach(whenForgotten);
  }

  /** An execution that had ended runs again. */
  void reopened(RunningExecution execution) {
    synchronized (closing) {
      closed.removeIf(
          entry -> {
            if (entry.execution() != execution) {
              return false;
            }
            closedBytes -= entry.bytes();
            return true;
          });
    }
  }

  /** Every execution that is known, in order of start within its state machine. */
  List<RunningExecution> everything() {
    var all = new ArrayList<RunningExecution>();
    new TreeMap<>(machines)
        .values()
        .forEach(
            machine -> {
              synchronized (machine) {
                all.addAll(machine.executions.values());
              }
            });
    return all;
  }

  /** The names of removed executions. */
  List<String> forgotten() {
    synchronized (closing) {
      return List.copyOf(forgotten);
    }
  }

  /** Restores the result of {@link #forgotten()}. */
  void forget(List<String> names) {
    synchronized (closing) {
      forgotten.addAll(names);
    }
  }

  /** Restores an ended execution. */
  void restore(RunningExecution execution) {
    MachineExecutions machine =
        machines.computeIfAbsent(machineName(execution.arn()), name -> new MachineExecutions());
    synchronized (machine) {
      machine.executions.put(execution.arn(), execution);
    }
    closed(execution);
  }

  /** Runs the action once the execution has ended; at once if it has ended or is unknown. */
  void whenEnded(String arn, Runnable action) {
    RunningExecution execution = find(arn);
    if (execution == null) {
      action.run();
    } else {
      execution.whenEnded(ended -> action.run());
    }
  }

  /** The execution, null when it is not known. */
  @Nullable RunningExecution find(String arn) {
    MachineExecutions machine = machines.get(machineName(arn));
    if (machine == null) {
      return null;
    }
    synchronized (machine) {
      return machine.executions.get(arn);
    }
  }

  /** The executions of a state machine, the newest first. */
  List<RunningExecution> of(String machineName) {
    MachineExecutions machine = machines.get(machineName);
    if (machine == null) {
      return List.of();
    }
    synchronized (machine) {
      return new ArrayList<>(machine.executions.values()).reversed();
    }
  }

  /** The name in {@code arn:aws:states:region:account:execution:NAME:execution}. */
  private static String machineName(String arn) {
    String[] parts = arn.split(":", 8);
    return parts.length < 8 ? "" : parts[6];
  }
}
