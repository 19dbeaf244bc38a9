// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import dev.syncline.sim.service.state.ServiceState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a service consists of. Immutable.
 *
 * @param operations every operation that is supported
 * @param state how its state outlives the process
 * @param access what its operations need; empty for a service without a table of its own
 */
public record ServiceParts(
    List<Operation> operations, ServiceState state, Optional<RoomAccess> access) {
  /** Copies the operations. */
  public ServiceParts {
    operations = List.copyOf(operations);
  }

  /** A service without a table of permissions. */
  public ServiceParts(List<Operation> operations, ServiceState state) {
    this(operations, state, Optional.empty());
  }

  /** The same parts with the permissions of the operations. */
  public ServiceParts with(RoomAccess newAccess) {
    return new ServiceParts(operations, state, Optional.of(newAccess));
  }

  /**
   * A service with the operations of several tables.
   *
   * @param tables one for each noun, in the order of {@link AwsService#operations()}
   */
  @SafeVarargs
  public static ServiceParts of(ServiceState state, List<Operation>... tables) {
    return new ServiceParts(Stream.of(tables).flatMap(List::stream).toList(), state);
  }
}
