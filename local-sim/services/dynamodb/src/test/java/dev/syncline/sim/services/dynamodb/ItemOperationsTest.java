// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.AwsException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ItemOperationsTest extends ItemCalls {
  private static final String STORED =
      "{'p':{'S':'a'},'n':{'N':'1'},'m':{'M':{'x':{'N':'1'},'y':{'N':'2'}}},'l':{'L':[{'N':'0'},{'N':'1'},{'N':'2'}]}}";

  @BeforeEach
  void makeTables() {
    put(STORED);
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

  private static String sized(String key, int bytes) {
    return "{'p':{'S':'" + key + "'},'d':{'S':'" + "x".repeat(bytes) + "'}}";
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
                "{'TableName':'indexed','Item':{'p':{'S':'a'},'s':{'N':'1'},'g':{'S':'x'},'l':{'N':'1'}},"
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
