// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import dev.syncline.sim.service.AwsException;
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
  /** AWS's maximum of versions of one state machine. */
  static final int MAX_VERSIONS = 1_000;

  /** AWS's maximum of aliases of one state machine. */
  static final int MAX_ALIASES = 100;

  private final ConcurrentMap<String, Machine> machines = new ConcurrentHashMap<>();

  /**
   * A state machine with its versions and aliases. Immutable.
   *
   * @param current the target of an unqualified ARN
   * @param versions by number
   * @param lastVersion the number given last; never given again, as recorded
   * @param aliases by name
   * @param deleting whether it is removed when its executions have ended
   */
  record Machine(
      StateMachine current,
      Map<Integer, StateMachine> versions,
      int lastVersion,
      Map<String, Alias> aliases,
      boolean deleting) {
    Machine {
      versions = Map.copyOf(versions);
      aliases = Map.copyOf(aliases);
    }

    /** A new machine. */
    static Machine of(StateMachine current) {
      return new Machine(current, Map.of(), 0, Map.of(), false);
    }

    Machine asDeleting() {
      return new Machine(current, versions, lastVersion, aliases, true);
    }

    /** Refuses a machine that is being deleted. The words are known from use, not recorded. */
    Machine requireKept() {
      if (deleting) {
        throw StepFunctionsErrors.machineDeleting(current.arn());
      }
      return this;
    }

    Machine with(StateMachine changed) {
      return new Machine(changed, versions, lastVersion, aliases, deleting);
    }

    Machine with(Alias alias) {
      var changed = new TreeMap<>(aliases);
      changed.put(alias.name(), alias);
      return new Machine(current, versions, lastVersion, changed, deleting);
    }

    Machine without(Alias alias) {
      var changed = new TreeMap<>(aliases);
      changed.remove(alias.name());
      return new Machine(current, versions, lastVersion, changed, deleting);
    }

    Machine without(int version) {
      var changed = new TreeMap<>(versions);
      changed.remove(version);
      return new Machine(current, changed, lastVersion, aliases, deleting);
    }

    /**
     * A copy with the current revision published, or this machine if it is published already, so
     * that publishing is idempotent.
     *
     * @throws AwsException when there are {@link #MAX_VERSIONS} versions
     */
    Machine published(@Nullable String description, Instant now) {
      if (ofCurrentRevision() != null) {
        return this;
      }
      if (versions.size() >= MAX_VERSIONS) {
        throw StepFunctionsErrors.tooManyVersions(MAX_VERSIONS);
      }
      int number = lastVersion + 1;
      var changed = new TreeMap<>(versions);
      changed.put(number, current.published(number, description, now));
      return new Machine(current, changed, number, aliases, deleting);
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

  /** The target of an ARN: a snapshot, and the alias through which it was found. */
  record Target(StateMachine machine, @Nullable Alias alias) {}

  /** Stores a new machine, or returns the existing one of its ARN. */
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
      throw StepFunctionsErrors.machineMissing(arn);
    }
    return machine;
  }

  /**
   * The target of an ARN with or without a qualifier, or the service's error.
   *
   * @param draw in [0, 1), to choose between the versions of an alias
   */
  Target resolve(MachineArn arn, double draw) {
    Machine machine = machines.get(arn.base());
    if (machine == null) {
      throw arn.version() == null
          ? StepFunctionsErrors.machineMissing(arn.text())
          : StepFunctionsErrors.versionMissing(arn.text());
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
      throw arn.version() == null
          ? StepFunctionsErrors.machineMissing(arn.text())
          : StepFunctionsErrors.versionMissing(arn.text());
    }
    return new Target(version, alias);
  }

  /** Whether the text is the ARN of an existing version. */
  boolean hasVersion(String arn) {
    int colon = arn.lastIndexOf(':');
    Machine machine = colon < 0 ? null : machines.get(arn.substring(0, colon));
    return machine != null
        && machine.versions().values().stream()
            .anyMatch(version -> version.qualifiedArn().equals(arn));
  }

  /** Replaces a machine by the result of {@code change}, atomically. */
  Machine update(String arn, UnaryOperator<Machine> change) {
    Machine changed =
        machines.computeIfPresent(arn, (key, machine) -> change.apply(machine.requireKept()));
    if (changed == null) {
      throw StepFunctionsErrors.machineMissing(arn);
    }
    return changed;
  }

  /** Marks a machine as one that is being deleted; false if it does not exist. */
  boolean beginDeletion(String arn) {
    return machines.computeIfPresent(arn, (key, machine) -> machine.asDeleting()) != null;
  }

  /** Whether the machine with this unqualified ARN is being deleted. */
  boolean isDeleting(String arn) {
    Machine machine = machines.get(arn);
    return machine != null && machine.deleting();
  }

  /** Removes a machine with its versions and aliases; an unknown one is no error. */
  void remove(String arn) {
    machines.remove(arn);
  }

  /** Every machine with its versions and aliases, by ARN. */
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
