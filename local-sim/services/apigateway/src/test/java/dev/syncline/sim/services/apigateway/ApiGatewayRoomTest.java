// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import dev.syncline.sim.servicetests.ServiceContractTest;
import java.util.Set;

class ApiGatewayRoomTest extends ServiceContractTest {
  /** The path's method has its own name, because the body has a member httpMethod too. */
  @Override
  protected Set<String> ownMembers() {
    return Set.of("PutIntegration.resourceHttpMethod");
  }
}
