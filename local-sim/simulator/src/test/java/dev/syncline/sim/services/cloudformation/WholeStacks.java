// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.testing.WholeSimulator;

/** The stack {@code s} of a whole simulator. */
final class WholeStacks {
  private WholeStacks() {}

  static String output(JsonNode stack, String key) {
    for (JsonNode output : stack.path("Outputs")) {
      if (output.path("OutputKey").asText().equals(key)) {
        return output.path("OutputValue").asText();
      }
    }
    throw new AssertionError("no output " + key + " in " + stack);
  }

  static JsonNode stack(WholeSimulator aws, String operation, String template, String status) {
    ObjectNode input = Json.object().put("StackName", "s").put("TemplateBody", template);
    CallContext context = aws.simulator.internalCall();
    aws.simulator
        .clock()
        .run(() -> aws.simulator.dispatcher().call("cloudformation", operation, input, context));
    JsonNode described;
    do {
      Thread.onSpinWait();
      described = aws.call("cloudformation", "DescribeStacks", "{'StackName':'s'}").at("/Stacks/0");
    } while (described.path("StackStatus").asText().endsWith("_IN_PROGRESS"));
    assertThat(described.path("StackStatus").asText())
        .as(aws.call("cloudformation", "DescribeStackEvents", "{'StackName':'s'}").toString())
        .isEqualTo(status);
    return described;
  }

  /** Deletes the stack and waits until it is gone. */
  static void delete(WholeSimulator aws) {
    aws.simulator.clock().run(() -> aws.call("cloudformation", "DeleteStack", "{'StackName':'s'}"));
    JsonNode described = Json.object();
    try {
      do {
        Thread.onSpinWait();
        described =
            aws.call("cloudformation", "DescribeStacks", "{'StackName':'s'}").at("/Stacks/0");
      } while (described.path("StackStatus").asText().endsWith("_IN_PROGRESS"));
    } catch (AwsException gone) {
      assertThat(gone.text()).contains("does not exist");
      return;
    }
    assertThat(described.path("StackStatus").asText())
        .as(described.toString())
        .isEqualTo("DELETE_COMPLETE");
  }
}
