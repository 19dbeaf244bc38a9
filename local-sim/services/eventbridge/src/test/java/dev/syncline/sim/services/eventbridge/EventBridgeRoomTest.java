// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.eventbridge;

import dev.syncline.sim.servicetests.ServiceContractTest;
import java.util.List;

class EventBridgeRoomTest extends ServiceContractTest {
  @Override
  protected List<Call> creations() {
    return List.of();
  }

  @Override
  protected List<Call> readings() {
    return List.of(new Call("ListConnections", "{}"));
  }
}
