// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Requests that CreateTable refuses. */
class TableCreationFaultsTest extends TableFixture {
  private void invalid(String members, String message) {
    room.assertInvalid("CreateTable", "{'TableName':'abc'," + members + "}", message);
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
}
