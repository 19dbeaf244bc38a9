// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.stepfunctions;

import dev.syncline.sim.aws.service.AwsException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;

/** State machines by ARN. Thread-safe: each is an immutable snapshot replaced as a whole. */
final class StateMachineStore {
  private final Map<String, StateMachine> machines = new ConcurrentSkipListMap<>();

  /** Stores a new machine, or gives the one that has its ARN already. */
  StateMachine putIfAbsent(StateMachine machine) {
    StateMachine present = machines.putIfAbsent(machine.arn(), machine);
    return present == null ? machine : present;
  }

  /** The machine, or the service's error. */
  StateMachine require(String arn) {
    StateMachine machine = machines.get(arn);
    if (machine == null) {
      throw AwsException.badRequest(
          "StateMachineDoesNotExist", "State Machine Does Not Exist: '" + arn + "'");
    }
    return machine;
  }

  /** Replaces a machine by what {@code change} makes of it, in one step. */
  StateMachine update(String arn, UnaryOperator<StateMachine> change) {
    require(arn);
    StateMachine changed = machines.computeIfPresent(arn, (key, machine) -> change.apply(machine));
    return changed == null ? require(arn) : changed;
  }

  /** Removes a machine; one that is not there is no error. */
  void delete(String arn) {
    machines.remove(arn);
  }

  /** Every machine, by ARN. */
  List<StateMachine> all() {
    return List.copyOf(machines.values());
  }
}
