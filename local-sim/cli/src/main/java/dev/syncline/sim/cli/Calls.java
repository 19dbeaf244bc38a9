// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.simulator.Simulator;

/** AWS API calls to a simulator in this process, without HTTP. Thread-safe. */
record Calls(Simulator simulator) {
  /** Whether the simulator has the service and its operation. */
  boolean has(String service, String operation) {
    return simulator.dispatcher().operation(service, operation) != null;
  }

  /**
   * Calls an operation.
   *
   * @throws Failure with the service's error text when the answer is an error
   */
  ObjectNode call(String service, String operation, ObjectNode input) {
    return call(service, operation, input, new byte[0]);
  }

  /** As above, with a blob for a body. */
  ObjectNode call(String service, String operation, ObjectNode input, byte[] body) {
    CallContext inside = simulator.internalCall();
    var context =
        new CallContext(inside.account(), inside.region(), inside.requestId(), inside.host(), body);
    try {
      return simulator
          .clock()
          .call(() -> simulator.dispatcher().call(service, operation, input, context).json());
    } catch (AwsException refused) {
      throw new Failure(service + " " + operation + ": " + refused.code() + ": " + refused.text());
    } catch (RuntimeException defect) {
      throw defect;
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
