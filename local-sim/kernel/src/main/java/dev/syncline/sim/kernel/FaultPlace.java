// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A place at which planned faults can be injected. Immutable.
 *
 * @param name its name in plans
 * @param what a short description for people
 * @param takes the faults that it supports
 * @param details the details that rules can match
 * @param named faults in the words of the place's service, by kind; such as {@code throttle}
 */
public record FaultPlace(
    String name,
    String what,
    List<Class<? extends Fault>> takes,
    Set<String> details,
    Map<String, Fault> named) {
  /** Keeps copies. */
  public FaultPlace {
    takes = List.copyOf(takes);
    details = Set.copyOf(details);
    named = Map.copyOf(named);
  }

  /** A place without named faults. */
  public FaultPlace(
      String name, String what, List<Class<? extends Fault>> takes, Set<String> details) {
    this(name, what, takes, details, Map.of());
  }

  /** The same place with faults in the words of its service, by kind. */
  public FaultPlace withNamed(Map<String, Fault> faults) {
    return new FaultPlace(name, what, takes, details, faults);
  }

  /** The faults that it takes, by their names. */
  public List<String> kinds() {
    return takes.stream().map(Class::getSimpleName).toList();
  }

  void require(Fault fault) {
    if (!takes.contains(fault.getClass())) {
      throw new IllegalArgumentException(
          "place '"
              + name
              + "' takes "
              + takes.stream().map(Class::getSimpleName).collect(Collectors.joining(", "))
              + ", not "
              + fault);
    }
  }
}
