// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sts;

import dev.syncline.sim.servicetests.ServiceContractTest;
import java.util.List;

class StsRoomTest extends ServiceContractTest {
  @Override
  protected List<Call> creations() {
    return List.of();
  }

  @Override
  protected List<Call> readings() {
    return List.of(new Call("GetCallerIdentity", "{}"));
  }
}
