// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.AwsException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ItemOperationsTest {
  private static final String STORED =
      "{'p':{'S':'a'},'n':{'N':'1'},'m':{'M':{'x':{'N':'1'},'y':{'N':'2'}}},'l':{'L':[{'N':'0'},{'N':'1'},{'N':'2'}]}}";
  private static final String ONE_ERROR = "1 validation error detected: ";
  private static final String NO_MATCH = "The provided key element does not match the schema";

  private final DynamoDbCalls calls = new DynamoDbCalls();

  @BeforeEach
  void makeTables() {
    calls.createTable("hash");
    calls.call(
        "CreateTable",
        """
        {'TableName':'indexed','BillingMode':'PAY_PER_REQUEST',
         'AttributeDefinitions':[{'AttributeName':'p','AttributeType':'S'},
           {'AttributeName':'s','AttributeType':'N'},{'AttributeName':'g','AttributeType':'S'}],
         'KeySchema':[{'AttributeName':'p','KeyType':'HASH'},{'AttributeName':'s','KeyType':'RANGE'}],
         'GlobalSecondaryIndexes':[{'IndexName':'byG','Projection':{'ProjectionType':'ALL'},
           'KeySchema':[{'AttributeName':'g','KeyType':'HASH'}]}],
         'LocalSecondaryIndexes':[{'IndexName':'byL','Projection':{'ProjectionType':'ALL'},
           'KeySchema':[{'AttributeName':'p','KeyType':'HASH'},{'AttributeName':'g','KeyType':'RANGE'}]}]}
        """);
    put(STORED);
  }

  @AfterEach
  void close() {
    calls.close();
  }

  private void put(String item) {
    calls.call("PutItem", "{'TableName':'hash','Item':" + item + "}");
  }

  /** A request on the table {@code hash} for a key, with further members. */
  private static String on(String key, String members) {
    return "{'TableName':'hash','Key':{'p':{'S':'" + key + "'}}" + members + "}";
  }

  private static String on(String members) {
    return on("a", members);
  }

  private JsonNode stored(String key) {
    return calls.call("GetItem", on(key, "")).path("Item");
  }

  private static JsonNode json(String text) {
    return DynamoDbCalls.json(text);
  }

  @Test
  void getReadsTheItemOrNothing() {
    assertThat(stored("a")).isEqualTo(json(STORED));
    assertThat(calls.call("GetItem", on("missing", ""))).isEqualTo(json("{}"));
    assertThat(calls.call("GetItem", on(",'ProjectionExpression':'m.x, l[2]'")))
        .isEqualTo(json("{'Item':{'m':{'M':{'x':{'N':'1'}}},'l':{'L':[{'N':'2'}]}}}"));
    assertThat(calls.call("GetItem", on(",'ProjectionExpression':'z'")))
        .isEqualTo(json("{'Item':{}}"));
    assertThat(calls.call("GetItem", on(",'AttributesToGet':['n']")))
        .isEqualTo(json("{'Item':{'n':{'N':'1'}}}"));
  }

  @Test
  void tablesAreNamedByTheirArnToo() {
    String request = on("").replace("'hash'", "'" + DynamoDbCalls.TABLE_ARN + "hash'");
    assertThat(calls.call("GetItem", request).path("Item")).isEqualTo(json(STORED));
    calls.call("DeleteItem", request);
    assertThat(stored("a").isMissingNode()).isTrue();
    calls.assertRefused(
        "GetItem",
        request.replace("table/hash", "table/none"),
        "ResourceNotFoundException",
        "Requested resource not found");
  }

  @Test
  void putAndDeleteReturnTheOldItem() {
    String replace = "{'TableName':'hash','Item':{'p':{'S':'a'}},'ReturnValues':'ALL_OLD'}";
    assertThat(calls.call("PutItem", replace).path("Attributes")).isEqualTo(json(STORED));
    assertThat(calls.call("DeleteItem", on(",'ReturnValues':'ALL_OLD'")))
        .isEqualTo(json("{'Attributes':{'p':{'S':'a'}}}"));
    assertThat(calls.call("DeleteItem", on(",'ReturnValues':'ALL_OLD'"))).isEqualTo(json("{}"));
    assertThat(calls.call("PutItem", replace)).isEqualTo(json("{}"));
    assertThat(calls.call("PutItem", replace.replace("ALL_OLD", "NONE"))).isEqualTo(json("{}"));
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
          SET n = n + :one, z = :one | UPDATED_OLD | {'n':{'N':'1'}}
          SET n = n + :one, z = :one | UPDATED_NEW | {'n':{'N':'2'},'z':{'N':'1'}}
          SET m.x = :one + n         | UPDATED_OLD | {'m':{'M':{'x':{'N':'1'}}}}
          SET m.x = :one + n         | UPDATED_NEW | {'m':{'M':{'x':{'N':'2'}}}}
          SET l[2] = :one            | UPDATED_OLD | {'l':{'L':[{'N':'2'}]}}
          SET l[2] = :one            | UPDATED_NEW | {'l':{'L':[{'N':'1'}]}}
          REMOVE l[1] SET n = :one   | UPDATED_NEW | {'n':{'N':'1'},'l':{'L':[{'N':'2'}]}}
          """)
  void updateReturnsTheAttributesItTouched(String expression, String kind, String attributes) {
    assertThat(update("a", expression, kind).path("Attributes")).isEqualTo(json(attributes));
  }

  private JsonNode update(String key, String expression, String kind) {
    String values = expression.contains(":one") ? "{':one':{'N':'1'}}" : "null";
    return calls.call(
        "UpdateItem",
        on(
            key,
            ",'UpdateExpression':'%s','ExpressionAttributeValues':%s,'ReturnValues':'%s'"
                .formatted(expression, values, kind)));
  }

  @Test
  void updateReturnsTheWholeItemOrNothing() {
    assertThat(update("a", "SET n = :one", "ALL_OLD").path("Attributes")).isEqualTo(json(STORED));
    assertThat(update("a", "REMOVE m, l", "ALL_NEW").path("Attributes"))
        .isEqualTo(json("{'p':{'S':'a'},'n':{'N':'1'}}"));
    assertThat(update("a", "REMOVE n", "UPDATED_NEW")).isEqualTo(json("{}"));
    assertThat(update("a", "SET z = :one", "UPDATED_OLD")).isEqualTo(json("{}"));
    assertThat(update("a", "SET z = :one", "NONE")).isEqualTo(json("{}"));
    assertThat(update("b", "SET z = :one", "ALL_OLD")).isEqualTo(json("{}"));
  }

  @Test
  void updateCreatesAnItemUnlessItOnlyRemoves() {
    assertThat(update("b", "ADD z :one", "UPDATED_NEW").path("Attributes"))
        .isEqualTo(json("{'z':{'N':'1'}}"));
    assertThat(stored("b")).isEqualTo(json("{'p':{'S':'b'},'z':{'N':'1'}}"));
    assertThat(update("c", "REMOVE z", "ALL_NEW")).isEqualTo(json("{}"));
    assertThat(stored("c").isMissingNode()).isTrue();
    calls.call("UpdateItem", on("d", ""));
    assertThat(stored("d")).isEqualTo(json("{'p':{'S':'d'}}"));
    calls.call("UpdateItem", on("e", ",'AttributeUpdates':{}"));
    assertThat(stored("e")).isEqualTo(json("{'p':{'S':'e'}}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PutItem", "UpdateItem", "DeleteItem"})
  void failedConditionShowsTheItemOnlyWhenAsked(String operation) {
    String target = operation.equals("PutItem") ? "'Item'" : "'Key'";
    String request =
        on(",'ConditionExpression':'n > :n','ExpressionAttributeValues':{':n':{'N':'1'}}")
            .replace("'Key'", target);
    String showing =
        request.replace("n > :n'", "n > :n','ReturnValuesOnConditionCheckFailure':'ALL_OLD'");
    calls.assertRefused(
        operation, request, "ConditionalCheckFailedException", "The conditional request failed");
    assertThat(calls.error(operation, request))
        .extracting(AwsException::members)
        .isEqualTo(Map.of());
    assertThat(calls.error(operation, showing))
        .extracting(error -> json(String.valueOf(error.members().get("Item"))))
        .isEqualTo(json(STORED));
    assertThat(calls.error(operation, showing.replace("'a'", "'none'")))
        .extracting(AwsException::members)
        .isEqualTo(Map.of());
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
    put(sized("p", 409_600 - 3));
    assertThat(stored("p").path("d").path("S").asText()).hasSize(409_597);
    calls.assertInvalid(
        "PutItem",
        "{'TableName':'hash','Item':" + sized("p", 409_601 - 3) + "}",
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

  private static String sized(String key, int bytes) {
    return "{'p':{'S':'" + key + "'},'d':{'S':'" + "x".repeat(bytes) + "'}}";
  }

  private static String growing(int bytes) {
    return on(
        "u",
        ",'UpdateExpression':'SET d = :d','ExpressionAttributeValues':{':d':{'S':'"
            + "x".repeat(bytes)
            + "'}}");
  }

  @Test
  void legacyParametersWorkLikeExpressions() {
    JsonNode updated =
        calls.call(
            "UpdateItem",
            on(
                ",'ReturnValues':'UPDATED_NEW','Expected':{'n':{'Value':{'N':'1'}}},'AttributeUpdates':{"
                    + "'n':{'Action':'ADD','Value':{'N':'4'}},'m':{'Action':'DELETE'},"
                    + "'l':{'Action':'ADD','Value':{'L':[{'N':'3'}]}},'z':{'Value':{'S':'new'}}}"));
    assertThat(updated.path("Attributes").path("n").path("N").asText()).isEqualTo("5");
    assertThat(stored("a"))
        .isEqualTo(
            json(
                "{'p':{'S':'a'},'n':{'N':'5'},'z':{'S':'new'},"
                    + "'l':{'L':[{'N':'0'},{'N':'1'},{'N':'2'},{'N':'3'}]}}"));
    String either =
        ",'ConditionalOperator':'OR','Expected':{'m':{'Exists':%s},'n':{'ComparisonOperator':'GT','AttributeValueList':[{'N':'9'}]}}";
    calls.assertRefused(
        "DeleteItem",
        on(either.formatted("true,'Value':{'N':'0'}")),
        "ConditionalCheckFailedException",
        "The conditional request failed");
    calls.call("DeleteItem", on(either.formatted("false")));
    assertThat(stored("a").isMissingNode()).isTrue();
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

  @Test
  void capacityCountsTableAndIndexes() {
    assertThat(calls.call("GetItem", on("none", ",'ReturnConsumedCapacity':'TOTAL'")))
        .isEqualTo(json("{'ConsumedCapacity':{'TableName':'hash','CapacityUnits':0.5}}"));
    put(sized("big", 4097));
    assertThat(
            calls
                .call(
                    "GetItem",
                    on("big", ",'ConsistentRead':true,'ReturnConsumedCapacity':'INDEXES'"))
                .path("ConsumedCapacity"))
        .isEqualTo(json("{'TableName':'hash','CapacityUnits':2.0,'Table':{'CapacityUnits':2.0}}"));
    assertThat(
            calls.call(
                "PutItem",
                "{'TableName':'indexed','Item':{'p':{'S':'a'},'s':{'N':'1'},'g':{'S':'x'}},"
                    + "'ReturnConsumedCapacity':'INDEXES','ReturnItemCollectionMetrics':'SIZE'}"))
        .isEqualTo(
            json(
                """
                {'ConsumedCapacity':{'TableName':'indexed','CapacityUnits':3.0,
                  'Table':{'CapacityUnits':1.0},
                  'LocalSecondaryIndexes':{'byL':{'CapacityUnits':1.0}},
                  'GlobalSecondaryIndexes':{'byG':{'CapacityUnits':1.0}}},
                 'ItemCollectionMetrics':{'ItemCollectionKey':{'p':{'S':'a'}},
                  'SizeEstimateRangeGB':[0.0,1.0]}}
                """));
  }
}
