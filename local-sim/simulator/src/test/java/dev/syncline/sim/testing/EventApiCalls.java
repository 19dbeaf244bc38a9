// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.simulator.Simulator;
import java.net.URI;

/** Calls of a simulator that tests of Event APIs make. */
public final class EventApiCalls {
  private EventApiCalls() {}

  /** One call of an operation, on a thread of the simulator's clock. */
  public static JsonNode call(
      Simulator simulator, String service, String operation, ObjectNode input) throws Exception {
    CallContext caller = simulator.internalCall();
    return simulator
        .clock()
        .call(() -> simulator.dispatcher().call(service, operation, input, caller).json());
  }

  /** Where the WebSockets of an API connect to, without DNS. */
  public static URI realtime(Simulator simulator, String apiId) {
    String path = "/_aws/appsync-api/" + apiId + "/event/realtime";
    return URI.create("ws://127.0.0.1:" + simulator.port() + path);
  }
}
