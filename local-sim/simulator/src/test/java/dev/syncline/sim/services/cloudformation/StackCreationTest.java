// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Creation and deletion of stacks, and the remains of a failed creation. */
class StackCreationTest extends StackFixture {
  @Test
  void resourcesAreMadeInDependencyOrderAndRemovedInReverse() {
    JsonNode stack = cfn.create("two", TWO_GROUPS);

    assertThat(stack.path("StackStatus").asText()).isEqualTo("CREATE_COMPLETE");
    assertThat(stack.path("Outputs").toString())
        .isEqualTo(
            "[{\"OutputKey\":\"Arn\",\"OutputValue\":\"arn:aws:logs:us-east-1:111122223333:log-group:first-second:*\",\"Description\":\"of"
                + " the second\"}]");
    assertThat(stack.path("Parameters").toString())
        .contains("{\"ParameterKey\":\"Days\",\"ParameterValue\":\"7\"}")
        .contains("{\"ParameterKey\":\"Secret\",\"ParameterValue\":\"****\"}");
    assertThat(drain())
        .containsExactly(
            "CreateLogGroup {\"logGroupName\":\"first\"}",
            "PutRetentionPolicy {\"logGroupName\":\"first\",\"retentionInDays\":7}",
            "CreateLogGroup {\"logGroupName\":\"first-second\"}");

    assertThat(cfn.delete("two").path("StackStatus").asText()).isEqualTo("DELETE_COMPLETE");
    assertThat(drain())
        .containsExactly(
            "DeleteLogGroup {\"logGroupName\":\"first-second\"}",
            "DeleteLogGroup {\"logGroupName\":\"first\"}");
  }

  @Test
  void aFailureTakesBackWhatWasMadeAndNamesTheResource() {
    logs.refuse("CreateLogGroup", "logGroupName", "first-second", "too many groups");

    JsonNode stack = cfn.create("two", TWO_GROUPS);

    assertThat(stack.path("StackStatus").asText()).isEqualTo("ROLLBACK_COMPLETE");
    assertThat(cfn.events("two"))
        .containsExactly(
            "two CREATE_IN_PROGRESS: User Initiated",
            "First CREATE_IN_PROGRESS",
            "First CREATE_COMPLETE",
            "Second CREATE_IN_PROGRESS",
            "Second CREATE_FAILED: too many groups (Status Code: 400; Error Code:"
                + " LimitExceededException)",
            "two ROLLBACK_IN_PROGRESS: The following resource(s) failed to create: [Second]."
                + " Rollback requested by user.",
            "First DELETE_IN_PROGRESS",
            "First DELETE_COMPLETE",
            "two ROLLBACK_COMPLETE");
    assertThat(drain()).last().isEqualTo("DeleteLogGroup {\"logGroupName\":\"first\"}");
    assertThat(stack.path("Outputs")).isEmpty();
    assertThat(
            thrown(() -> cfn.call("UpdateStack", Fixture.stack("two", TWO_GROUPS, Map.of())))
                .text())
        .contains("is in ROLLBACK_COMPLETE state and can not be updated");
  }

  @Test
  void aResourceThatFailsHalfWayLeavesNothingBehind() {
    logs.answer(
        "PutRetentionPolicy",
        (input, context) -> {
          throw AwsException.badRequest("InvalidParameterException", "bad days");
        });

    cfn.create("two", TWO_GROUPS);

    assertThat(drain()).contains("DeleteLogGroup {\"logGroupName\":\"first\"}");
  }

  @Test
  void onFailureDeleteLeavesTheStackToBeFoundByItsArnOnly() {
    logs.refuse("CreateLogGroup", "logGroupName", "first-second", "no");
    ObjectNode input = Fixture.stack("two", TWO_GROUPS, Map.of()).put("OnFailure", "DELETE");

    JsonNode stack = cfn.create(input);

    assertThat(stack.path("StackStatus").asText()).isEqualTo("DELETE_COMPLETE");
    AwsException refused = thrown(() -> cfn.describe("two"));
    assertThat(refused.code()).isEqualTo("ValidationError");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text()).isEqualTo("Stack with id two does not exist");
  }

  @Test
  void disableRollbackLeavesEverythingAsItIs() {
    logs.refuse("CreateLogGroup", "logGroupName", "first-second", "no");
    ObjectNode input = Fixture.stack("two", TWO_GROUPS, Map.of()).put("DisableRollback", true);

    assertThat(cfn.create(input).path("StackStatus").asText()).isEqualTo("CREATE_FAILED");
    assertThat(drain()).noneMatch(call -> call.startsWith("Delete"));
  }

  @Test
  void aResourceThatCannotBeRemovedKeepsItsDependencies() {
    cfn.create("two", TWO_GROUPS);
    logs.refuse("DeleteLogGroup", "logGroupName", "first-second", "in use");
    drain();

    JsonNode stack = cfn.delete("two");

    assertThat(stack.path("StackStatus").asText()).isEqualTo("DELETE_FAILED");
    assertThat(stack.path("StackStatusReason").asText()).contains("[Second]");
    assertThat(drain()).containsExactly("DeleteLogGroup {\"logGroupName\":\"first-second\"}");
  }

  @Test
  void somethingGoneAlreadyCountsAsRemoved() {
    cfn.create("two", TWO_GROUPS);
    logs.answer(
        "DeleteLogGroup",
        (input, context) -> {
          throw AwsException.badRequest("ResourceNotFoundException", "no such group");
        });

    assertThat(cfn.delete("two").path("StackStatus").asText()).isEqualTo("DELETE_COMPLETE");
  }

  @Test
  void badInputIsRefusedAtOnceAndMakesNothing() {
    assertThat(
            thrown(
                    () ->
                        cfn.call(
                            "CreateStack", Fixture.stack("two", TWO_GROUPS, Map.of("Days", "8"))))
                .text())
        .contains("'Days'");
    assertThat(
            thrown(
                    () ->
                        cfn.call(
                            "CreateStack",
                            Fixture.stack(
                                "x", "Resources: {A: {Type: AWS::Kinesis::Stream}}", Map.of())))
                .text())
        .contains("local-sim does not support", "which AWS has: [AWS::Kinesis::Stream]");
    assertThat(
            thrown(() -> cfn.call("CreateStack", Fixture.stack("no_name", TWO_GROUPS, Map.of())))
                .text())
        .contains("no_name");
    assertThat(thrown(() -> cfn.call("CreateStack", Fixture.stack("x"))).text())
        .isEqualTo("Either Template URL or Template Body must be specified.");
    assertThat(
            thrown(
                    () ->
                        cfn.call(
                            "CreateStack",
                            Fixture.stack("x", TWO_GROUPS + "#".repeat(52_000), Map.of())))
                .text())
        .contains("51200");
    assertThat(drain()).isEmpty();
    assertThat(cfn.call("ListStacks", Fixture.stack("x").without("StackName")).toString())
        .isEqualTo("{\"StackSummaries\":[]}");
  }

  @Test
  void aPropertyThatIsNotSupportedFailsTheResourceNamingIt() {
    cfn.create(
        "x",
        "Resources: {A: {Type: AWS::Logs::LogGroup, Properties: {Colour: red,"
            + " RetentionInDays: 7}}}");
    assertThat(cfn.events("x"))
        .contains(
            "A CREATE_FAILED: Properties validation failed for resource A with message: #:"
                + " extraneous key [Colour] is not permitted");
  }

  @Test
  void aWrongTypeFailsTheResourceNamingTheProperty() {
    cfn.create(
        "x", "Resources: {A: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: soon}}}");
    assertThat(cfn.events("x"))
        .contains(
            "A CREATE_FAILED: Value of property RetentionInDays must be an integer, got \"soon\"");
  }

  @Test
  void iamResourcesNeedTheirCapability() {
    String role =
        "Resources: {R: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {}%s}}}";
    AwsException plain =
        thrown(() -> cfn.call("CreateStack", Fixture.stack("x", role.formatted(""), Map.of())));
    assertThat(plain.code()).isEqualTo("InsufficientCapabilitiesException");
    assertThat(plain.text()).isEqualTo("Requires capabilities : [CAPABILITY_IAM]");
    ObjectNode named = Fixture.stack("x", role.formatted(", RoleName: r"), Map.of());
    named.putArray("Capabilities").add("CAPABILITY_IAM");
    assertThat(thrown(() -> cfn.call("CreateStack", named)).text())
        .isEqualTo("Requires capabilities : [CAPABILITY_NAMED_IAM]");
  }

  @Test
  void aNameIsTakenUntilTheStackIsDeleted() {
    cfn.create("two", TWO_GROUPS);
    assertThat(
            thrown(() -> cfn.call("CreateStack", Fixture.stack("two", TWO_GROUPS, Map.of())))
                .code())
        .isEqualTo("AlreadyExistsException");
    cfn.delete("two");
    assertThat(cfn.create("two", TWO_GROUPS).path("StackStatus").asText())
        .isEqualTo("CREATE_COMPLETE");
    cfn.call("DeleteStack", Fixture.stack("never-was"));
  }

  @Test
  void anExportInUseCannotGo() {
    cfn.create(
        "giver",
        """
        Resources:
          A: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: shared}}
        Outputs:
          Name: {Value: !Ref A, Export: {Name: !Sub "${AWS::StackName}-name"}}
        """);
    cfn.create(
        "taker",
        """
        Resources:
          B:
            Type: AWS::Logs::LogGroup
            Properties: {LogGroupName: !Join ["-", [!ImportValue giver-name, mine]]}
        """);

    assertThat(drain()).contains("CreateLogGroup {\"logGroupName\":\"shared-mine\"}");
    assertThat(cfn.call("ListExports", Fixture.stack("x").without("StackName")).toString())
        .contains("\"Name\":\"giver-name\",\"Value\":\"shared\"");
    JsonNode refused = cfn.delete("giver");
    assertThat(refused.path("StackStatus").asText()).isEqualTo("DELETE_FAILED");
    assertThat(refused.path("StackStatusReason").asText()).contains("giver-name", "taker");
    cfn.delete("taker");
    assertThat(cfn.delete("giver").path("StackStatus").asText()).isEqualTo("DELETE_COMPLETE");
  }
}
