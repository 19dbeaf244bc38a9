// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.settings.Wording;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class RequestConstraintsTest {
  private static final String ITEM = "'Item':{'p':{'S':'x'}}";

  private static String message(Wording wording, String operation, String input) {
    return catchThrowableOfType(
            AwsException.class,
            () ->
                new RequestConstraints(wording)
                    .check(operation, new Input(DynamoDbCalls.json(input))))
        .text();
  }

  private static String classic(String operation, String input) {
    return message(Wording.CLASSIC, operation, input);
  }

  private static String renewed(String operation, String input) {
    return message(Wording.NEW, operation, input);
  }

  @Test
  void theClassicWordingQuotesTheValue() {
    assertThat(classic("PutItem", "{" + ITEM + "}"))
        .isEqualTo(
            "1 validation error detected: Value null at 'tableName' failed to satisfy constraint:"
                + " Member must not be null");
    assertThat(classic("PutItem", "{'TableName':''," + ITEM + "}"))
        .isEqualTo(
            "1 validation error detected: Value '' at 'tableName' failed to satisfy constraint:"
                + " Member must have length greater than or equal to 1");
    String longName = "a".repeat(256);
    assertThat(classic("PutItem", "{'TableName':'" + longName + "'," + ITEM + "}"))
        .isEqualTo(
            "1 validation error detected: Value '"
                + longName
                + "' at 'tableName' failed to satisfy constraint: Member must have length less than"
                + " or equal to 255");
    assertThat(classic("PutItem", "{'TableName':'bad table!@#'," + ITEM + "}"))
        .isEqualTo(
            "1 validation error detected: Value 'bad table!@#' at 'tableName' failed to satisfy"
                + " constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
  }

  @Test
  void theNewWordingNamesThePlaceOnly() {
    assertThat(renewed("PutItem", "{'TableName':'a'}"))
        .isEqualTo(
            "1 validation error detected: Value at 'Item' failed to satisfy constraint: Member must"
                + " not be null");
    assertThat(renewed("PutItem", "{'TableName':'a'," + ITEM + ",'ReturnValues':'ALL'}"))
        .isEqualTo(
            "1 validation error detected: Failed to satisfy constraint: Member must satisfy enum"
                + " value set: [ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]");
  }

  @Test
  void anEmptyTableNameStandsAloneInTheNewWording() {
    String input = "{'TableName':'','ReturnConsumedCapacity':'x'}";
    assertThat(renewed("PutItem", input))
        .isEqualTo(
            "1 validation error detected: Value at 'TableName' failed to satisfy constraint: Member"
                + " must have length greater than or equal to 1");
    assertThat(classic("PutItem", input)).startsWith("3 validation errors detected: ");
  }

  @Test
  void updateItemStopsAtTheFirstEnumerationInTheNewWording() {
    String input =
        "{'TableName':'a','Key':{'p':{'S':'x'}},'ReturnConsumedCapacity':'x',"
            + "'ReturnItemCollectionMetrics':'y'}";
    assertThat(renewed("UpdateItem", input))
        .isEqualTo(
            "1 validation error detected: Value at 'ReturnConsumedCapacity' failed to satisfy"
                + " constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]");
    assertThat(classic("UpdateItem", input))
        .isEqualTo(
            "2 validation errors detected: Value 'x' at 'returnConsumedCapacity' failed to satisfy"
                + " constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]; Value"
                + " 'y' at 'returnItemCollectionMetrics' failed to satisfy constraint: Member must"
                + " satisfy enum value set: [SIZE, NONE]");
    assertThat(renewed("DeleteItem", input)).startsWith("2 validation errors detected: ");
  }

  @Test
  void emptyBatchesAreWordedByOperation() {
    assertThat(renewed("BatchGetItem", "{'RequestItems':{}}"))
        .isEqualTo(
            "1 validation error detected: Value at 'RequestItems' failed to satisfy constraint:"
                + " Member must have length greater than or equal to 1");
    assertThat(classic("BatchGetItem", "{'RequestItems':{}}"))
        .isEqualTo("The requestItems parameter is required for BatchGetItem");
    assertThat(renewed("BatchWriteItem", "{'RequestItems':{}}"))
        .isEqualTo("The requestItems parameter is required for BatchWriteItem");
  }

  @Test
  void tooManyRequestsOfABatchViolateTheMap() {
    String request = "{'DeleteRequest':{'Key':{'p':{'S':'x'}}}}";
    String message =
        renewed(
            "BatchWriteItem", "{'RequestItems':{'abc':" + Collections.nCopies(26, request) + "}}");
    assertThat(message)
        .startsWith(
            "1 validation error detected: Value '{abc=[WriteRequest(putRequest=null,"
                + " deleteRequest=DeleteRequest(key={p=com.amazonaws.dynamodb.v20120810."
                + "AttributeValue@")
        .endsWith(
            "]}' at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint:"
                + " [Member must have length less than or equal to 25, Member must have length"
                + " greater than or equal to 1]");
  }

  @Test
  void tooManyKeysOfABatchNameTheirTable() {
    String message =
        classic(
            "BatchGetItem",
            "{'RequestItems':{'abc':{'Keys':"
                + Collections.nCopies(101, "{'p':{'S':'x'}}")
                + "}}}");
    assertThat(message)
        .isEqualTo(
            "1 validation error detected: Value at 'RequestItems.abc.member.Keys' failed to satisfy"
                + " constraint: Member must have length less than or equal to 100");
  }

  @Test
  void limitsOfReadsAreChecked() {
    assertThat(renewed("Query", "{'TableName':'abc','Limit':0}"))
        .isEqualTo(
            "1 validation error detected: Value at 'Limit' failed to satisfy constraint: Member"
                + " must have value greater than or equal to 1");
    assertThat(renewed("Scan", "{'TableName':'abc','Limit':0}"))
        .isEqualTo(
            "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member"
                + " must have value greater than or equal to 1");
    assertThat(renewed("Query", "{'TableName':'abc','Select':'x'}"))
        .isEqualTo(
            "1 validation error detected: Value 'x' at 'select' failed to satisfy constraint:"
                + " Member must satisfy enum value set: [SPECIFIC_ATTRIBUTES, COUNT,"
                + " ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES]");
    assertThat(renewed("TransactGetItems", "{'TransactItems':[]}"))
        .isEqualTo(
            "1 validation error detected: Value '[]' at 'transactItems' failed to satisfy"
                + " constraint: Member must have length greater than or equal to 1");
  }

  @Test
  void wrongTypesComeFirst() {
    assertThat(renewed("PutItem", "{'TableName':'','Item':{'p':{'S':3}}}"))
        .isEqualTo("NUMBER_VALUE cannot be converted to String");
    assertThat(renewed("PutItem", "{'TableName':'','Item':{'p':{'B':'YQ'}}}"))
        .startsWith("Base64 encoded length is expected a multiple of 4 bytes but found: 2");
  }

  @Test
  void aTableArnIsAName() {
    assertThatCode(
            () ->
                new RequestConstraints(Wording.NEW)
                    .check(
                        "PutItem",
                        new Input(
                            DynamoDbCalls.json(
                                "{'TableName':'"
                                    + DynamoDbCalls.TABLE_ARN
                                    + "abc',"
                                    + ITEM
                                    + "}"))))
        .doesNotThrowAnyException();
  }
}
