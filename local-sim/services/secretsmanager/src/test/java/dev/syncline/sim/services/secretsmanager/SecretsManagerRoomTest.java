// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.secretsmanager;

import dev.syncline.sim.servicetests.ServiceContractTest;
import java.util.List;

class SecretsManagerRoomTest extends ServiceContractTest {
  @Override
  protected List<Call> creations() {
    return List.of(new Call("CreateSecret", "{'Name':'s','SecretString':'v'}"));
  }

  @Override
  protected List<Call> readings() {
    return List.of(
        new Call("GetSecretValue", "{'SecretId':'s'}"),
        new Call("ListSecrets", "{}"),
        new Call("DescribeSecret", "{'SecretId':'s'}"));
  }
}
