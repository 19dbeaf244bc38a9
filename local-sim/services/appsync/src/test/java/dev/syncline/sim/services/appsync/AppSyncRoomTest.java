// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import dev.syncline.sim.servicetests.ServiceContractTest;
import java.util.List;

class AppSyncRoomTest extends ServiceContractTest {
  @Override
  protected List<Call> creations() {
    return List.of(
        new Call(
            "CreateApi",
            "{'name':'a','eventConfig':{'authProviders':[{'authType':'API_KEY'}],'connectionAuthModes':[{'authType':'API_KEY'}],'defaultPublishAuthModes':[{'authType':'API_KEY'}],'defaultSubscribeAuthModes':[{'authType':'API_KEY'}]}}"));
  }

  @Override
  protected List<Call> readings() {
    return List.of(new Call("ListApis", "{}"));
  }
}
