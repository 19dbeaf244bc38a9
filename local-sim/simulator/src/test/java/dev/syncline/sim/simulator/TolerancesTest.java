// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Tolerances.Tolerated;
import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.service.settings.Tolerance;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What AWS refuses, refused and tolerated, with the start of the clock. */
@Timeout(60)
class TolerancesTest {
  private static final String TEMPLATE =
      """
      Resources:
        Queue:
          Type: AWS::SQS::Queue
          Properties:
            VisibilityTimeoutSeconds: 30
            DelaySeconds: 5
            Tags:
              - Key: a
                Value: b
                Shade: c
        Role:
          Type: AWS::IAM::Role
          Properties:
            AssumeRolePolicyDocument:
              Version: '2012-10-17'
              Statement:
                - Effect: Allow
                  Principal: {Service: appsync.amazonaws.com}
                  Action: sts:AssumeRole
            ManagedPolicyArns:
              - arn:aws:iam::aws:policy/ReadOnlyAccess
              - !Sub arn:${AWS::Partition}:iam::aws:policy/service-role/AppSyncPushToCloudWatchLogs
        Api:
          Type: AWS::AppSync::Api
          Properties:
            Name: api
            EventConfig:
              AuthProviders: [{AuthType: API_KEY}]
              ConnectionAuthModes: [{AuthType: API_KEY}]
              DefaultPublishAuthModes: [{AuthType: API_KEY}]
              DefaultSubscribeAuthModes: [{AuthType: API_KEY}]
        Key:
          Type: AWS::AppSync::ApiKey
          Properties:
            ApiId: !GetAtt Api.ApiId
            Description: long ago
            Expires: 1735689600
      """;
  private static final Instant LATER = Instant.parse("2026-06-01T00:00:00Z");

  @TempDir private Path work = Path.of(".");

  private Simulator start(Instant now, Set<Tolerance> tolerated) {
    return Simulator.start(
        SimulatorConfig.defaults(work)
            .withPort(0, -1)
            .withExecutor(FunctionExecutor.IN_PROCESS, 1)
            .withStart(now)
            .withTolerances(tolerated));
  }

  private static JsonNode call(Simulator simulator, String operation, ObjectNode input) {
    return simulator
        .dispatcher()
        .call("cloudformation", operation, input, simulator.internalCall())
        .json();
  }

  /** Creates the stack and returns what became of its resources: name, status, reason. */
  private static List<String> create(Simulator simulator) {
    ObjectNode stack = Json.object().put("StackName", "s").put("OnFailure", "DO_NOTHING");
    stack.put("TemplateBody", TEMPLATE).putArray("Capabilities").add("CAPABILITY_IAM");
    call(simulator, "CreateStack", stack);
    ObjectNode named = Json.object().put("StackName", "s");
    while (call(simulator, "DescribeStacks", named)
        .at("/Stacks/0/StackStatus")
        .asText()
        .endsWith("IN_PROGRESS")) {
      Thread.onSpinWait();
    }
    return StreamSupport.stream(
            call(simulator, "DescribeStackEvents", named).path("StackEvents").spliterator(), false)
        .filter(event -> !event.path("ResourceStatus").asText().endsWith("IN_PROGRESS"))
        .map(
            event ->
                event.path("LogicalResourceId").asText()
                    + " "
                    + event.path("ResourceStatus").asText()
                    + " "
                    + event.path("ResourceStatusReason").asText())
        .toList();
  }

  @Test
  void everyRefusalIsAwsOwnByDefault() {
    try (Simulator simulator = start(LATER, EnumSet.noneOf(Tolerance.class))) {
      assertThat(create(simulator))
          .contains(
              "Queue CREATE_FAILED Properties validation failed for resource Queue with message: #:"
                  + " extraneous key [VisibilityTimeoutSeconds] is not permitted");
    }
  }

  @Test
  void aToleratedTemplateDeploysAndEveryToleranceIsReportedWithItsLine() {
    try (Simulator simulator = start(LATER, EnumSet.allOf(Tolerance.class))) {
      assertThat(create(simulator))
          .contains(
              "s CREATE_COMPLETE ",
              "Queue CREATE_COMPLETE Tolerated unknown-properties in line 5: #: extraneous key"
                  + " [VisibilityTimeoutSeconds] is not permitted; Tolerated unknown-properties in"
                  + " line 10: #/Tags/0: extraneous key [Shade] is not permitted",
              "Role CREATE_COMPLETE Tolerated unknown-managed-policies in line 22: Policy"
                  + " arn:aws:iam::aws:policy/service-role/AppSyncPushToCloudWatchLogs does not"
                  + " exist or is not attachable.")
          .anyMatch(
              event ->
                  event.startsWith("Key CREATE_COMPLETE Tolerated key-expiry in line 37: ")
                      && event.contains("1735689600"));
      assertThat(simulator.journal().select(entry -> entry.event() instanceof Tolerated))
          .hasSize(4);
    }
  }

  @Test
  void oneToleranceLeavesTheOthersRefused() {
    try (Simulator simulator = start(LATER, EnumSet.of(Tolerance.UNKNOWN_PROPERTIES))) {
      assertThat(create(simulator))
          .anyMatch(event -> event.startsWith("Queue CREATE_COMPLETE Tolerated"))
          .anyMatch(
              event -> event.startsWith("Role CREATE_FAILED ") && event.contains("NoSuchEntity"));
    }
  }

  @Test
  void aRefusalThatDependsOnTheDateIsLeftOutByTheStartOfTheClock() {
    Instant earlier = Instant.parse("2024-11-15T00:00:00Z");
    Set<Tolerance> others =
        EnumSet.of(Tolerance.UNKNOWN_PROPERTIES, Tolerance.UNKNOWN_MANAGED_POLICIES);
    try (Simulator simulator = start(earlier, others)) {
      assertThat(simulator.clock().now()).isBetween(earlier, earlier.plusSeconds(3600));
      assertThat(create(simulator)).contains("Key CREATE_COMPLETE ");
    }
  }

  @Test
  void aPolicyOfTheCustomerThatDoesNotExistIsNeverTolerated() {
    try (Simulator simulator = start(LATER, EnumSet.allOf(Tolerance.class))) {
      var dispatcher = simulator.dispatcher();
      var context = simulator.internalCall();
      String trust =
          "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\","
              + "\"Action\":\"sts:AssumeRole\"}]}";
      ObjectNode role = Json.object().put("RoleName", "r").put("AssumeRolePolicyDocument", trust);
      dispatcher.call("iam", "CreateRole", role, context);
      ObjectNode input =
          Json.object().put("RoleName", "r").put("PolicyArn", "arn:aws:iam::111111111111:policy/x");
      assertThatThrownBy(() -> dispatcher.call("iam", "AttachRolePolicy", input, context))
          .isInstanceOf(AwsException.class);
    }
  }
}
