// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.stepfunctions;

import dev.syncline.sim.aws.service.AwsException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * State machines with their versions and aliases. Thread-safe: all of a machine is one immutable
 * snapshot, replaced as a whole.
 */
final class StateMachineStore {
  /** As AWS: versions of one state machine. */
  static final int MOST_VERSIONS = 1_000;

  /** As AWS: aliases of one state machine. */
  static final int MOST_ALIASES = 100;

  private final ConcurrentMap<String, Machine> machines = new ConcurrentHashMap<>();

  /**
   * A state machine with all that hangs on it. Immutable.
   *
   * @param current what an unqualified ARN means
   * @param versions by number
   * @param lastVersion the number given last; never given again, as recorded
   * @param aliases by name
   */
  record Machine(
      StateMachine current,
      Map<Integer, StateMachine> versions,
      int lastVersion,
      Map<String, Alias> aliases) {
    Machine {
      versions = Map.copyOf(versions);
      aliases = Map.copyOf(aliases);
    }

    Machine with(StateMachine changed) {
      return new Machine(changed, versions, lastVersion, aliases);
    }

    Machine with(Alias alias) {
      var changed = new TreeMap<>(aliases);
      changed.put(alias.name(), alias);
      return new Machine(current, versions, lastVersion, changed);
    }

    Machine without(Alias alias) {
      var changed = new TreeMap<>(aliases);
      changed.remove(alias.name());
      return new Machine(current, versions, lastVersion, changed);
    }

    Machine without(int version) {
      var changed = new TreeMap<>(versions);
      changed.remove(version);
      return new Machine(current, changed, lastVersion, aliases);
    }

    /**
     * With the current revision published; the same when it is already, which is how publishing
     * twice is harmless.
     *
     * @throws AwsException when there are {@link #MOST_VERSIONS} versions
     */
    Machine published(@Nullable String description, Instant now) {
      if (ofCurrentRevision() != null) {
        return this;
      }
      if (versions.size() >= MOST_VERSIONS) {
        throw AwsException.badRequest(
            "ServiceQuotaExceededException",
            "The state machine has " + MOST_VERSIONS + " versions, which is the most.");
      }
      int number = lastVersion + 1;
      var changed = new TreeMap<>(versions);
      changed.put(number, current.published(number, description, now));
      return new Machine(current, changed, number, aliases);
    }

    /** The version that was published of the current revision, null when none was. */
    @Nullable StateMachine ofCurrentRevision() {
      for (StateMachine version : versions.values()) {
        if (Objects.equals(current.revisionId(), version.revisionId())) {
          return version;
        }
      }
      return null;
    }
  }

  /** What an ARN stands for: a snapshot, and the alias that led to it. */
  record Target(StateMachine machine, @Nullable Alias alias) {}

  /** Stores a new machine, or gives the one that has its ARN already. */
  Machine putIfAbsent(Machine machine) {
    Machine present = machines.putIfAbsent(machine.current().arn(), machine);
    return present == null ? machine : present;
  }

  @Nullable Machine find(String baseArn) {
    return machines.get(baseArn);
  }

  /** The machine with an unqualified ARN, or the service's error. */
  Machine require(String arn) {
    Machine machine = machines.get(arn);
    if (machine == null) {
      throw missing(arn);
    }
    return machine;
  }

  /**
   * What an ARN with or without a qualifier stands for, or the service's error.
   *
   * @param draw in [0, 1), to choose between the versions of an alias
   */
  Target resolve(MachineArn arn, double draw) {
    Machine machine = machines.get(arn.base());
    if (machine == null) {
      throw missing(arn.text());
    }
    if (arn.qualifier() == null) {
      return new Target(machine.current(), null);
    }
    Integer number = arn.version();
    Alias alias = number == null ? machine.aliases().get(arn.qualifier()) : null;
    if (number == null && alias != null) {
      number = alias.pick(draw);
    }
    StateMachine version = number == null ? null : machine.versions().get(number);
    if (version == null) {
      throw missing(arn.text());
    }
    return new Target(version, alias);
  }

  static AwsException missing(String arn) {
    return AwsException.badRequest(
        "StateMachineDoesNotExist", "State Machine Does Not Exist: '" + arn + "'");
  }

  /** Replaces a machine by what {@code change} makes of it, in one step. */
  Machine update(String arn, UnaryOperator<Machine> change) {
    Machine changed = machines.computeIfPresent(arn, (key, machine) -> change.apply(machine));
    if (changed == null) {
      throw missing(arn);
    }
    return changed;
  }

  /** Removes a machine with its versions and aliases; one that is not there is no error. */
  void delete(String arn) {
    machines.remove(arn);
  }

  /** Every machine with all that hangs on it, by ARN. */
  List<Machine> everything() {
    return List.copyOf(new TreeMap<>(machines).values());
  }

  /** Every machine, by ARN. */
  List<StateMachine> all() {
    var all = new ArrayList<StateMachine>();
    new TreeMap<>(machines).values().forEach(machine -> all.add(machine.current()));
    return all;
  }
}
