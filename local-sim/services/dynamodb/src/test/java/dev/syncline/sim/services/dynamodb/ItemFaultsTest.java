// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ItemFaultsTest extends ItemCalls {
  private static final String STORED = "{'p':{'S':'a'},'n':{'N':'1'}}";
  private static final String ONE_ERROR = "1 validation error detected: ";
  private static final String NO_MATCH = "The provided key element does not match the schema";

  @BeforeEach
  void makeTables() {
    put(STORED);
  }

  private static String sized(int bytes) {
    return "{'p':{'S':'p'},'d':{'S':'" + "x".repeat(bytes) + "'}}";
  }

  @ParameterizedTest
  @ValueSource(strings = {"ALL_NEW", "UPDATED_OLD", "UPDATED_NEW"})
  void putAndDeleteRefuseTheOtherReturnValues(String kind) {
    String members = ",'ReturnValues':'" + kind + "'}";
    String message = "ReturnValues can only be ALL_OLD or NONE";
    calls.assertInvalid("PutItem", "{'TableName':'hash','Item':{'p':{'S':'a'}}" + members, message);
    calls.assertInvalid(
        "DeleteItem", "{'TableName':'hash','Key':{'p':{'S':'a'}}" + members, message);
    assertThat(stored("a")).isEqualTo(json(STORED));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'TableName':'none','ReturnValues':'X','ExpressionAttributeNames':{},'Item':{}} | Failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]
          {'TableName':'none','Item':{'z':{'SS':[]}},'Expected':{},'ConditionExpression':'?'} | Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {Expected} Expression parameters: {ConditionExpression}
          {'TableName':'none','Item':{'z':{'SS':[]}},'ConditionExpression':'?'} | One or more parameter values were invalid: An string set  may not be empty
          {'TableName':'none','Item':{},'ConditionExpression':'a = :v','ExpressionAttributeValues':{':w':{'S':''}}} | Invalid ConditionExpression: An expression attribute value used in expression is not defined; attribute value: :v
          {'TableName':'none','Item':{},'ConditionExpression':'attribute_exists(n)','ExpressionAttributeNames':{'#n':'n'}} | Value provided in ExpressionAttributeNames unused in expressions: keys: {#n}
          """)
  void faultsOfARequestAreReportedInOrder(String request, String message) {
    calls.assertInvalid("PutItem", request, ONE_ERROR + message);
  }

  @Test
  void tableIsLookedUpBeforeTheKeyAndTheKeyBeforeTheCondition() {
    String failing = ",'ConditionExpression':'attribute_not_exists(p)'}";
    String wrongKey = "{'TableName':'none','Key':{'q':{'S':'a'}}" + failing;
    calls.assertRefused(
        "DeleteItem", wrongKey, "ResourceNotFoundException", "Requested resource not found");
    calls.assertInvalid("DeleteItem", wrongKey.replace("none", "hash"), NO_MATCH);
    calls.assertRefused(
        "DeleteItem",
        wrongKey.replace("none", "hash").replace("'q'", "'p'"),
        "ConditionalCheckFailedException",
        "The conditional request failed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GetItem", "UpdateItem", "DeleteItem"})
  void keysMustMatchTheSchema(String operation) {
    for (String key : new String[] {"{'p':{'N':'1'}}", "{}", "{'p':{'S':'a'},'n':{'N':'1'}}"}) {
      calls.assertInvalid(operation, "{'TableName':'hash','Key':" + key + "}", NO_MATCH);
    }
    calls.assertInvalid(
        operation,
        on("", ""),
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot"
            + " contain an empty string value. Key: p");
    calls.assertInvalid(
        operation,
        on("k".repeat(2049), ""),
        "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size"
            + " limit of2048 bytes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'n':{'N':'1'}}                               | Missing the key p in the item
          {'p':{'N':'1'},'s':{'N':'1'}}                 | Type mismatch for key p expected: S actual: N
          {'p':{'S':'a'}}                               | Missing the key s in the item
          {'p':{'S':'a'},'s':{'N':'1'},'g':{'N':'1'}}   | Type mismatch for Index Key g Expected: S Actual: N IndexName: byG
          {'p':{'S':'a'},'s':{'N':'1'},'g':{'NULL':true}} | Type mismatch for Index Key g Expected: S Actual: NULL IndexName: byG
          """)
  void putItemsMustHaveTheKeys(String item, String sentence) {
    calls.assertInvalid(
        "PutItem",
        "{'TableName':'indexed','Item':" + item + "}",
        "One or more parameter values were invalid: " + sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          SET p = :v     | One or more parameter values were invalid: Cannot update attribute p. This attribute is part of the key
          REMOVE s       | One or more parameter values were invalid: Cannot update attribute s. This attribute is part of the key
          SET p.x = :v   | One or more parameter values were invalid: Cannot update attribute p. This attribute is part of the key
          SET g[1] = :v  | Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: IndexKey: g
          """)
  void updatesOfKeysAreRefused(String expression, String message) {
    String values = expression.contains(":v") ? "{':v':{'S':'x'}}" : "null";
    calls.assertInvalid(
        "UpdateItem",
        "{'TableName':'indexed','Key':{'p':{'S':'a'},'s':{'N':'1'}},'UpdateExpression':'%s','ExpressionAttributeValues':%s}"
            .formatted(expression, values),
        message);
  }

  /** The item has two attribute names and a key of one byte each, so its value has the rest. */
  @Test
  void itemsHaveAtMost409600Bytes() {
    put(sized(409_600 - 3));
    assertThat(stored("p").path("d").path("S").asText()).hasSize(409_597);
    calls.assertInvalid(
        "PutItem",
        "{'TableName':'hash','Item':" + sized(409_601 - 3) + "}",
        "Item size has exceeded the maximum allowed size");
  }

  /** AWS counts 3 bytes and 19 for each writing clause in place of the key's 2 bytes. */
  @Test
  void updatesAreMeasuredWithTheirClauses() {
    calls.call("UpdateItem", growing(409_600 - 20 - 3));
    calls.assertInvalid(
        "UpdateItem",
        growing(409_601 - 20 - 3),
        "Item size to update has exceeded the maximum allowed size");
    assertThat(stored("u").path("d").path("S").asText()).hasSize(409_577);
  }

  private static String growing(int bytes) {
    return on(
        "u",
        ",'UpdateExpression':'SET d = :d','ExpressionAttributeValues':{':d':{'S':'"
            + "x".repeat(bytes)
            + "'}}");
  }

  @Test
  void stylesAreNotMixed() {
    String mixed =
        "Can not use both expression and non-expression parameters in the same request: ";
    calls.assertInvalid(
        "GetItem",
        on(",'AttributesToGet':['n'],'ProjectionExpression':'n'"),
        mixed
            + "Non-expression parameters: {AttributesToGet} Expression parameters:"
            + " {ProjectionExpression}");
    calls.assertInvalid(
        "UpdateItem",
        on(
            ",'AttributeUpdates':{},'Expected':{},'UpdateExpression':'REMOVE"
                + " n','ConditionExpression':'attribute_exists(n)'"),
        ONE_ERROR
            + mixed
            + "Non-expression parameters: {AttributeUpdates, Expected} Expression parameters:"
            + " {UpdateExpression, ConditionExpression}");
  }
}
