// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Output;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class CloudFormationServiceTest {
  private static final String TWO_GROUPS =
      """
      Description: Two groups
      Parameters:
        Days: {Type: Number, Default: 7, AllowedValues: [1, 7, 14]}
        Name: {Type: String, Default: first}
        Secret: {Type: String, NoEcho: true, Default: hidden}
      Resources:
        Second:
          Type: AWS::Logs::LogGroup
          Properties:
            LogGroupName: !Sub "${First}-second"
        First:
          Type: AWS::Logs::LogGroup
          Properties:
            LogGroupName: !Ref Name
            RetentionInDays: !Ref Days
      Outputs:
        Arn: {Value: !GetAtt Second.Arn, Description: of the second}
      """;

  private final List<FakeService.Call> calls = FakeService.callList();
  private final FakeService logs =
      new FakeService(
          "logs",
          calls,
          "CreateLogGroup",
          "DeleteLogGroup",
          "PutRetentionPolicy",
          "DeleteRetentionPolicy",
          "TagResource",
          "UntagResource");
  private final FakeService s3 = new FakeService("s3", calls, "GetObject");
  private final Fixture cfn = new Fixture(logs, s3);

  @AfterEach
  void close() {
    cfn.close();
  }

  private List<String> drain() {
    List<String> texts = calls.stream().map(FakeService.Call::toString).toList();
    calls.clear();
    return texts;
  }

  private static AwsException thrown(Runnable call) {
    try {
      call.run();
    } catch (AwsException refused) {
      return refused;
    }
    throw new AssertionError("not refused");
  }

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
  void aChangeIsMadeInPlaceWhereItCanBe() {
    cfn.create("two", TWO_GROUPS);
    drain();

    JsonNode stack = cfn.update(Fixture.stack("two", TWO_GROUPS, Map.of("Days", "14")));

    assertThat(stack.path("StackStatus").asText()).isEqualTo("UPDATE_COMPLETE");
    assertThat(drain())
        .containsExactly("PutRetentionPolicy {\"logGroupName\":\"first\",\"retentionInDays\":14}");
  }

  @Test
  void aCreateOnlyPropertyReplacesTheResourceAndThoseThatNameIt() {
    cfn.create("two", TWO_GROUPS);
    drain();

    JsonNode stack = cfn.update(Fixture.stack("two", TWO_GROUPS, Map.of("Name", "next")));

    assertThat(stack.path("StackStatus").asText()).isEqualTo("UPDATE_COMPLETE");
    assertThat(stack.path("Outputs").path(0).path("OutputValue").asText())
        .endsWith("next-second:*");
    assertThat(drain())
        .containsExactly(
            "CreateLogGroup {\"logGroupName\":\"next\"}",
            "PutRetentionPolicy {\"logGroupName\":\"next\",\"retentionInDays\":7}",
            "CreateLogGroup {\"logGroupName\":\"next-second\"}",
            "DeleteLogGroup {\"logGroupName\":\"first-second\"}",
            "DeleteLogGroup {\"logGroupName\":\"first\"}");
    assertThat(cfn.events("two"))
        .contains(
            "First UPDATE_IN_PROGRESS: Requested update requires the creation of a new physical"
                + " resource; hence creating one.");
  }

  @Test
  void aFailedUpdateRestoresTheStackAsItWas() {
    cfn.create("two", TWO_GROUPS);
    drain();
    logs.refuse("CreateLogGroup", "logGroupName", "next-second", "no");

    JsonNode stack =
        cfn.update(Fixture.stack("two", TWO_GROUPS, Map.of("Name", "next", "Days", "14")));

    assertThat(stack.path("StackStatus").asText()).isEqualTo("UPDATE_ROLLBACK_COMPLETE");
    assertThat(drain())
        .containsExactly(
            "CreateLogGroup {\"logGroupName\":\"next\"}",
            "PutRetentionPolicy {\"logGroupName\":\"next\",\"retentionInDays\":14}",
            "CreateLogGroup {\"logGroupName\":\"next-second\"}",
            "DeleteLogGroup {\"logGroupName\":\"next\"}");
    assertThat(stack.path("Parameters").toString()).contains("\"first\"").contains("\"7\"");
    assertThat(cfn.call("ListStackResources", Fixture.stack("two")).toString())
        .contains("\"PhysicalResourceId\":\"first\"")
        .contains("\"PhysicalResourceId\":\"first-second\"");

    drain();
    cfn.delete("two");
    assertThat(drain())
        .containsExactly(
            "DeleteLogGroup {\"logGroupName\":\"first-second\"}",
            "DeleteLogGroup {\"logGroupName\":\"first\"}");
  }

  @Test
  void anInPlaceChangeIsTakenBackWhenALaterOneFails() {
    String template =
        """
        Parameters:
          Days: {Type: Number}
        Resources:
          A: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: a, RetentionInDays: !Ref Days}}
          B:
            Type: AWS::Logs::LogGroup
            DependsOn: A
            Properties: {LogGroupName: b, RetentionInDays: !Ref Days}
        """;
    cfn.create(Fixture.stack("two", template, Map.of("Days", "1")));
    drain();
    logs.answer(
        "PutRetentionPolicy",
        (input, context) -> {
          if (input.json().toString().equals("{\"logGroupName\":\"b\",\"retentionInDays\":3}")) {
            throw AwsException.badRequest("InvalidParameterException", "no");
          }
          return Output.empty();
        });

    JsonNode stack = cfn.update(Fixture.stack("two", template, Map.of("Days", "3")));

    assertThat(stack.path("StackStatus").asText()).isEqualTo("UPDATE_ROLLBACK_COMPLETE");
    assertThat(drain())
        .containsExactly(
            "PutRetentionPolicy {\"logGroupName\":\"a\",\"retentionInDays\":3}",
            "PutRetentionPolicy {\"logGroupName\":\"b\",\"retentionInDays\":3}",
            "PutRetentionPolicy {\"logGroupName\":\"b\",\"retentionInDays\":1}",
            "PutRetentionPolicy {\"logGroupName\":\"a\",\"retentionInDays\":1}");
  }

  @Test
  void aResourceThatLeavesTheTemplateIsRemovedUnlessItIsRetained() {
    String template =
        """
        Resources:
          Stays: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: stays}}
          Goes: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: goes}}
          Kept:
            Type: AWS::Logs::LogGroup
            DeletionPolicy: Retain
            Properties: {LogGroupName: kept}
        """;
    cfn.create("three", template);
    drain();
    cfn.update(Fixture.stack("three", template.substring(0, template.indexOf("  Goes")), Map.of()));

    assertThat(drain()).containsExactly("DeleteLogGroup {\"logGroupName\":\"goes\"}");
    assertThat(cfn.events("three")).contains("Kept DELETE_SKIPPED", "Goes DELETE_COMPLETE");
  }

  @Test
  void whatCannotBeRemovedKeepsWhatItNeeds() {
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
  void anUpdateWithoutChangesIsRefused() {
    cfn.create("two", TWO_GROUPS);
    assertThat(
            thrown(() -> cfn.call("UpdateStack", Fixture.stack("two", TWO_GROUPS, Map.of())))
                .text())
        .isEqualTo("No updates are to be performed.");
  }

  @Test
  void theCliDeploysThroughChangeSets() {
    ObjectNode input =
        Fixture.stack("two", TWO_GROUPS, Map.of())
            .put("ChangeSetName", "deploy-1")
            .put("ChangeSetType", "CREATE");
    JsonNode made = cfn.call("CreateChangeSet", input);
    assertThat(cfn.describe("two").path("StackStatus").asText()).isEqualTo("REVIEW_IN_PROGRESS");
    ObjectNode changeSet = Fixture.stack("two").put("ChangeSetName", made.path("Id").asText());
    JsonNode described = cfn.call("DescribeChangeSet", changeSet);
    assertThat(described.path("Status").asText()).isEqualTo("CREATE_COMPLETE");
    assertThat(described.path("Changes").toString())
        .contains("\"Action\":\"Add\",\"LogicalResourceId\":\"First\"");
    assertThat(drain()).isEmpty();

    cfn.call("ExecuteChangeSet", changeSet);

    assertThat(cfn.settled("two").path("StackStatus").asText()).isEqualTo("CREATE_COMPLETE");
    assertThat(drain()).hasSize(3);

    ObjectNode again =
        Fixture.stack("two", TWO_GROUPS, Map.of())
            .put("ChangeSetName", "deploy-2")
            .put("ChangeSetType", "UPDATE");
    again = again.put("ChangeSetName", cfn.call("CreateChangeSet", again).path("Id").asText());
    ObjectNode second =
        Fixture.stack("two").put("ChangeSetName", again.get("ChangeSetName").asText());
    JsonNode empty = cfn.call("DescribeChangeSet", second);
    assertThat(empty.path("Status").asText()).isEqualTo("FAILED");
    assertThat(empty.path("StatusReason").asText())
        .startsWith("The submitted information didn't contain changes.");
    assertThat(thrown(() -> cfn.call("ExecuteChangeSet", second)).code())
        .isEqualTo("InvalidChangeSetStatus");
  }

  @Test
  void aChangeSetTellsWhatWouldBeReplaced() {
    cfn.create("two", TWO_GROUPS);
    ObjectNode input =
        Fixture.stack("two", TWO_GROUPS, Map.of("Name", "next")).put("ChangeSetName", "c");
    JsonNode made = cfn.call("CreateChangeSet", input);
    JsonNode changes =
        cfn.call(
                "DescribeChangeSet",
                Fixture.stack("two").put("ChangeSetName", made.path("Id").asText()))
            .path("Changes");

    assertThat(changes.path(0).path("ResourceChange").path("LogicalResourceId").asText())
        .isEqualTo("First");
    assertThat(changes.path(0).path("ResourceChange").path("Replacement").asText())
        .isEqualTo("True");
    assertThat(changes.path(1).path("ResourceChange").path("Replacement").asText())
        .isEqualTo("Conditional");
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
                                "x", "Resources: {A: {Type: AWS::DynamoDB::Table}}", Map.of())))
                .text())
        .contains("local-sim does not support", "which AWS has: [AWS::DynamoDB::Table]");
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
        .contains("A CREATE_FAILED: Encountered unsupported property Colour");
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
  void aChangeSetsNameIsTakenUntilItHasBeenExecuted() {
    ObjectNode input =
        Fixture.stack("two", TWO_GROUPS, Map.of())
            .put("ChangeSetName", "deploy-1")
            .put("ChangeSetType", "CREATE");
    cfn.call("CreateChangeSet", input);
    assertThat(thrown(() -> cfn.call("CreateChangeSet", input)).code())
        .isEqualTo("AlreadyExistsException");
    ObjectNode named = Fixture.stack("two").put("ChangeSetName", "deploy-1");
    cfn.call("ExecuteChangeSet", named);
    cfn.settled("two");

    ObjectNode next =
        Fixture.stack("two", TWO_GROUPS, Map.of("Days", "14"))
            .put("ChangeSetName", "deploy-1")
            .put("ChangeSetType", "UPDATE");
    String second = cfn.call("CreateChangeSet", next).path("Id").asText();
    JsonNode found = cfn.call("DescribeChangeSet", named);
    assertThat(found.path("ChangeSetId").asText()).isEqualTo(second);
    assertThat(found.path("ExecutionStatus").asText()).isEqualTo("AVAILABLE");
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

  @Test
  void theTemplateMayLieInS3AndComesBackAsItWasSent() {
    s3.answer(
        "GetObject",
        (input, context) -> Output.raw(200, Map.of(), TWO_GROUPS.getBytes(StandardCharsets.UTF_8)));
    for (String url :
        List.of(
            "https://s3.us-east-1.amazonaws.com/bucket/dir/key.yaml",
            "https://s3.amazonaws.com/bucket/dir/key.yaml",
            "https://bucket.s3.amazonaws.com/dir/key.yaml",
            "http://127.0.0.1:4566/bucket/dir/key.yaml")) {
      cfn.create(Fixture.stack("two").put("TemplateURL", url));
      assertThat(drain())
          .first()
          .isEqualTo("GetObject {\"Bucket\":\"bucket\",\"Key\":\"dir/key.yaml\"}");
      assertThat(cfn.call("GetTemplate", Fixture.stack("two")).path("TemplateBody").asText())
          .isEqualTo(TWO_GROUPS);
      cfn.delete("two");
      drain();
    }
    assertThatThrownBy(
            () ->
                cfn.call(
                    "CreateStack",
                    Fixture.stack("x").put("TemplateURL", "https://example.com/a/b")))
        .hasMessageContaining("supported URL");
  }

  @Test
  void aTemplateIsSummarised() {
    JsonNode summary =
        cfn.call(
            "GetTemplateSummary",
            Fixture.stack("x", TWO_GROUPS, Map.of()).without(List.of("StackName", "Parameters")));
    assertThat(summary.path("Parameters").path(0).toString())
        .isEqualTo(
            "{\"ParameterKey\":\"Days\",\"NoEcho\":false,\"DefaultValue\":\"7\","
                + "\"ParameterType\":\"Number\","
                + "\"ParameterConstraints\":{\"AllowedValues\":[\"1\",\"7\",\"14\"]}}");
    assertThat(summary.path("ResourceTypes").toString()).isEqualTo("[\"AWS::Logs::LogGroup\"]");
    assertThat(summary.path("Description").asText()).isEqualTo("Two groups");
  }

  @Test
  void eventsComeInPages() {
    var template = new StringBuilder("Resources:\n");
    for (int i = 0; i < 60; i++) {
      template.append("  G").append(i).append(": {Type: AWS::Logs::LogGroup}\n");
    }
    cfn.create("many", template.toString());
    JsonNode first = cfn.call("DescribeStackEvents", Fixture.stack("many"));
    assertThat(first.path("StackEvents")).hasSize(100);
    JsonNode rest =
        cfn.call(
            "DescribeStackEvents",
            Fixture.stack("many").put("NextToken", first.path("NextToken").asText()));
    assertThat(rest.path("StackEvents")).hasSize(22);
    assertThat(rest.has("NextToken")).isFalse();
  }

  @Test
  void whatHappensToAStackIsInTheJournal() {
    cfn.create("two", TWO_GROUPS);
    assertThat(
            cfn.journal.select(entry -> entry.event().type().equals("cloudformation.StackEvent")))
        .extracting(entry -> entry.event().details().get("status"))
        .startsWith("CREATE_IN_PROGRESS")
        .endsWith("CREATE_COMPLETE");
  }

  /** The creation of a stack goes on when the latch opens. */
  private CountDownLatch slowCreation() {
    var go = new CountDownLatch(1);
    logs.answer(
        "CreateLogGroup",
        (input, context) -> {
          try {
            go.await();
          } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
          }
          return Output.empty();
        });
    return go;
  }

  @Test
  void whoAsksForAStackInMidOperationIsAnsweredAtItsEnd() {
    CountDownLatch go = slowCreation();
    int timers = cfn.clock.pendingTimers();
    cfn.call("CreateStack", Fixture.stack("two", TWO_GROUPS, Map.of()));
    CompletableFuture<JsonNode> answer =
        CompletableFuture.supplyAsync(() -> cfn.describe("two"), Thread::startVirtualThread);
    while (cfn.clock.pendingTimers() == timers) {
      Thread.onSpinWait();
    }
    go.countDown();
    assertThat(answer.join().path("StackStatus").asText()).isEqualTo("CREATE_COMPLETE");
  }

  @ParameterizedTest
  @MethodSource
  void anOperationThatTakesLongIsToldAsItStands(ClockMode mode) {
    CountDownLatch go = slowCreation();
    try (Fixture other = new Fixture(mode, logs, s3)) {
      other.call("CreateStack", Fixture.stack("two", TWO_GROUPS, Map.of()));
      assertThat(other.describe("two").path("StackStatus").asText())
          .isEqualTo("CREATE_IN_PROGRESS");
      go.countDown();
      assertThat(other.settled("two").path("StackStatus").asText()).isEqualTo("CREATE_COMPLETE");
    }
  }

  static List<ClockMode> anOperationThatTakesLongIsToldAsItStands() {
    return List.of(new ClockMode.Scaled(1_000), new ClockMode.Manual());
  }
}
