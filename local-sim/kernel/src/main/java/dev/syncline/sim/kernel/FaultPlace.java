// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Somewhere faults can strike. Immutable.
 *
 * @param name what plans call it
 * @param what it is, in a few words for people
 * @param takes the faults that it can carry out
 * @param details what rules may look at
 */
public record FaultPlace(
    String name, String what, List<Class<? extends Fault>> takes, Set<String> details) {
  /** Keeps copies. */
  public FaultPlace {
    takes = List.copyOf(takes);
    details = Set.copyOf(details);
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
