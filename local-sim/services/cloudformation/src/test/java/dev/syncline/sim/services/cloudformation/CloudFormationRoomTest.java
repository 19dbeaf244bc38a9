// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.servicetests.ServiceContractTest;
import java.util.List;

class CloudFormationRoomTest extends ServiceContractTest {
  @Override
  protected List<AwsService> neighbours() {
    return List.of(new FakeTypes());
  }
}
