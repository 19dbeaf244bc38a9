// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Query and Scan on five items: {@code s} from 1 to 5, {@code l} from 5 to 1. */
class QueryOperationsTest {
  private static final String BY_P = "'KeyConditionExpression':'p = :p'";
  private static final String P_IS_A = "'ExpressionAttributeValues':{':p':{'S':'a'}}";

  private final DynamoDbCalls calls = new DynamoDbCalls();

  @BeforeEach
  void makeTables() {
    calls.createTable("hash");
    calls.call(
        "CreateTable",
        """
        {'TableName':'range','BillingMode':'PAY_PER_REQUEST',
         'AttributeDefinitions':[{'AttributeName':'p','AttributeType':'S'},
           {'AttributeName':'s','AttributeType':'N'},{'AttributeName':'g','AttributeType':'S'},
           {'AttributeName':'l','AttributeType':'N'}],
         'KeySchema':[{'AttributeName':'p','KeyType':'HASH'},{'AttributeName':'s','KeyType':'RANGE'}],
         'GlobalSecondaryIndexes':[{'IndexName':'byG','Projection':{'ProjectionType':'KEYS_ONLY'},
           'KeySchema':[{'AttributeName':'g','KeyType':'HASH'}]}],
         'LocalSecondaryIndexes':[{'IndexName':'byL',
           'Projection':{'ProjectionType':'INCLUDE','NonKeyAttributes':['x']},
           'KeySchema':[{'AttributeName':'p','KeyType':'HASH'},{'AttributeName':'l','KeyType':'RANGE'}]}]}
        """);
    for (int s = 1; s <= 5; s++) {
      calls.call(
          "PutItem",
          "{'TableName':'range','Item':{'p':{'S':'a'},'s':{'N':'%d'},'g':{'S':'g%d'},'l':{'N':'%d'},'x':{'S':'x'},'y':{'N':'%d'}}}"
              .formatted(s, s % 2, 6 - s, s));
    }
  }

  @AfterEach
  void close() {
    calls.close();
  }

  private static ObjectNode request(String members) {
    return DynamoDbCalls.json("{'TableName':'range'," + members + "}");
  }

  /** Queries for the hash key {@code a}, with further members. */
  private JsonNode query(String members) {
    return calls.call("Query", request(BY_P + "," + P_IS_A + members));
  }

  private JsonNode queryWhere(String condition, String values) {
    return calls.call(
        "Query",
        request(
            "'KeyConditionExpression':'%s','ExpressionAttributeValues':%s"
                .formatted(condition, values)));
  }

  private JsonNode scan(String members) {
    return calls.call("Scan", request(members));
  }

  private static List<Integer> ranges(JsonNode answer) {
    var all = new ArrayList<Integer>();
    answer.path("Items").forEach(item -> all.add(item.path("s").path("N").asInt()));
    return all;
  }

  private static List<String> names(JsonNode item) {
    var names = new ArrayList<String>();
    item.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private void assertInvalid(String operation, String members, String message) {
    calls.assertInvalid(operation, "{'TableName':'range'," + members + "}", message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          s = :x             | 2
          s < :x             | 1
          s <= :x            | 1,2
          s > :x             | 3,4,5
          s >= :x            | 2,3,4,5
          :x < s             | 3,4,5
          s BETWEEN :x AND :y | 2,3,4
          """)
  void keyConditionsChooseARangeOfTheSortKey(String condition, String expected) {
    String values = "':p':{'S':'a'},':x':{'N':'2'}";
    if (condition.contains(":y")) {
      values += ",':y':{'N':'4'}";
    }
    JsonNode answer = queryWhere("p = :p AND " + condition, "{" + values + "}");
    assertThat(ranges(answer).stream().map(String::valueOf)).containsExactly(expected.split(","));
  }

  @Test
  void queriesReadInEitherDirection() {
    assertThat(ranges(query(""))).containsExactly(1, 2, 3, 4, 5);
    assertThat(ranges(query(",'ScanIndexForward':false"))).containsExactly(5, 4, 3, 2, 1);
    assertThat(ranges(query(",'IndexName':'byL'"))).containsExactly(5, 4, 3, 2, 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          s = :p                  | Query condition missed key schema element: p
          p > :p                  | Query key condition not supported
          p = :p AND y = :p       | Query condition missed key schema element: s
          p = :p AND s = :p       | One or more parameter values were invalid: Condition parameter type does not match schema type
          p = :p AND p = :p       | Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key
          p = :p OR s = :p        | Invalid operator used in KeyConditionExpression: OR
          NOT p = :p              | Invalid operator used in KeyConditionExpression: NOT
          p <> :p                 | Invalid operator used in KeyConditionExpression: <>
          p IN (:p)               | Invalid operator used in KeyConditionExpression: IN
          p = s AND p = :p        | Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition
          :p = :p                 | Invalid condition in KeyConditionExpression: No key attribute specified
          """)
  void keyConditionsMustFitTheKeys(String condition, String message) {
    assertInvalid("Query", "'KeyConditionExpression':'" + condition + "'," + P_IS_A, message);
  }

  @Test
  void queriesNeedAKeyCondition() {
    assertInvalid(
        "Query",
        "'Limit':1",
        "Either the KeyConditions or KeyConditionExpression parameter must be specified in the"
            + " request.");
    assertInvalid("Query", "'KeyConditions':{}", "Conditions can be of length 1 or 2 only");
    assertThat(
            ranges(
                calls.call(
                    "Query",
                    request(
                        """
                        'KeyConditions':{
                          'p':{'ComparisonOperator':'EQ','AttributeValueList':[{'S':'a'}]},
                          's':{'ComparisonOperator':'BETWEEN','AttributeValueList':[{'N':'2'},{'N':'3'}]}}
                        """))))
        .containsExactly(2, 3);
    calls.assertRefused(
        "Query",
        "{'TableName':'none'," + BY_P + "," + P_IS_A + "}",
        "ResourceNotFoundException",
        "Requested resource not found");
  }

  @Test
  void filtersTestAfterTheCount() {
    JsonNode answer =
        calls.call(
            "Query",
            request(
                BY_P
                    + ",'FilterExpression':'y >"
                    + " :y','ExpressionAttributeValues':{':p':{'S':'a'},':y':{'N':'3'}}"));
    assertThat(ranges(answer)).containsExactly(4, 5);
    assertThat(answer.path("Count").asInt()).isEqualTo(2);
    assertThat(answer.path("ScannedCount").asInt()).isEqualTo(5);
    JsonNode empty =
        scan("'FilterExpression':'y = :y','ExpressionAttributeValues':{':y':{'N':'9'}},'Limit':2");
    assertThat(ranges(empty)).isEmpty();
    assertThat(empty.path("ScannedCount").asInt()).isEqualTo(2);
    assertThat(empty.has("LastEvaluatedKey")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'FilterExpression':'s = :p' | Filter Expression can only contain non-primary key attributes: Primary key attribute: s
          'FilterExpression':'p = :p' | Filter Expression can only contain non-primary key attributes: Primary key attribute: p
          'FilterExpression':'l = :p','IndexName':'byL' | Filter Expression can only contain non-primary key attributes: Primary key attribute: l
          """)
  void queriesDoNotFilterOnTheirKeys(String members, String message) {
    assertInvalid("Query", BY_P + "," + P_IS_A + "," + members, message);
  }

  @Test
  void otherFiltersOnKeysAreServed() {
    assertInvalid(
        "Query",
        "'KeyConditions':{'p':{'ComparisonOperator':'EQ','AttributeValueList':[{'S':'a'}]}},"
            + "'QueryFilter':{'s':{'ComparisonOperator':'NOT_NULL'}}",
        "QueryFilter can only contain non-primary key attributes: Primary key attribute: s");
    String filter = "'FilterExpression':'s = :s','ExpressionAttributeValues':{':s':{'N':'2'}";
    assertThat(ranges(scan(filter + "}"))).containsExactly(2);
    assertThat(
            ranges(
                calls.call(
                    "Query", request(BY_P + ",'IndexName':'byL'," + filter + ",':p':{'S':'a'}}"))))
        .containsExactly(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'Select':'SPECIFIC_ATTRIBUTES' | Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES
          'Select':'ALL_PROJECTED_ATTRIBUTES' | ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName
          'Select':'COUNT','ProjectionExpression':'y' | Cannot specify the ProjectionExpression when choosing to get only the Count
          'Select':'ALL_ATTRIBUTES','ProjectionExpression':'y' | Cannot specify the ProjectionExpression when choosing to get ALL_ATTRIBUTES
          'Select':'ALL_ATTRIBUTES','AttributesToGet':['y'] | Cannot specify the AttributesToGet when choosing to get ALL_ATTRIBUTES
          'IndexName':'byG','Select':'ALL_ATTRIBUTES' | One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index byG because its projection type is not ALL
          'IndexName':'byG','ProjectionExpression':'s, y' | One or more parameter values were invalid: Global secondary index byG does not project [y]
          'IndexName':'byG','ConsistentRead':true | Consistent reads are not supported on global secondary indexes
          'IndexName':'none' | The table does not have the specified index: none
          'Segment':0 | The TotalSegments parameter is required but was not present in the request when Segment parameter is present
          'TotalSegments':2 | The Segment parameter is required but was not present in the request when parameter TotalSegments is present
          'Segment':5,'TotalSegments':5 | The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 5 is not less than TotalSegments: 5
          'Limit':0 | 1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1
          """)
  void scansRefuseParametersThatDoNotFit(String members, String message) {
    assertInvalid("Scan", members, message);
  }

  @Test
  void countsHaveNoItems() {
    assertThat(query(",'Select':'COUNT'"))
        .isEqualTo(DynamoDbCalls.json("{'Count':5,'ScannedCount':5}"));
  }

  @Test
  void indexesReturnWhatTheyProject() {
    JsonNode global =
        calls.call(
            "Query",
            request(
                "'IndexName':'byG','KeyConditionExpression':'g ="
                    + " :g','ExpressionAttributeValues':{':g':{'S':'g1'}}"));
    assertThat(ranges(global)).containsExactlyInAnyOrder(1, 3, 5);
    assertThat(names(global.path("Items").get(0))).containsExactlyInAnyOrder("p", "s", "g");
    JsonNode local = query(",'IndexName':'byL','Limit':1,'ConsistentRead':true");
    assertThat(names(local.path("Items").get(0))).containsExactlyInAnyOrder("p", "s", "l", "x");
    JsonNode fetched = query(",'IndexName':'byL','Limit':1,'Select':'ALL_ATTRIBUTES'");
    assertThat(names(fetched.path("Items").get(0)))
        .containsExactlyInAnyOrder("p", "s", "g", "l", "x", "y");
    JsonNode chosen = query(",'IndexName':'byL','Limit':1,'ProjectionExpression':'y'");
    assertThat(names(chosen.path("Items").get(0))).containsExactly("y");
  }

  @Test
  void itemsWithoutTheIndexKeyAreNotInTheIndex() {
    calls.call("PutItem", "{'TableName':'range','Item':{'p':{'S':'a'},'s':{'N':'9'}}}");
    assertThat(ranges(scan("'IndexName':'byL'"))).hasSize(5).doesNotContain(9);
    assertThat(ranges(query(""))).contains(9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Query", "Scan"})
  void pagesJoinToTheWhole(String operation) {
    String members = operation.equals("Query") ? BY_P + "," + P_IS_A + ",'Limit':2" : "'Limit':2";
    var all = new ArrayList<Integer>();
    ObjectNode request = request(members);
    JsonNode last;
    do {
      JsonNode page = calls.call(operation, request);
      assertThat(page.path("Count").asInt()).isLessThanOrEqualTo(2);
      all.addAll(ranges(page));
      last = page.path("LastEvaluatedKey");
      request.set("ExclusiveStartKey", last);
    } while (!last.isMissingNode());
    assertThat(all).containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void lastKeysHaveTheKeysOfTableAndIndex() {
    assertThat(query(",'Limit':2").path("LastEvaluatedKey"))
        .isEqualTo(DynamoDbCalls.json("{'p':{'S':'a'},'s':{'N':'2'}}"));
    assertThat(query(",'Limit':2,'IndexName':'byL'").path("LastEvaluatedKey"))
        .isEqualTo(DynamoDbCalls.json("{'p':{'S':'a'},'s':{'N':'4'},'l':{'N':'2'}}"));
    assertThat(query("").has("LastEvaluatedKey")).isFalse();
  }

  @Test
  void deletedItemsServeAsStartKeys() {
    String key = "{'p':{'S':'a'},'s':{'N':'2'}}";
    calls.call("DeleteItem", "{'TableName':'range','Key':" + key + "}");
    assertThat(ranges(query(",'ExclusiveStartKey':" + key))).containsExactly(3, 4, 5);
    assertThat(ranges(query(",'ScanIndexForward':false,'ExclusiveStartKey':" + key)))
        .containsExactly(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          p = :p            | {'p':{'S':'a'}}               | The provided starting key is invalid
          p = :p            | {'p':{'S':'a'},'z':{'N':'1'}} | The provided starting key is invalid
          p = :p            | {'p':{'S':'b'},'s':{'N':'1'}} | The provided starting key is outside query boundaries based on provided conditions
          p = :p AND s > :s | {'p':{'S':'a'},'s':{'N':'2'}} | The provided starting key does not match the range key predicate
          """)
  void startKeysMustFitTheQuery(String condition, String key, String message) {
    String values =
        condition.contains(":s") ? "{':p':{'S':'a'},':s':{'N':'2'}}" : "{':p':{'S':'a'}}";
    assertInvalid(
        "Query",
        "'KeyConditionExpression':'%s','ExpressionAttributeValues':%s,'ExclusiveStartKey':%s"
            .formatted(condition, values, key),
        message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'p':{'S':'a'}}", "{'p':{'S':'a'},'s':{'S':'1'}}"})
  void startKeysMustFitTheScannedTable(String key) {
    assertInvalid(
        "Scan",
        "'ExclusiveStartKey':" + key,
        "The provided starting key is invalid: The provided key element does not match the schema");
  }

  @Test
  void queriesOfOneItemCannotBeRestarted() {
    calls.assertInvalid(
        "Query",
        "{'TableName':'hash'," + BY_P + "," + P_IS_A + ",'ExclusiveStartKey':{'p':{'S':'a'}}}",
        "The provided exclusive start key is invalid: ExclusiveStartKey: {p=AttributeValue:"
            + " {S:a}}");
  }

  @Test
  void segmentsHaveEachItemOnce() {
    for (int i = 0; i < 40; i++) {
      calls.call("PutItem", "{'TableName':'hash','Item':{'p':{'S':'" + i + "'}}}");
    }
    var found = new ArrayList<String>();
    int served = 0;
    for (int segment = 0; segment < 4; segment++) {
      JsonNode page =
          calls.call("Scan", "{'TableName':'hash','TotalSegments':4,'Segment':" + segment + "}");
      served += page.path("Count").asInt() > 0 ? 1 : 0;
      page.path("Items").forEach(item -> found.add(item.path("p").path("S").asText()));
    }
    assertThat(found).doesNotHaveDuplicates().hasSize(40);
    assertThat(served).isGreaterThan(1);
  }

  @Test
  void capacityCountsWhatIsRead() {
    assertThat(query(",'ReturnConsumedCapacity':'TOTAL'").path("ConsumedCapacity"))
        .isEqualTo(DynamoDbCalls.json("{'TableName':'range','CapacityUnits':0.5}"));
    assertThat(
            query(",'ReturnConsumedCapacity':'INDEXES','IndexName':'byL','ConsistentRead':true")
                .path("ConsumedCapacity"))
        .isEqualTo(
            DynamoDbCalls.json(
                "{'TableName':'range','CapacityUnits':1.0,"
                    + "'LocalSecondaryIndexes':{'byL':{'CapacityUnits':1.0}}}"));
  }
}
