// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import static dev.syncline.sim.services.dynamodb.DynamoDbCalls.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.settings.DynamoDbSettings;
import dev.syncline.sim.service.settings.Wording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TableOperationsTest {
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final String UNITS =
      "'ProvisionedThroughput':{'ReadCapacityUnits':1,'WriteCapacityUnits':1}";
  private static final String TWO =
      "'AttributeDefinitions':[{'AttributeName':'a','AttributeType':'S'},"
          + "{'AttributeName':'b','AttributeType':'S'}],"
          + "'KeySchema':[{'AttributeName':'a','KeyType':'HASH'},"
          + "{'AttributeName':'b','KeyType':'RANGE'}]";

  private final DynamoDbCalls room = new DynamoDbCalls();

  @AfterEach
  void close() {
    room.close();
  }

  private void invalid(String members, String message) {
    room.assertInvalid("CreateTable", "{'TableName':'abc'," + members + "}", message);
  }

  private static String row(String value, String path, String constraint) {
    return "Value "
        + (value.equals("null") ? value : "'" + value + "'")
        + " at '"
        + path
        + "' failed to satisfy constraint: "
        + constraint;
  }

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
  void namesAreChecked() {
    String members = TWO + "," + UNITS + "}";
    room.assertInvalid(
        "CreateTable",
        "{" + members,
        "The parameter 'TableName' is required but was not present in the request");
    room.assertInvalid(
        "CreateTable",
        "{'TableName':'ab'," + members,
        "1 validation error detected: "
            + row("ab", "tableName", "Member must have length greater than or equal to 3"));
    room.assertInvalid(
        "CreateTable",
        "{'TableName':'abc;'," + members,
        "1 validation error detected: "
            + row(
                "abc;",
                "tableName",
                "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+"));
    String longName = "a".repeat(256);
    room.assertInvalid(
        "CreateTable",
        "{'TableName':'" + longName + "'," + members,
        "1 validation error detected: "
            + row(longName, "tableName", "Member must have length less than or equal to 255"));
  }

  @Test
  void severalViolationsAreCollected() {
    invalid(
        "'AttributeDefinitions':[{'AttributeName':'a','AttributeType':'SS'}],"
            + "'KeySchema':[{'KeyType':'HASH'}],'BillingMode':'A',"
            + "'ProvisionedThroughput':{'ReadCapacityUnits':0}",
        "5 validation errors detected: "
            + String.join(
                "; ",
                row(
                    "SS",
                    "attributeDefinitions.1.member.attributeType",
                    "Member must satisfy enum value set: [B, N, S]"),
                row("null", "keySchema.1.member.attributeName", "Member must not be null"),
                row(
                    "A",
                    "billingMode",
                    "Member must satisfy enum value set: [PROVISIONED, PAY_PER_REQUEST]"),
                row(
                    "0",
                    "provisionedThroughput.readCapacityUnits",
                    "Member must have value greater than or equal to 1"),
                row(
                    "null",
                    "provisionedThroughput.writeCapacityUnits",
                    "Member must not be null")));
    invalid(
        "'GlobalSecondaryIndexes':[{},{},{},{},{}]",
        "10 validation errors detected: "
            + String.join(
                "; ",
                Stream.concat(
                        Stream.of("attributeDefinitions", "keySchema"),
                        IntStream.rangeClosed(1, 3)
                            .boxed()
                            .flatMap(
                                i ->
                                    Stream.of("indexName", "keySchema", "projection")
                                        .map(m -> "globalSecondaryIndexes." + i + ".member." + m)))
                    .limit(10)
                    .map(path -> row("null", path, "Member must not be null"))
                    .toList()));
  }

  @Test
  void threeKeyElementsArePrintedAsJavaPrintsThem() {
    invalid(
        "'AttributeDefinitions':[],'KeySchema':[{'AttributeName':'a','KeyType':'HASH'},"
            + "{'AttributeName':'b','KeyType':'RANGE'},{'AttributeName':'c','KeyType':'RANGE'}]",
        "1 validation error detected: "
            + row(
                "[KeySchemaElement(attributeName=a, keyType=HASH),"
                    + " KeySchemaElement(attributeName=b, keyType=RANGE),"
                    + " KeySchemaElement(attributeName=c, keyType=RANGE)]",
                "keySchema",
                "Member must have length less than or equal to 2"));
  }

  @Test
  void wrongJsonTypesAreSerializationExceptions() {
    Stream.of(
            "'TableName':23|NUMBER_VALUE cannot be converted to String",
            "'TableName':true|TRUE_VALUE cannot be converted to String",
            "'TableName':['a']|Unrecognized collection type class java.lang.String",
            "'TableName':{}|Start of structure or map found where not expected",
            "'KeySchema':'a'|Unexpected field type",
            "'KeySchema':{}|Start of structure or map found where not expected",
            "'KeySchema':[1]|Unexpected value type in payload",
            "'KeySchema':[[]]|Unrecognized collection type class"
                + " com.amazonaws.dynamodb.v20120810.KeySchemaElement",
            "'ProvisionedThroughput':'a'|Unexpected field type",
            "'ProvisionedThroughput':{'ReadCapacityUnits':'1'}|STRING_VALUE cannot be converted to"
                + " Long",
            "'DeletionProtectionEnabled':1|NUMBER_VALUE cannot be converted to Boolean")
        .map(line -> line.split("\\|"))
        .forEach(
            line ->
                room.assertRefused(
                    "CreateTable", "{" + line[0] + "}", "SerializationException", line[1]));
  }

  @Test
  void anUnknownMemberOfAStructureIsRefusedByName() {
    room.assertInvalid(
        "CreateTable",
        "{'TableName':'abc','StreamSpecification':{'Oops':1}}",
        "The simulator does not support the member 'StreamSpecification.Oops'.");
  }

  @Test
  void billingIsCheckedBeforeKeys() {
    String keys = "'AttributeDefinitions':[],'KeySchema':[{'AttributeName':'a','KeyType':'HASH'}]";
    invalid(
        keys,
        INVALID
            + "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is"
            + " PROVISIONED");
    invalid(
        keys + ",'BillingMode':'PAY_PER_REQUEST'," + UNITS,
        INVALID
            + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode"
            + " is PAY_PER_REQUEST");
    invalid(
        keys
            + ",'ProvisionedThroughput':{'ReadCapacityUnits':1000000000001,"
            + "'WriteCapacityUnits':1}",
        "Given value 1000000000001 for ReadCapacityUnits is out of bounds");
  }

  private void invalidKeys(String definitions, String keys, String message) {
    var defined = new ArrayList<String>();
    for (String name : definitions.split(",")) {
      defined.add("{'AttributeName':'" + name + "','AttributeType':'S'}");
    }
    var elements = new ArrayList<String>();
    for (String key : keys.split(",")) {
      elements.add(
          "{'AttributeName':'"
              + key.substring(1)
              + "','KeyType':'"
              + (key.startsWith("h") ? "HASH" : "RANGE")
              + "'}");
    }
    invalid(
        "'AttributeDefinitions':" + defined + ",'KeySchema':" + elements + "," + UNITS, message);
  }

  @Test
  void keysAreCheckedInAwsOrder() {
    invalidKeys("b", "ha,ha", "Invalid KeySchema: Some index key attribute have no definition");
    invalidKeys(
        "b",
        "ha",
        INVALID
            + "Some index key attributes are not defined in AttributeDefinitions. Keys: [a],"
            + " AttributeDefinitions: [b]");
    invalidKeys(
        "a,b",
        "ha,ha",
        "Both the Hash Key and the Range Key element in the KeySchema have the same name");
    invalidKeys(
        "a,b", "ra,hb", "Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
    invalidKeys(
        "a,b", "ha,hb", "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
    invalidKeys(
        "a,b",
        "ha",
        INVALID
            + "Number of attributes in KeySchema does not exactly match number of attributes"
            + " defined in AttributeDefinitions");
  }

  private static String local(String keys, String projection) {
    return "'LocalSecondaryIndexes':[{'IndexName':'abc','KeySchema':["
        + keys
        + "],'Projection':{"
        + projection
        + "}}]";
  }

  @Test
  void localIndexesAreChecked() {
    String hash = "{'AttributeName':'a','KeyType':'HASH'}";
    String range = "{'AttributeName':'b','KeyType':'RANGE'}";
    String base = TWO + "," + UNITS + ",";
    invalid(
        base + "'LocalSecondaryIndexes':[]", INVALID + "List of LocalSecondaryIndexes is empty");
    invalid(
        base + local(hash, ""),
        INVALID + "Index KeySchema does not have a range key for index: abc");
    invalid(base + local(hash + "," + range, ""), INVALID + "Unknown ProjectionType: null");
    invalid(
        base + local(hash + "," + range, "'ProjectionType':'ALL','NonKeyAttributes':['x']"),
        INVALID + "ProjectionType is ALL, but NonKeyAttributes is specified");
    invalid(
        base + local(hash + "," + range, "'ProjectionType':'INCLUDE'"),
        INVALID + "ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
    invalid(
        base
            + local(
                "{'AttributeName':'b','KeyType':'HASH'},{'AttributeName':'a','KeyType':'RANGE'}",
                "'ProjectionType':'ALL'"),
        INVALID
            + "Index KeySchema does not have the same leading hash key as table KeySchema for"
            + " index: abc. index hash key: b, table hash key: a");
    invalid(
        "'AttributeDefinitions':[{'AttributeName':'a','AttributeType':'S'},"
            + "{'AttributeName':'b','AttributeType':'S'}],"
            + "'KeySchema':[{'AttributeName':'a','KeyType':'HASH'}],"
            + UNITS
            + ","
            + local(hash + "," + range, "'ProjectionType':'ALL'"),
        INVALID
            + "Table KeySchema does not have a range key, which is required when specifying a"
            + " LocalSecondaryIndex");
  }

  private static String global(String name, String keys, String more) {
    return "{'IndexName':'"
        + name
        + "','KeySchema':["
        + keys
        + "],'Projection':{'ProjectionType':'ALL'}"
        + more
        + "}";
  }

  @Test
  void globalIndexesAreChecked() {
    String base = TWO + "," + UNITS + ",'GlobalSecondaryIndexes':[";
    String hash = "{'AttributeName':'b','KeyType':'HASH'}";
    invalid(base + "]", INVALID + "List of GlobalSecondaryIndexes is empty");
    invalid(
        base + global("abc", hash, "") + "]",
        INVALID + "ProvisionedThroughput must be specified for index: abc");
    invalid(
        base + global("abc", hash, "," + UNITS) + "," + global("abc", hash, "," + UNITS) + "]",
        INVALID + "Duplicate index name: abc");
    invalid(
        base + global("abc", "{'AttributeName':'z','KeyType':'HASH'}", "") + "]",
        INVALID
            + "Some index key attributes are not defined in AttributeDefinitions. Keys: [z],"
            + " AttributeDefinitions: [a, b]");
    invalid(
        TWO
            + ",'BillingMode':'PAY_PER_REQUEST','GlobalSecondaryIndexes':["
            + global("abc", hash, "," + UNITS)
            + "]",
        INVALID
            + "ProvisionedThroughput should not be specified for index: abc when BillingMode is"
            + " PAY_PER_REQUEST");
    var many = new ArrayList<String>();
    for (int i = 0; i < 21; i++) {
      many.add(global("index" + i, hash, ""));
    }
    invalid(
        TWO + ",'BillingMode':'PAY_PER_REQUEST','GlobalSecondaryIndexes':" + many,
        INVALID + "GlobalSecondaryIndex count exceeds the per-table limit of 20");
    invalid(
        "'AttributeDefinitions':[{'AttributeName':'a','AttributeType':'S'},"
            + "{'AttributeName':'b','AttributeType':'S'},"
            + "{'AttributeName':'c','AttributeType':'S'}],"
            + "'KeySchema':[{'AttributeName':'a','KeyType':'HASH'}],"
            + "'BillingMode':'PAY_PER_REQUEST','GlobalSecondaryIndexes':["
            + global("abc", hash, "")
            + "]",
        INVALID
            + "Some AttributeDefinitions are not used. AttributeDefinitions: [a, b, c], keys used:"
            + " [a, b]");
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
  void aStreamThatIsOffHasNoViewType() {
    invalid(
        TWO
            + ","
            + UNITS
            + ",'StreamSpecification':{'StreamEnabled':false,"
            + "'StreamViewType':'NEW_IMAGE'}",
        INVALID
            + "Table is being created with a stream disabled, UpdateViewType should not be"
            + " specified");
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
  void aBadTagLeavesNoTable() {
    room.assertInvalid(
        "CreateTable",
        "{'TableName':'abc'," + TWO + "," + UNITS + ",'Tags':[{'Key':'a!','Value':''}]}",
        INVALID + "The tag key 'a!' has characters that are not allowed");
    assertThat(room.call("ListTables", "{}").path("TableNames")).isEmpty();
  }

  @Test
  void aNameIsTakenOnce() {
    room.createTable("abc");
    room.assertRefused(
        "CreateTable",
        "{'TableName':'abc'," + TWO + "," + UNITS + "}",
        "ResourceInUseException",
        "Table already exists: abc");
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
  void aNewTableIsNotNamedByAnArnOfElsewhere() {
    String arn = "arn:aws:dynamodb:eu-west-1:111111111111:table/abc";
    room.assertInvalid(
        "CreateTable",
        "{'TableName':'" + arn + "'," + TWO + "," + UNITS + "}",
        "1 validation error detected: "
            + row(
                arn,
                "tableName",
                "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+"));
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
