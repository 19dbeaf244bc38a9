// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.testing.WholeSimulator;
import java.time.Duration;

/** A stack that was created. */
record GatewayStack(JsonNode description) {
  private static final int MAX_SECONDS = 600;

  /** Creates a stack, and waits for it in virtual time. */
  static GatewayStack created(WholeSimulator whole, String template) throws Exception {
    ObjectNode input = Json.object().put("StackName", "s").put("TemplateBody", template);
    input.putArray("Capabilities").add("CAPABILITY_IAM");
    var simulator = whole.simulator;
    simulator
        .clock()
        .call(
            () ->
                simulator
                    .dispatcher()
                    .call("cloudformation", "CreateStack", input, simulator.internalCall()));
    for (int i = 0; i < MAX_SECONDS; i++) {
      JsonNode stack =
          whole.call("cloudformation", "DescribeStacks", "{'StackName': 's'}").at("/Stacks/0");
      if (!stack.path("StackStatus").asText().equals("CREATE_IN_PROGRESS")) {
        String events =
            whole.call("cloudformation", "DescribeStackEvents", "{'StackName': 's'}").toString();
        assertThat(stack.path("StackStatus").asText()).as(events).isEqualTo("CREATE_COMPLETE");
        return new GatewayStack(stack);
      }
      simulator.clock().run(() -> simulator.clock().pause(Duration.ofSeconds(1)));
    }
    throw new AssertionError("the stack is not created");
  }

  String output(String key) {
    for (JsonNode output : description.path("Outputs")) {
      if (output.path("OutputKey").asText().equals(key)) {
        return output.path("OutputValue").asText();
      }
    }
    throw new AssertionError("no output " + key + " in " + description);
  }
}
