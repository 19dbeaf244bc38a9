// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import dev.syncline.sim.servicetests.ServiceContractTest;
import java.util.List;
import java.util.Set;

class ApiGatewayRoomTest extends ServiceContractTest {
  @Override
  protected List<Call> creations() {
    return List.of(new Call("CreateRestApi", "{'name':'a'}"));
  }

  @Override
  protected List<Call> readings() {
    return List.of(new Call("GetRestApis", "{}"));
  }

  /** The path's method has its own name, because the body has a member httpMethod too. */
  @Override
  protected Set<String> ownMembers() {
    return Set.of("PutIntegration.resourceHttpMethod");
  }
}
