// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.servicetests.ServiceContractTest;
import java.util.Set;

class LambdaRoomTest extends ServiceContractTest {
  /** The trace header, and the parameter that tells the path from another, are on the wire only. */
  @Override
  protected Set<String> ownMembers() {
    return Set.of(
        "Invoke.TraceId",
        "InvokeWithResponseStream.TraceId",
        "ListProvisionedConcurrencyConfigs.List");
  }
}
