// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.servicetests;

import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.state.ServiceState;

/** Stands in for another room. It keeps no state; a test says which operations it has. */
public abstract class FakeRoom implements AwsService {
  private final String name;
  private final Protocol protocol;

  /** A room with that id and signing name. */
  protected FakeRoom(String name, Protocol protocol) {
    this.name = name;
    this.protocol = protocol;
  }

  @Override
  public final ServiceState state() {
    return ServiceState.NONE;
  }

  @Override
  public final Protocol protocol() {
    return protocol;
  }

  @Override
  public final String title() {
    return "a fake of " + name;
  }

  @Override
  public final String signingName() {
    return name;
  }
}
