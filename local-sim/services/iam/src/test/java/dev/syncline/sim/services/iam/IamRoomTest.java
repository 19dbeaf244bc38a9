// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.servicetests.ServiceContractTest;
import java.util.List;

class IamRoomTest extends ServiceContractTest {
  @Override
  protected List<Call> creations() {
    return List.of(
        new Call(
            "CreateRole",
            "{'RoleName':'r','AssumeRolePolicyDocument':'{\\'Version\\':\\'2012-10-17\\',\\'Statement\\':[{\\'Effect\\':\\'Allow\\',\\'Principal\\':{\\'Service\\':\\'lambda.amazonaws.com\\'},\\'Action\\':\\'sts:AssumeRole\\'}]}'}"));
  }

  @Override
  protected List<Call> readings() {
    return List.of(new Call("GetRole", "{'RoleName':'r'}"), new Call("ListRoles", "{}"));
  }
}
