// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.integration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.asl.TaskPhase;
import dev.syncline.sim.asl.TaskResource.Pattern;
import dev.syncline.sim.kernel.ClockActivity;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;

/** Waits for the end of the other execution for {@code startExecution.sync} and {@code .sync:2}. */
record ChildCalls(IntegrationCalls services, ChildExecutions children, SimClock clock) {
  /** Reports the end of the execution in {@code answer}, after it has ended. */
  void await(JsonNode answer, Pattern pattern, TaskReports reports) {
    String arn = answer.path("ExecutionArn").asText();
    reports.onCancel(() -> inBackground(() -> stop(arn)));
    children.whenEnded(arn, () -> inBackground(() -> report(arn, pattern, reports)));
  }

  private void report(String arn, Pattern pattern, TaskReports reports) {
    ObjectNode input = Json.object().put("executionArn", arn);
    JsonNode described;
    try {
      described =
          services.call("states", "DescribeExecution", input, services.context(new byte[0])).json();
    } catch (AwsException gone) {
      reports.failed(TaskPhase.RUN, "States.TaskFailed", gone.text());
      return;
    }
    JsonNode shown =
        new MemberNames(IntegrationModel.of("states"))
            .toStates(described, MemberNames.Times.MILLIS);
    if (!shown.path("Status").asText().equals("SUCCEEDED")) {
      reports.failed(TaskPhase.RUN, "States.TaskFailed", Json.write(shown));
      return;
    }
    if (pattern == Pattern.SYNC_2 && shown instanceof ObjectNode result) {
      asJson(result, "Input");
      asJson(result, "Output");
    }
    reports.succeeded(shown);
  }

  private static void asJson(ObjectNode result, String member) {
    JsonNode text = result.get(member);
    if (text != null && text.isTextual()) {
      try {
        result.set(member, Json.MAPPER.readTree(text.textValue()));
      } catch (JsonProcessingException damaged) {
        throw new IllegalStateException("an execution's " + member + " is JSON", damaged);
      }
    }
  }

  private void stop(String arn) {
    ObjectNode input = Json.object().put("executionArn", arn);
    try {
      services.call("states", "StopExecution", input, services.context(new byte[0]));
    } catch (AwsException over) {
      // An execution that has ended or is unknown needs no stop.
    }
  }

  private void inBackground(Runnable work) {
    ClockActivity scheduled = clock.begin();
    Thread.startVirtualThread(
        () ->
            clock.run(
                () -> {
                  scheduled.close();
                  work.run();
                }));
  }
}
