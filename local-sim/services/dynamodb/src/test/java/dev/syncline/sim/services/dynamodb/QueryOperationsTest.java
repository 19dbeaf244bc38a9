// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Query and Scan on five items: {@code s} from 1 to 5, {@code l} from 5 to 1. */
class QueryOperationsTest {
  private static final String BY_P = "'KeyConditionExpression':'p = :p'";
  private static final String P_IS_A = "'ExpressionAttributeValues':{':p':{'S':'a'}}";

  @AutoClose
  private final DynamoDbCalls calls =
      new DynamoDbCalls().withTable("hash").withIndexedTable("range");

  @BeforeEach
  void makeTables() {
    for (int s = 1; s <= 5; s++) {
      calls.call(
          "PutItem",
          "{'TableName':'range','Item':{'p':{'S':'a'},'s':{'N':'%d'},'g':{'S':'g%d'},'l':{'N':'%d'},'x':{'S':'x'},'y':{'N':'%d'}}}"
              .formatted(s, s % 2, 6 - s, s));
    }
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

  @Test
  void otherFiltersOnKeysAreServed() {
    String filter = "'FilterExpression':'s = :s','ExpressionAttributeValues':{':s':{'N':'2'}";
    assertThat(ranges(scan(filter + "}"))).containsExactly(2);
    assertThat(
            ranges(
                calls.call(
                    "Query", request(BY_P + ",'IndexName':'byL'," + filter + ",':p':{'S':'a'}}"))))
        .containsExactly(2);
  }

  @Test
  void legacyKeyConditionsChooseARange() {
    String conditions =
        """
        'KeyConditions':{
          'p':{'ComparisonOperator':'EQ','AttributeValueList':[{'S':'a'}]},
          's':{'ComparisonOperator':'BETWEEN','AttributeValueList':[{'N':'2'},{'N':'3'}]}}
        """;
    assertThat(ranges(calls.call("Query", request(conditions)))).containsExactly(2, 3);
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
