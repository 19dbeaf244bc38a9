// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import dev.syncline.sim.service.state.ServiceState;
import java.util.List;
import java.util.Optional;

/**
 * The service of a room: names, protocol and parts that are known when it is created. A subclass
 * adds what only it has, such as endpoints, resource types and contracts. Thread-safe.
 */
public abstract class RoomService implements AwsService {
  private final String signingName;
  private final String title;
  private final Protocol protocol;
  private final ServiceParts parts;

  /**
   * A service.
   *
   * @param signingName see {@link AwsService#signingName()}
   * @param title see {@link AwsService#title()}
   */
  protected RoomService(String signingName, String title, Protocol protocol, ServiceParts parts) {
    this.signingName = signingName;
    this.title = title;
    this.protocol = protocol;
    this.parts = parts;
  }

  @Override
  public final String signingName() {
    return signingName;
  }

  @Override
  public final String title() {
    return title;
  }

  @Override
  public final Protocol protocol() {
    return protocol;
  }

  @Override
  public final List<Operation> operations() {
    return parts.operations();
  }

  @Override
  public final Optional<RoomAccess> access() {
    return parts.access();
  }

  @Override
  public final ServiceState state() {
    return parts.state();
  }
}
