// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.eventbridge;

import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.servicetests.ServiceContractTest;
import java.util.List;

class EventBridgeRoomTest extends ServiceContractTest {
  @Override
  protected List<AwsService> neighbours() {
    return List.of(new FakeSecrets());
  }
}
