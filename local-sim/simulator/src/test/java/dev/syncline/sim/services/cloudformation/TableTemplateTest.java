// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import static dev.syncline.sim.services.cloudformation.WholeStacks.output;
import static dev.syncline.sim.services.cloudformation.WholeStacks.stack;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.testing.WholeSimulator;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Stacks with tables of DynamoDB. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TableTemplateTest {
  private static final String TEMPLATE =
      """
      Resources:
        Table:
          Type: AWS::DynamoDB::Table
          Properties:
            TableName: %s
            BillingMode: PAY_PER_REQUEST
            AttributeDefinitions:
              - {AttributeName: p, AttributeType: %s}
              - {AttributeName: g, AttributeType: S}
              %s
            KeySchema: [{AttributeName: p, KeyType: HASH}]
            GlobalSecondaryIndexes:
              - IndexName: first
                KeySchema: [{AttributeName: g, KeyType: HASH}]
                Projection: {ProjectionType: ALL}
              %s
            %s
      Outputs:
        Name: {Value: !Ref Table}
        Arn: {Value: !GetAtt Table.Arn}
        Stream: {Value: !GetAtt Table.StreamArn}
      """;
  private static final String STREAM = "StreamSpecification: {StreamViewType: KEYS_ONLY}";

  @TempDir Path work;

  private static String template(
      String name, String type, String definitions, String indexes, String... properties) {
    return TEMPLATE.formatted(
        name, type, definitions, indexes, String.join("\n      ", properties));
  }

  @Test
  void aTableIsMadeChangedAndDeleted() {
    try (var aws = new WholeSimulator(work)) {
      JsonNode made =
          stack(
              aws,
              "CreateStack",
              template(
                  "orders",
                  "S",
                  "",
                  "",
                  STREAM,
                  "TimeToLiveSpecification: {AttributeName: t, Enabled: true}",
                  "PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}",
                  "SSESpecification: {SSEEnabled: true}",
                  "ResourcePolicy: {PolicyDocument: {Statement: []}}",
                  "ContributorInsightsSpecification: {Enabled: true}",
                  "Tags: [{Key: a, Value: b}, {Key: c, Value: d}]"),
              "CREATE_COMPLETE");
      assertThat(output(made, "Name")).isEqualTo("orders");
      JsonNode table = describe(aws, "orders");
      assertThat(output(made, "Arn")).isEqualTo(table.path("TableArn").asText());
      assertThat(output(made, "Stream")).isEqualTo(table.path("LatestStreamArn").asText());
      assertThat(table.at("/SSEDescription/Status").asText()).isEqualTo("ENABLED");
      assertThat(
              aws.call("dynamodb", "DescribeTimeToLive", "{'TableName':'orders'}")
                  .at("/TimeToLiveDescription/AttributeName")
                  .asText())
          .isEqualTo("t");

      JsonNode changed =
          stack(
              aws,
              "UpdateStack",
              template(
                  "orders",
                  "S",
                  "- {AttributeName: h, AttributeType: N}",
                  "- {IndexName: second, KeySchema: [{AttributeName: h, KeyType: HASH}],"
                      + " Projection: {ProjectionType: KEYS_ONLY}}",
                  "StreamSpecification: {StreamViewType: NEW_IMAGE}",
                  "TimeToLiveSpecification: {AttributeName: u, Enabled: true}",
                  "OnDemandThroughput: {MaxReadRequestUnits: 10}",
                  "TableClass: STANDARD_INFREQUENT_ACCESS",
                  "Tags: [{Key: a, Value: x}]"),
              "UPDATE_COMPLETE");
      JsonNode updated = describe(aws, "orders");
      assertThat(updated.path("TableId")).isEqualTo(table.path("TableId"));
      assertThat(updated.path("GlobalSecondaryIndexes")).hasSize(2);
      assertThat(output(changed, "Stream"))
          .isEqualTo(updated.path("LatestStreamArn").asText())
          .isNotEqualTo(output(made, "Stream"));
      assertThat(updated.has("SSEDescription")).isFalse();
      assertThat(updated.at("/OnDemandThroughput/MaxReadRequestUnits").asInt()).isEqualTo(10);
      assertThat(updated.at("/TableClassSummary/TableClass").asText())
          .isEqualTo("STANDARD_INFREQUENT_ACCESS");
      assertThat(
              aws.call("dynamodb", "DescribeTimeToLive", "{'TableName':'orders'}")
                  .at("/TimeToLiveDescription/AttributeName")
                  .asText())
          .isEqualTo("u");
      assertThat(
              aws.call("dynamodb", "DescribeContinuousBackups", "{'TableName':'orders'}")
                  .findValue("PointInTimeRecoveryStatus")
                  .asText())
          .isEqualTo("DISABLED");
      assertThat(
              aws.call(
                      "dynamodb",
                      "ListTagsOfResource",
                      "{'ResourceArn':'" + output(made, "Arn") + "'}")
                  .path("Tags")
                  .toString())
          .isEqualTo("[{\"Key\":\"a\",\"Value\":\"x\"}]");

      aws.call("cloudformation", "DeleteStack", "{'StackName':'s'}");
      aws.until(
          entry ->
              StackEvent.STACK_TYPE.equals(entry.event().details().get("resourceType"))
                  && "DELETE_COMPLETE".equals(entry.event().details().get("status")));
      assertThat(aws.call("dynamodb", "ListTables", "{}").path("TableNames")).isEmpty();
    }
  }

  @Test
  void aKeyOfAnotherTypeReplacesATableThatHasNoNameOfItsOwn() {
    try (var aws = new WholeSimulator(work)) {
      String unnamed = "!Ref AWS::NoValue";
      String first =
          output(
              stack(aws, "CreateStack", template(unnamed, "S", "", "", STREAM), "CREATE_COMPLETE"),
              "Name");
      assertThat(first).matches("s-Table-[A-Z0-9]{12}");
      String second =
          output(
              stack(aws, "UpdateStack", template(unnamed, "N", "", "", STREAM), "UPDATE_COMPLETE"),
              "Name");
      assertThat(second).isNotEqualTo(first);
      assertThat(aws.call("dynamodb", "ListTables", "{}").path("TableNames").toString())
          .isEqualTo("[\"" + second + "\"]");
    }
  }

  @Test
  void oneUpdateChangesOneIndexOnly() {
    try (var aws = new WholeSimulator(work)) {
      stack(aws, "CreateStack", template("orders", "S", "", "", STREAM), "CREATE_COMPLETE");
      String index =
          "- {IndexName: %s, KeySchema: [{AttributeName: g, KeyType: HASH}],"
              + " Projection: {ProjectionType: ALL}}\n        ";
      stack(
          aws,
          "UpdateStack",
          template("orders", "S", "", index.formatted("second") + index.formatted("third"), STREAM),
          "UPDATE_ROLLBACK_COMPLETE");
      assertThat(describe(aws, "orders").path("GlobalSecondaryIndexes")).hasSize(1);
      assertThat(aws.call("cloudformation", "DescribeStackEvents", "{'StackName':'s'}").toString())
          .contains("Cannot perform more than one GSI creation or deletion in a single update");
    }
  }

  @Test
  void aGlobalTableWithOneReplicaIsATable() {
    String template =
        """
        Resources:
          Table:
            Type: AWS::DynamoDB::GlobalTable
            Properties:
              AttributeDefinitions: [{AttributeName: p, AttributeType: S}]
              KeySchema: [{AttributeName: p, KeyType: HASH}]
              BillingMode: PROVISIONED
              WriteProvisionedThroughputSettings:
                WriteCapacityAutoScalingSettings:
                  MinCapacity: %s
                  MaxCapacity: 20
                  TargetTrackingScalingPolicyConfiguration: {TargetValue: 70}
              StreamSpecification: {StreamViewType: NEW_IMAGE}
              Replicas:
                - Region: %s
                  ReadProvisionedThroughputSettings: {ReadCapacityUnits: 5}
                  Tags: [{Key: a, Value: b}]
        Outputs:
          Name: {Value: !Ref Table}
          Arn: {Value: !GetAtt Table.Arn}
          Stream: {Value: !GetAtt Table.StreamArn}
          Id: {Value: !GetAtt Table.TableId}
        """;
    try (var aws = new WholeSimulator(work)) {
      JsonNode made =
          stack(aws, "CreateStack", template.formatted(3, "us-east-1"), "CREATE_COMPLETE");
      JsonNode table = describe(aws, output(made, "Name"));
      assertThat(output(made, "Id")).isEqualTo(table.path("TableId").asText());
      assertThat(table.at("/ProvisionedThroughput/ReadCapacityUnits").asInt()).isEqualTo(5);
      assertThat(table.at("/ProvisionedThroughput/WriteCapacityUnits").asInt()).isEqualTo(3);
      assertThat(table.has("Replicas")).isFalse();
      stack(aws, "UpdateStack", template.formatted(4, "us-east-1"), "UPDATE_COMPLETE");
      assertThat(
              describe(aws, output(made, "Name"))
                  .at("/ProvisionedThroughput/WriteCapacityUnits")
                  .asInt())
          .isEqualTo(4);
      stack(aws, "UpdateStack", template.formatted(4, "eu-west-1"), "UPDATE_ROLLBACK_COMPLETE");
    }
  }

  private static JsonNode describe(WholeSimulator aws, String name) {
    return aws.call("dynamodb", "DescribeTable", "{'TableName':'" + name + "'}").path("Table");
  }
}
