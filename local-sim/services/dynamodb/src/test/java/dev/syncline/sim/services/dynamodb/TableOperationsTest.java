// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import static dev.syncline.sim.services.dynamodb.DynamoDbCalls.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.settings.DynamoDbSettings;
import dev.syncline.sim.service.settings.Wording;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Creation, listing and deletion of tables. */
class TableOperationsTest extends TableFixture {
  @Test
  void createTableAnswersCreatingAndTheNextDescribeTableActive() {
    JsonNode created =
        room.call("CreateTable", "{'TableName':'abc'," + TWO + "," + UNITS + "}")
            .path("TableDescription");
    String id = created.path("TableId").asText();
    assertThat(created)
        .isEqualTo(
            json(
                "{'AttributeDefinitions':[{'AttributeName':'a','AttributeType':'S'},"
                    + "{'AttributeName':'b','AttributeType':'S'}],'TableName':'abc',"
                    + "'KeySchema':[{'AttributeName':'a','KeyType':'HASH'},"
                    + "{'AttributeName':'b','KeyType':'RANGE'}],'TableStatus':'CREATING',"
                    + "'CreationDateTime':1772600767.000,"
                    + "'ProvisionedThroughput':{'NumberOfDecreasesToday':0,"
                    + "'ReadCapacityUnits':1,'WriteCapacityUnits':1},"
                    + "'TableSizeBytes':0,'ItemCount':0,"
                    + "'TableArn':'arn:aws:dynamodb:us-east-1:111111111111:table/abc',"
                    + "'TableId':'"
                    + id
                    + "','DeletionProtectionEnabled':false}"));
    JsonNode described = room.describe("abc");
    assertThat(described.path("TableStatus").asText()).isEqualTo("ACTIVE");
    assertThat(described.path("TableId").asText()).isEqualTo(id);
    assertThat(described.path("WarmThroughput"))
        .isEqualTo(json("{'ReadUnitsPerSecond':1,'WriteUnitsPerSecond':1,'Status':'ACTIVE'}"));
    assertThat(described.has("BillingModeSummary")).isFalse();
    assertThat(described.has("SSEDescription")).isFalse();
  }

  @Test
  void anOnDemandTableShowsItsBillingModeAndWarmThroughput() {
    room.createTable("abc");
    JsonNode described = room.describe("abc");
    assertThat(described.path("BillingModeSummary").path("BillingMode").asText())
        .isEqualTo("PAY_PER_REQUEST");
    assertThat(described.path("BillingModeSummary").path("LastUpdateToPayPerRequestDateTime"))
        .isEqualTo(described.path("CreationDateTime"));
    assertThat(described.path("ProvisionedThroughput").path("ReadCapacityUnits").asInt()).isZero();
    assertThat(described.path("WarmThroughput"))
        .isEqualTo(
            json("{'ReadUnitsPerSecond':12000,'WriteUnitsPerSecond':4000,'Status':'ACTIVE'}"));
  }

  @Test
  void aGlobalIndexMayHaveSeveralHashAndRangeAttributes() {
    String keys =
        "{'AttributeName':'a','KeyType':'HASH'},{'AttributeName':'b','KeyType':'HASH'},"
            + "{'AttributeName':'c','KeyType':'RANGE'},{'AttributeName':'d','KeyType':'RANGE'}";
    room.call(
        "CreateTable",
        "{'TableName':'abc','AttributeDefinitions':[{'AttributeName':'a','AttributeType':'S'},"
            + "{'AttributeName':'b','AttributeType':'N'},{'AttributeName':'c','AttributeType':'B'},"
            + "{'AttributeName':'d','AttributeType':'S'}],"
            + "'KeySchema':[{'AttributeName':'a','KeyType':'HASH'}],"
            + "'BillingMode':'PAY_PER_REQUEST','GlobalSecondaryIndexes':["
            + global("index", keys, "")
            + "]}");
    assertThat(room.describe("abc").at("/GlobalSecondaryIndexes/0/KeySchema"))
        .isEqualTo(json("{'k':[" + keys + "]}").path("k"));
  }

  @Test
  void aStreamShowsItsLabelAndArn() {
    room.call(
        "CreateTable",
        "{'TableName':'abc',"
            + TWO
            + ","
            + UNITS
            + ",'StreamSpecification':{'StreamEnabled':true,'StreamViewType':'KEYS_ONLY'}}");
    JsonNode described = room.describe("abc");
    assertThat(described.path("LatestStreamLabel").asText()).isEqualTo("2026-03-04T05:06:07.000");
    assertThat(described.path("LatestStreamArn").asText())
        .isEqualTo(DynamoDbCalls.TABLE_ARN + "abc/stream/2026-03-04T05:06:07.000");
    assertThat(described.path("StreamSpecification"))
        .isEqualTo(json("{'StreamEnabled':true,'StreamViewType':'KEYS_ONLY'}"));
  }

  @Test
  void tablesAreListedByNameInPages() {
    room.createTable("bbb");
    room.createTable("aaa");
    room.createTable("ccc");
    assertThat(room.call("ListTables", "{'Limit':2}"))
        .isEqualTo(json("{'TableNames':['aaa','bbb'],'LastEvaluatedTableName':'bbb'}"));
    assertThat(room.call("ListTables", "{'Limit':2,'ExclusiveStartTableName':'bbb'}"))
        .isEqualTo(json("{'TableNames':['ccc']}"));
    room.assertInvalid(
        "ListTables",
        "{'Limit':0}",
        "1 validation error detected: "
            + row("0", "limit", "Member must have value greater than or equal to 1"));
    room.assertInvalid(
        "ListTables",
        "{'Limit':101}",
        "1 validation error detected: "
            + row("101", "limit", "Member must have value less than or equal to 100"));
  }

  @Test
  void deleteTableAnswersWithoutKeysAndTheTableIsGone() {
    room.createTable("abc");
    String id = room.describe("abc").path("TableId").asText();
    assertThat(room.call("DeleteTable", "{'TableName':'abc'}").path("TableDescription"))
        .isEqualTo(
            json(
                "{'TableName':'abc','TableStatus':'DELETING',"
                    + "'ProvisionedThroughput':{'NumberOfDecreasesToday':0,"
                    + "'ReadCapacityUnits':0,'WriteCapacityUnits':0},"
                    + "'TableSizeBytes':0,'ItemCount':0,'TableArn':'"
                    + DynamoDbCalls.TABLE_ARN
                    + "abc','TableId':'"
                    + id
                    + "','BillingModeSummary':{'BillingMode':'PAY_PER_REQUEST',"
                    + "'LastUpdateToPayPerRequestDateTime':1772600767.000},"
                    + "'DeletionProtectionEnabled':false}"));
    for (String operation : new String[] {"DescribeTable", "DeleteTable"}) {
      room.assertRefused(
          operation,
          "{'TableName':'abc'}",
          "ResourceNotFoundException",
          "Requested resource not found: Table: abc not found");
    }
  }

  @Test
  void aTableCanBeNamedByItsArn() {
    room.createTable(DynamoDbCalls.TABLE_ARN + "abc");
    assertThat(room.describe("abc").path("TableName").asText()).isEqualTo("abc");
    room.call("DeleteTable", "{'TableName':'" + DynamoDbCalls.TABLE_ARN + "abc'}");
    assertThat(room.call("ListTables", "{}").path("TableNames")).isEmpty();
  }

  @Test
  void aProtectedTableIsNotDeleted() {
    room.call(
        "CreateTable",
        "{'TableName':'abc'," + TWO + "," + UNITS + ",'DeletionProtectionEnabled':true}");
    room.assertInvalid(
        "DeleteTable",
        "{'TableName':'abc'}",
        "Resource cannot be deleted as it is currently protected against deletion. Disable"
            + " deletion protection first.");
    assertThat(room.describe("abc").path("TableStatus").asText()).isEqualTo("ACTIVE");
  }

  @Test
  void activationTakesItsDelay() {
    var settings =
        new DynamoDbSettings(Wording.NEW, Duration.ofSeconds(2), Duration.ZERO, Duration.ZERO);
    try (var slow = new DynamoDbCalls(settings)) {
      slow.createTable("abc");
      assertThat(slow.describe("abc").path("TableStatus").asText()).isEqualTo("CREATING");
      assertThat(slow.describe("abc").has("WarmThroughput")).isFalse();
      slow.assertRefused(
          "DeleteTable",
          "{'TableName':'abc'}",
          "ResourceInUseException",
          "Attempt to change a resource which is still in use: Table is being created: abc");
      slow.clock.advance(Duration.ofSeconds(2));
      assertThat(slow.describe("abc").path("TableStatus").asText()).isEqualTo("ACTIVE");
      slow.call("DeleteTable", "{'TableName':'abc'}");
      assertThat(slow.describe("abc").path("TableStatus").asText()).isEqualTo("DELETING");
      slow.clock.advance(Duration.ofSeconds(2));
      assertThat(slow.call("ListTables", "{}").path("TableNames")).isEmpty();
    }
  }
}
