// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2;

import dev.syncline.sim.servicetests.ServiceContractTest;
import java.util.Set;

class ApiGatewayV2RoomTest extends ServiceContractTest {
  /** The label of a path has letters only here; AWS's model spells it resource-arn. */
  @Override
  protected Set<String> ownMembers() {
    return Set.of("TagResource.resourceArn", "UntagResource.resourceArn", "GetTags.resourceArn");
  }
}
