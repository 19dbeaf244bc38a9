// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.stepfunctions.integration.SdkNames;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** State machines from creation to deletion, as recorded from AWS, on a manual clock. */
class MachineLifecycleTest extends StepFunctionsFixture {
  private static final String ARN = "arn:aws:states:us-east-1:111111111111:stateMachine:m";
  private static final String WAIT_TWICE =
      "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Wait\",\"Seconds\":5,\"Next\":\"B\"},"
          + "\"B\":{\"Type\":\"Wait\",\"Seconds\":600,\"End\":true}}}";

  @Test
  void aCreationIsRepeatedWithTheSameVersionDescriptionOnly() {
    ObjectNode published = machine().put("publish", true).put("versionDescription", "one");
    JsonNode created = call("CreateStateMachine", published.deepCopy());

    assertThat(call("CreateStateMachine", published.deepCopy())).isEqualTo(created);
    assertThatThrownBy(
            () -> call("CreateStateMachine", published.deepCopy().put("versionDescription", "two")))
        .hasMessage(
            "State Machine Already Exists: This state machine was already created with a published"
                + " version using a different description.");
  }

  @Test
  void executionsOfADeletedMachineAreGoneWithIt() {
    call("CreateStateMachine", machine());
    JsonNode started = call("StartExecution", arn().put("name", "n"));
    call("DeleteStateMachine", arn());

    for (String operation :
        new String[] {
          "DescribeExecution", "GetExecutionHistory", "DescribeStateMachineForExecution"
        }) {
      assertThatThrownBy(() -> call(operation, execution(started)))
          .as(operation)
          .hasMessage(
              "Execution Does Not Exist:"
                  + " 'arn:aws:states:us-east-1:111111111111:execution:m:n'");
    }
    assertThatThrownBy(() -> call("ListExecutions", arn()))
        .hasMessage("State Machine Does Not Exist: '" + ARN + "'");
    call("CreateStateMachine", machine());
    assertThat(call("ListExecutions", arn()).path("executions")).isEmpty();
    assertThat(call("StartExecution", arn().put("name", "n")).path("executionArn"))
        .isEqualTo(started.path("executionArn"));
  }

  @Test
  void aMachineIsDeletedOnceItsExecutionsHaveEndedAtTheirNextTransition() {
    call("CreateStateMachine", machine().put("definition", WAIT_TWICE));
    JsonNode started = call("StartExecution", arn());
    call("DeleteStateMachine", arn());

    assertThat(call("DescribeStateMachine", arn()).path("status").asText()).isEqualTo("DELETING");
    assertThat(call("DescribeExecution", execution(started)).path("status").asText())
        .isEqualTo("RUNNING");
    for (String operation : new String[] {"StartExecution", "PublishStateMachineVersion"}) {
      assertThatThrownBy(() -> call(operation, arn()))
          .as(operation)
          .isInstanceOfSatisfying(
              AwsException.class, e -> assertThat(e.code()).isEqualTo("StateMachineDeleting"));
    }
    assertThatThrownBy(() -> call("CreateStateMachine", machine()))
        .hasMessage("State Machine is being deleted: '" + ARN + "'");

    simulator.clock().advance(Duration.ofSeconds(5));
    // The transition is made on another thread.
    while (!call("ListStateMachines", Json.object()).path("stateMachines").isEmpty()) {
      Thread.onSpinWait();
    }
    assertThatThrownBy(() -> call("DescribeStateMachine", arn()))
        .hasMessage("State Machine Does Not Exist: '" + ARN + "'");
    assertThatThrownBy(() -> call("DescribeExecution", execution(started)))
        .isInstanceOfSatisfying(
            AwsException.class, e -> assertThat(e.code()).isEqualTo("ExecutionDoesNotExist"));
    assertThat(simulator.clock().pendingTimers()).isZero();
  }

  @Test
  void aVersionThatIsGoneIsNamedAsOneAndStillFiltersExecutions() {
    call("CreateStateMachine", machine().put("publish", true));
    ObjectNode version = Json.object().put("stateMachineArn", ARN + ":1");
    call("StartExecution", version.deepCopy());
    call("DeleteStateMachineVersion", Json.object().put("stateMachineVersionArn", ARN + ":1"));

    for (String operation : new String[] {"DescribeStateMachine", "StartExecution"}) {
      assertThatThrownBy(() -> call(operation, version.deepCopy()))
          .hasMessage("State Machine Version Does Not Exist: '" + ARN + ":1'");
    }
    assertThatThrownBy(() -> call("UpdateStateMachine", version.deepCopy().put("definition", PASS)))
        .hasMessage("State Machine Does Not Exist: '" + ARN + ":1'");
    assertThat(call("ListExecutions", version.deepCopy()).path("executions")).hasSize(1);
  }

  @Test
  void theArnOfAMapStateIsNoMachineToStart() {
    call("CreateStateMachine", machine());
    ObjectNode labelled = Json.object().put("stateMachineArn", ARN + "/label");

    for (String operation : new String[] {"StartExecution", "StartSyncExecution"}) {
      assertThatThrownBy(() -> call(operation, labelled.deepCopy()))
          .isInstanceOfSatisfying(
              AwsException.class,
              e ->
                  assertThat(e.members())
                      .isEqualTo(Map.of("reason", "API_DOES_NOT_SUPPORT_LABELED_ARNS")));
    }
  }

  @Test
  void anArnThatDoesNotFitIsRefusedWithTheReason() {
    assertThatThrownBy(
            () -> call("DescribeExecution", Json.object().put("executionArn", ARN + ":n")))
        .hasMessage("Invalid Arn: 'Resource type not valid in this context: stateMachine'");
    assertThatThrownBy(() -> call("DescribeActivity", Json.object().put("activityArn", "a")))
        .hasMessage("Invalid Arn: 'Invalid ARN prefix: a'");
  }

  @Test
  void anActivityIsMadeAgainUnlessItIsToBeEncryptedOtherwise() {
    ObjectNode activity = Json.object().put("name", "a");
    JsonNode created = call("CreateActivity", activity.deepCopy());

    assertThat(call("CreateActivity", tag(activity.deepCopy(), "k"))).isEqualTo(created);
    ObjectNode other = activity.deepCopy();
    other.putObject("encryptionConfiguration").put("type", "AWS_OWNED_KEY");
    assertThat(call("CreateActivity", other.deepCopy())).isEqualTo(created);
    other
        .putObject("encryptionConfiguration")
        .put("type", "CUSTOMER_MANAGED_KMS_KEY")
        .put("kmsKeyId", "k");
    assertThatThrownBy(() -> call("CreateActivity", other))
        .hasMessage("Activity Already Exists: 'arn:aws:states:us-east-1:111111111111:activity:a'");
  }

  @Test
  void anUpdateOfNothingIsToldBeforeItsDescription() {
    call("CreateStateMachine", machine());

    assertThatThrownBy(() -> call("UpdateStateMachine", arn().put("versionDescription", "d")))
        .isInstanceOfSatisfying(
            AwsException.class, e -> assertThat(e.code()).isEqualTo("MissingRequiredParameter"));
  }

  @Test
  void anUpdateThatChangesNothingKeepsItsDate() {
    call("CreateStateMachine", machine());
    String other = WAIT_TWICE;
    JsonNode changed = call("UpdateStateMachine", arn().put("definition", other));
    simulator.clock().advance(Duration.ofSeconds(9));

    assertThat(call("UpdateStateMachine", arn().put("definition", other))).isEqualTo(changed);
  }

  @Test
  void versionsHaveNoTagsAndAwsOwnTagsAreOutOfReach() {
    call("CreateStateMachine", machine().put("publish", true));
    ObjectNode version = Json.object().put("resourceArn", ARN + ":1");

    assertThat(call("ListTagsForResource", version.deepCopy()).path("tags")).isEmpty();
    assertThatThrownBy(() -> call("TagResource", tag(version.deepCopy(), "k")))
        .hasMessage("Resource not found: '" + ARN + ":1'");
    assertThatThrownBy(
            () -> call("TagResource", tag(Json.object().put("resourceArn", ARN), "aws:k")))
        .isInstanceOfSatisfying(
            AwsException.class, e -> assertThat(e.code()).isEqualTo("AccessDeniedException"))
        .hasMessage("Caller is an end user and not allowed to mutate system tags");
  }

  @Test
  void anAliasTellsWhenItWasUpdatedAndWhyARouteIsRefused() {
    call("CreateStateMachine", machine().put("publish", true));
    ObjectNode alias = Json.object().put("stateMachineAliasArn", ARN + ":live");
    call("CreateStateMachineAlias", route(Json.object().put("name", "live"), ARN + ":1", 100));

    assertThat(call("DescribeStateMachineAlias", alias.deepCopy()).has("updateDate")).isFalse();
    assertThatThrownBy(() -> call("UpdateStateMachineAlias", alias.deepCopy()))
        .hasMessage("Either description or routing configuration must be specified");
    assertThatThrownBy(
            () -> call("UpdateStateMachineAlias", route(alias.deepCopy(), ARN + ":1", 42)))
        .isInstanceOfSatisfying(
            AwsException.class,
            e ->
                assertThat(e.members())
                    .isEqualTo(Map.of("reason", "INVALID_ROUTING_CONFIGURATION")));
    call("UpdateStateMachineAlias", alias.deepCopy().put("description", "d"));
    assertThat(call("DescribeStateMachineAlias", alias.deepCopy()).has("updateDate")).isTrue();
    call("DeleteStateMachineAlias", alias.deepCopy());
    assertThatThrownBy(() -> call("DescribeStateMachineAlias", alias.deepCopy()))
        .hasMessage("Resource not found: '" + ARN + ":live'");
  }

  @Test
  void valuesAndTransitionsAreCheckedTogether() {
    String broken =
        "{\"StartAt\":\"W\",\"States\":{"
            + "\"W\":{\"Type\":\"Wait\",\"Seconds\":-1,\"Next\":\"Nowhere\"},"
            + "\"E\":{\"Type\":\"Pass\",\"End\":true}}}";

    assertThat(Json.write(validate(broken, "ERROR").path("diagnostics")))
        .contains("Minimum value is 0", "/States/W/Seconds", "Missing 'Next' target: Nowhere")
        .contains("State \\\"E\\\" is not reachable.");
  }

  @Test
  void invalidJsonIsReportedWithItsPlace() {
    JsonNode found = validate("{\"StartAt\"", "ERROR").at("/diagnostics/0");

    assertThat(found.path("code").asText()).isEqualTo("INVALID_JSON_DESCRIPTION");
    assertThat(found.path("location").asText()).contains("line: 1, column: 11");
    assertThat(validate("[1]", "ERROR").at("/diagnostics/0/message").asText())
        .isEqualTo("Definition must be a valid JSON object");
    assertThat(validate(" ", "ERROR").at("/diagnostics/0/message").asText())
        .isEqualTo("Definition must be a valid JSON object");
    // Behind the token, as the version of the parser that AWS uses counts.
    assertThat(validate("no definition", "ERROR").at("/diagnostics/0/location").asText())
        .isEqualTo("[Source: (String)\"no definition\"; line: 1, column: 3]");
  }

  @Test
  void aPathThatIsNotEvaluatedIsWarnedOf() {
    String text =
        "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true,"
            + "\"Parameters\":{\"in\":{\"a\":\"$.a\",\"b.$\":\"$.b\",\"c\":\"$5\"}}}}}";

    JsonNode warned = validate(text, "WARNING");
    assertThat(warned.path("result").asText()).isEqualTo("OK");
    assertThat(warned.path("diagnostics")).hasSize(1);
    assertThat(warned.at("/diagnostics/0/code").asText()).isEqualTo("NO_DOLLAR");
    assertThat(warned.at("/diagnostics/0/location").asText()).isEqualTo("/States/P/Parameters/in");
    assertThat(validate(text, "ERROR").path("diagnostics")).isEmpty();
  }

  @Test
  void sdkIntegrationsSpellMembersAsTheSdkForJavaDoes() {
    assertThat(SdkNames.of("MD5OfMessageBody")).isEqualTo("Md5OfMessageBody");
    assertThat(SdkNames.of("DBInstanceIdentifier")).isEqualTo("DbInstanceIdentifier");
    assertThat(SdkNames.of("ETag")).isEqualTo("ETag");
    assertThat(SdkNames.of("ACL")).isEqualTo("Acl");
    assertThat(SdkNames.of("executionArn")).isEqualTo("ExecutionArn");
  }

  private JsonNode validate(String definition, String severity) {
    return call(
        "ValidateStateMachineDefinition",
        Json.object().put("definition", definition).put("severity", severity));
  }

  private static ObjectNode machine() {
    return machine("m", PASS);
  }

  private static ObjectNode arn() {
    return Json.object().put("stateMachineArn", ARN);
  }

  private static ObjectNode tag(ObjectNode input, String key) {
    input.putArray("tags").addObject().put("key", key).put("value", "v");
    return input;
  }

  private static ObjectNode route(ObjectNode input, String version, int weight) {
    input
        .putArray("routingConfiguration")
        .addObject()
        .put("stateMachineVersionArn", version)
        .put("weight", weight);
    return input;
  }
}
