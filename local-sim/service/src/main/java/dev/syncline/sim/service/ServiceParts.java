// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import dev.syncline.sim.service.state.ServiceState;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a service consists of. Immutable.
 *
 * @param operations every operation that is supported
 * @param state how its state outlives the process
 */
public record ServiceParts(List<Operation> operations, ServiceState state) {
  /** Copies the operations. */
  public ServiceParts {
    operations = List.copyOf(operations);
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
