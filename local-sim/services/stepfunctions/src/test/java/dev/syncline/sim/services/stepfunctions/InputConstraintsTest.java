// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import org.junit.jupiter.api.Test;

/** The words of AWS's front end, for constraints of the published model. */
class InputConstraintsTest {
  private static final String ONE = "1 validation error detected: ";
  private static final String ARN = "arn:aws:states:us-east-1:111111111111:stateMachine:m:1";

  @Test
  void allThatIsBrokenIsToldAtOnceAndWhatIsSensitiveIsNotShown() {
    refused(
        "StartExecutionInput",
        Json.object().put("name", "n".repeat(81)).put("input", "x".repeat(262_145)),
        "3 validation errors detected: Value null at 'stateMachineArn' failed to satisfy"
            + " constraint: Member must not be null; Value '"
            + "n".repeat(81)
            + "' at 'name' failed to satisfy constraint: Member must have length less than or equal"
            + " to 80; Value at 'input' failed to satisfy constraint: Member must have length less"
            + " than or equal to 262144");
  }

  @Test
  void membersOfListsAreCountedFromOne() {
    ObjectNode input = Json.object().put("name", "a");
    input
        .putArray("routingConfiguration")
        .addObject()
        .put("stateMachineVersionArn", ARN)
        .put("weight", 101);

    refused(
        "CreateStateMachineAliasInput",
        input,
        ONE
            + "Value '101' at 'routingConfiguration.1.member.weight' failed to satisfy constraint:"
            + " Member must have value less than or equal to 100");
    input.putArray("routingConfiguration");
    refused(
        "CreateStateMachineAliasInput",
        input,
        ONE
            + "Value '[]' at 'routingConfiguration' failed to satisfy constraint: Member must have"
            + " length greater than or equal to 1");
  }

  @Test
  void textsAreHeldToTheirLengthsPatternsAndValues() {
    refused(
        "DeleteActivityInput",
        Json.object().put("activityArn", ""),
        ONE
            + "Value '' at 'activityArn' failed to satisfy constraint: Member must have length"
            + " greater than or equal to 1");
    refused(
        "RedriveExecutionInput",
        Json.object().put("executionArn", "a").put("clientToken", "a b"),
        ONE
            + "Value 'a b' at 'clientToken' failed to satisfy constraint: Member must satisfy"
            + " regular expression pattern: [!-~]+");
    refused(
        "DescribeExecutionInput",
        Json.object().put("executionArn", "a").put("includedData", "SOME"),
        ONE
            + "Value 'SOME' at 'includedData' failed to satisfy constraint: Member must satisfy"
            + " enum value set: [ALL_DATA, METADATA_ONLY]");
  }

  @Test
  void theStatesOfAnExecutionAreListedInTheRecordedOrder() {
    refused(
        "ListExecutionsInput",
        Json.object().put("statusFilter", "SOME"),
        ONE
            + "Value 'SOME' at 'statusFilter' failed to satisfy constraint: Member must satisfy"
            + " enum value set: [SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, FAILED, RUNNING]");
  }

  @Test
  void aNumberBeyondTheLargestDoubleIsComparedToo() throws Exception {
    refused(
        "UpdateMapRunInput",
        (ObjectNode)
            Json.MAPPER.readTree("{\"mapRunArn\":\"a\",\"toleratedFailurePercentage\":1e400}"),
        ONE
            + "Value 'Infinity' at 'toleratedFailurePercentage' failed to satisfy constraint:"
            + " Member must have value less than or equal to 100");
  }

  @Test
  void aValueOfTheWrongTypeIsNotRead() {
    assertThatThrownBy(
            () ->
                InputConstraints.check("DeleteActivityInput", Json.object().put("activityArn", 1)))
        .isInstanceOf(AwsException.class)
        .hasMessage("NUMBER_VALUE can not be converted to a String");
  }

  @Test
  void absentParametersAreNotChecked() {
    assertThatCode(
            () -> InputConstraints.check("ListActivitiesInput", Json.object().putNull("nextToken")))
        .doesNotThrowAnyException();
  }

  private static void refused(String shape, ObjectNode input, String message) {
    assertThatThrownBy(() -> InputConstraints.check(shape, input)).hasMessage(message);
  }
}
