// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.servicetests.ServiceContractTest;
import java.util.List;
import java.util.Set;

class LambdaRoomTest extends ServiceContractTest {
  @Override
  protected List<Call> creations() {
    return List.of();
  }

  @Override
  protected List<Call> readings() {
    return List.of(new Call("ListFunctions", "{}"), new Call("GetAccountSettings", "{}"));
  }

  /** The trace header, and the parameter that tells the path from another, are on the wire only. */
  @Override
  protected Set<String> ownMembers() {
    return Set.of("Invoke.TraceId", "ListProvisionedConcurrencyConfigs.List");
  }
}
