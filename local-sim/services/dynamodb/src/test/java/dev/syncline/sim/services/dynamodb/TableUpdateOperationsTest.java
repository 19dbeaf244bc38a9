// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import static dev.syncline.sim.services.dynamodb.DynamoDbCalls.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.settings.DynamoDbSettings;
import dev.syncline.sim.service.settings.Wording;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TableUpdateOperationsTest {
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final String CREATE_G =
      "'AttributeDefinitions':[{'AttributeName':'g','AttributeType':'N'}],"
          + "'GlobalSecondaryIndexUpdates':[{'Create':{'IndexName':'index',"
          + "'KeySchema':[{'AttributeName':'g','KeyType':'HASH'}],"
          + "'Projection':{'ProjectionType':'KEYS_ONLY'}}}]";
  private static final String DELETE_G =
      "'GlobalSecondaryIndexUpdates':[{'Delete':{'IndexName':'index'}}]";

  @AutoClose private final DynamoDbCalls room = new DynamoDbCalls().withTable("abc");

  @BeforeEach
  void create() {
    room.call(
        "CreateTable",
        "{'TableName':'units','AttributeDefinitions':[{'AttributeName':'p','AttributeType':'S'},"
            + "{'AttributeName':'s','AttributeType':'S'}],"
            + "'KeySchema':[{'AttributeName':'p','KeyType':'HASH'},"
            + "{'AttributeName':'s','KeyType':'RANGE'}],"
            + "'LocalSecondaryIndexes':[{'IndexName':'local','KeySchema':["
            + "{'AttributeName':'p','KeyType':'HASH'},{'AttributeName':'s','KeyType':'RANGE'}],"
            + "'Projection':{'ProjectionType':'ALL'}}],"
            + "'ProvisionedThroughput':{'ReadCapacityUnits':5,'WriteCapacityUnits':6}}");
  }

  private JsonNode update(String table, String members) {
    return room.call("UpdateTable", "{'TableName':'" + table + "'," + members + "}")
        .path("TableDescription");
  }

  private void invalid(String table, String members, String message) {
    room.assertInvalid("UpdateTable", "{'TableName':'" + table + "'," + members + "}", message);
  }

  @Test
  void aChangeIsRequired() {
    invalid(
        "abc",
        "'GlobalSecondaryIndexUpdates':[]",
        "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled,"
            + " GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required");
    invalid(
        "abc",
        "'GlobalSecondaryIndexUpdates':[{}]",
        INVALID
            + "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create,"
            + " GlobalSecondaryIndexUpdate.Delete must not be null");
    invalid(
        "abc",
        "'GlobalSecondaryIndexUpdates':[{'Delete':{'IndexName':'abc'}},"
            + "{'Delete':{'IndexName':'abc'}}]",
        INVALID
            + "Only one global secondary index update per index is allowed simultaneously. Index:"
            + " abc");
    invalid(
        "abc",
        "'ReplicaUpdates':[{'Create':{'RegionName':'eu-west-1'}}]",
        "The simulator does not support ReplicaUpdates, because it has one region.");
  }

  @Test
  void theTableIsLookedUpAfterTheParameters() {
    invalid(
        "none",
        "'BillingMode':'PROVISIONED'",
        INVALID + "ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
    room.assertRefused(
        "UpdateTable",
        "{'TableName':'none','BillingMode':'PAY_PER_REQUEST'}",
        "ResourceNotFoundException",
        "Requested resource not found: Table: none not found");
  }

  @Test
  void throughputChanges() {
    room.clock.advance(Duration.ofSeconds(1));
    JsonNode answer =
        update("units", "'ProvisionedThroughput':{'ReadCapacityUnits':7,'WriteCapacityUnits':3}");
    assertThat(answer.path("TableStatus").asText()).isEqualTo("UPDATING");
    JsonNode described = room.describe("units");
    assertThat(described.path("TableStatus").asText()).isEqualTo("ACTIVE");
    assertThat(described.path("ProvisionedThroughput"))
        .isEqualTo(
            json(
                "{'LastIncreaseDateTime':1772600768.000,'LastDecreaseDateTime':1772600768.000,"
                    + "'NumberOfDecreasesToday':1,'ReadCapacityUnits':7,'WriteCapacityUnits':3}"));
    room.clock.advance(Duration.ofDays(1));
    assertThat(room.describe("units").at("/ProvisionedThroughput/NumberOfDecreasesToday").asInt())
        .isZero();
    invalid(
        "units",
        "'ProvisionedThroughput':{'ReadCapacityUnits':7,'WriteCapacityUnits':3}",
        "The provisioned throughput for the table will not change. The requested value equals the"
            + " current value. Current ReadCapacityUnits provisioned for the table: 7. Requested"
            + " ReadCapacityUnits: 7. Current WriteCapacityUnits provisioned for the table: 3."
            + " Requested WriteCapacityUnits: 3. Refer to the Amazon DynamoDB Developer Guide for"
            + " current limits and how to request higher limits.");
    invalid(
        "abc",
        "'ProvisionedThroughput':{'ReadCapacityUnits':7,'WriteCapacityUnits':3}",
        INVALID
            + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode"
            + " is PAY_PER_REQUEST");
  }

  @Test
  void theBillingModeChangesBothWays() {
    update("units", "'BillingMode':'PAY_PER_REQUEST'");
    JsonNode onDemand = room.describe("units");
    assertThat(onDemand.path("BillingModeSummary"))
        .isEqualTo(
            json(
                "{'BillingMode':'PAY_PER_REQUEST',"
                    + "'LastUpdateToPayPerRequestDateTime':1772600767.000}"));
    assertThat(onDemand.at("/ProvisionedThroughput/ReadCapacityUnits").asInt()).isZero();
    update(
        "units",
        "'BillingMode':'PROVISIONED',"
            + "'ProvisionedThroughput':{'ReadCapacityUnits':1,'WriteCapacityUnits':2}");
    JsonNode provisioned = room.describe("units");
    assertThat(provisioned.at("/BillingModeSummary/BillingMode").asText()).isEqualTo("PROVISIONED");
    assertThat(provisioned.at("/ProvisionedThroughput/WriteCapacityUnits").asInt()).isEqualTo(2);
  }

  @Test
  void aSwitchToProvisionedNeedsUnitsForEachGlobalIndex() {
    update("abc", CREATE_G);
    String units = "'ProvisionedThroughput':{'ReadCapacityUnits':1,'WriteCapacityUnits':2}";
    invalid(
        "abc",
        "'BillingMode':'PROVISIONED'," + units,
        INVALID + "ProvisionedThroughput must be specified for index: index");
    update(
        "abc",
        "'BillingMode':'PROVISIONED',"
            + units
            + ",'GlobalSecondaryIndexUpdates':[{'Update':{'IndexName':'index',"
            + units
            + "}}]");
    assertThat(
            room.describe("abc")
                .at("/GlobalSecondaryIndexes/0/ProvisionedThroughput/WriteCapacityUnits")
                .asInt())
        .isEqualTo(2);
  }

  @Test
  void aGlobalIndexIsCreatedAndDeleted() {
    JsonNode answer = update("abc", CREATE_G);
    assertThat(answer.at("/GlobalSecondaryIndexes/0/IndexStatus").asText()).isEqualTo("CREATING");
    assertThat(answer.at("/GlobalSecondaryIndexes/0/Backfilling").asBoolean()).isTrue();
    JsonNode described = room.describe("abc");
    assertThat(described.path("GlobalSecondaryIndexes"))
        .isEqualTo(
            json("{'i':[{'IndexName':'index',"
                    + "'KeySchema':[{'AttributeName':'g','KeyType':'HASH'}],"
                    + "'Projection':{'ProjectionType':'KEYS_ONLY'},'IndexStatus':'ACTIVE',"
                    + "'ProvisionedThroughput':{'NumberOfDecreasesToday':0,"
                    + "'ReadCapacityUnits':0,'WriteCapacityUnits':0},"
                    + "'IndexSizeBytes':0,'ItemCount':0,'IndexArn':'"
                    + DynamoDbCalls.TABLE_ARN
                    + "abc/index/index','WarmThroughput':{'ReadUnitsPerSecond':12000,"
                    + "'WriteUnitsPerSecond':4000,'Status':'ACTIVE'}}]}")
                .path("i"));
    assertThat(described.path("AttributeDefinitions")).hasSize(2);
    invalid("abc", CREATE_G, INVALID + "Duplicate index name: index");
    assertThat(update("abc", DELETE_G).at("/GlobalSecondaryIndexes/0/IndexStatus").asText())
        .isEqualTo("DELETING");
    described = room.describe("abc");
    assertThat(described.has("GlobalSecondaryIndexes")).isFalse();
    assertThat(described.path("AttributeDefinitions")).hasSize(1);
  }

  @Test
  void anIndexNeedsItsAttributesInTheRequestWithTheSameTypes() {
    invalid(
        "abc",
        CREATE_G.substring(CREATE_G.indexOf("'GlobalSecondaryIndexUpdates'")),
        INVALID
            + "Some index key attributes are not defined in AttributeDefinitions. Keys: [g],"
            + " AttributeDefinitions: []");
    invalid(
        "abc",
        CREATE_G.replace("'AttributeName':'g'", "'AttributeName':'p'"),
        INVALID
            + "Attributes cannot be redefined. Please check that your attribute has the same type"
            + " as previously defined. Existing schema: Schema:[SchemaElement: key{p:S:HASH}] New"
            + " schema: Schema:[SchemaElement: key{p:N:HASH}]");
  }

  @Test
  void definitionsThatNoKeyUsesAreIgnored() {
    update(
        "abc",
        CREATE_G.replace(
            "'AttributeDefinitions':[",
            "'AttributeDefinitions':[{'AttributeName':'x','AttributeType':'S'},"));
    assertThat(room.describe("abc").path("AttributeDefinitions").toString())
        .doesNotContain("\"x\"");
  }

  @Test
  void oneIndexIsCreatedOrDeletedAtATime() {
    room.assertRefused(
        "UpdateTable",
        "{'TableName':'abc','GlobalSecondaryIndexUpdates':[{'Delete':{'IndexName':'abc'}},"
            + "{'Delete':{'IndexName':'abd'}}]}",
        "LimitExceededException",
        "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously"
            + " per table");
  }

  @Test
  void onlyGlobalIndexesThatExistAreDeleted() {
    room.assertRefused(
        "UpdateTable",
        "{'TableName':'abc'," + DELETE_G + "}",
        "ResourceNotFoundException",
        "Requested resource not found: Index: index not found");
    invalid(
        "units",
        "'GlobalSecondaryIndexUpdates':[{'Delete':{'IndexName':'local'}}]",
        INVALID
            + "Cannot change a local secondary index after its table has been created. Index:"
            + " local");
  }

  @Test
  void aStreamIsSwitchedOnAndOff() {
    String off = "'StreamSpecification':{'StreamEnabled':false}";
    String on = "'StreamSpecification':{'StreamEnabled':true,'StreamViewType':'OLD_IMAGE'}";
    invalid("abc", off, "Table has no stream to disable: TableName: abc");
    JsonNode first = update("abc", on);
    assertThat(first.at("/StreamSpecification/StreamViewType").asText()).isEqualTo("OLD_IMAGE");
    invalid("abc", on, "Table already has an enabled stream: TableName: abc");
    update("abc", off);
    JsonNode disabled = room.describe("abc");
    assertThat(disabled.has("StreamSpecification")).isFalse();
    assertThat(disabled.path("LatestStreamArn")).isEqualTo(first.path("LatestStreamArn"));
    room.clock.advance(Duration.ofMillis(1));
    assertThat(update("abc", on).path("LatestStreamArn"))
        .isNotEqualTo(first.path("LatestStreamArn"));
  }

  @Test
  void optionsChange() {
    update(
        "abc",
        "'SSESpecification':{'Enabled':true,'KMSMasterKeyId':'k'},"
            + "'TableClass':'STANDARD_INFREQUENT_ACCESS','DeletionProtectionEnabled':true");
    JsonNode described = room.describe("abc");
    assertThat(described.path("SSEDescription"))
        .isEqualTo(
            json(
                "{'Status':'ENABLED','SSEType':'KMS',"
                    + "'KMSMasterKeyArn':'arn:aws:kms:us-east-1:111111111111:key/k'}"));
    assertThat(described.at("/TableClassSummary/TableClass").asText())
        .isEqualTo("STANDARD_INFREQUENT_ACCESS");
    assertThat(described.path("DeletionProtectionEnabled").asBoolean()).isTrue();
    update("abc", "'SSESpecification':{'Enabled':false},'DeletionProtectionEnabled':false");
    assertThat(room.describe("abc").has("SSEDescription")).isFalse();
  }

  @Test
  void onDemandLimitsAreSetAndRemoved() {
    update("abc", "'OnDemandThroughput':{'MaxReadRequestUnits':10,'MaxWriteRequestUnits':20}");
    update("abc", "'OnDemandThroughput':{'MaxReadRequestUnits':-1}");
    assertThat(room.describe("abc").path("OnDemandThroughput"))
        .isEqualTo(json("{'MaxReadRequestUnits':-1,'MaxWriteRequestUnits':20}"));
    update("abc", "'OnDemandThroughput':{'MaxWriteRequestUnits':-1}");
    assertThat(room.describe("abc").has("OnDemandThroughput")).isFalse();
    invalid(
        "units",
        "'OnDemandThroughput':{'MaxReadRequestUnits':10}",
        INVALID + "OnDemandThroughput can only be specified when BillingMode is PAY_PER_REQUEST");
  }

  @Test
  void aChangeUnderWayBlocksTheNext() {
    var settings =
        new DynamoDbSettings(Wording.NEW, Duration.ofSeconds(2), Duration.ZERO, Duration.ZERO);
    try (var slow = new DynamoDbCalls(settings)) {
      slow.createTable("abc");
      slow.clock.advance(Duration.ofSeconds(2));
      slow.call("UpdateTable", "{'TableName':'abc'," + CREATE_G + "}");
      assertThat(slow.describe("abc").at("/GlobalSecondaryIndexes/0/IndexStatus").asText())
          .isEqualTo("CREATING");
      slow.assertInvalid(
          "Scan",
          "{'TableName':'abc','IndexName':'index'}",
          "Cannot read from backfilling global secondary index: index");
      slow.call("PutItem", "{'TableName':'abc','Item':{'p':{'S':'x'},'g':{'N':'1'}}}");
      slow.assertRefused(
          "UpdateTable",
          "{'TableName':'abc'," + DELETE_G + "}",
          "ResourceInUseException",
          "Attempt to change a resource which is still in use: Table is being updated: abc");
      slow.clock.advance(Duration.ofSeconds(2));
      assertThat(slow.describe("abc").at("/GlobalSecondaryIndexes/0/IndexStatus").asText())
          .isEqualTo("ACTIVE");
      assertThat(slow.call("Scan", "{'TableName':'abc','IndexName':'index'}").path("Count").asInt())
          .isEqualTo(1);
      slow.call("UpdateTable", "{'TableName':'abc'," + DELETE_G + "}");
      assertThat(slow.describe("abc").at("/GlobalSecondaryIndexes/0/IndexStatus").asText())
          .isEqualTo("DELETING");
      slow.clock.advance(Duration.ofSeconds(2));
      assertThat(slow.describe("abc").has("GlobalSecondaryIndexes")).isFalse();
    }
  }
}
