// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Single PartiQL statements. */
class StatementOperationsTest extends StatementFixture {
  private List<String> values(String statement, String attribute) {
    var values = new ArrayList<String>();
    run(statement)
        .path("Items")
        .forEach(item -> values.add(item.path(attribute).path("N").asText()));
    return values;
  }

  @Test
  void selectsQueryByKeyAndFilterTheRest() {
    assertThat(values("SELECT * FROM \"range\" WHERE pk = 'a' AND sk > 2 AND n <> 4", "sk"))
        .containsExactly("3", "5");
    assertThat(values("SELECT sk FROM \"range\" WHERE pk = 'a' ORDER BY sk DESC", "sk"))
        .containsExactly("5", "4", "3", "2", "1");
    assertThat(values("SELECT sk FROM \"range\" WHERE n IN [2, 3]", "sk"))
        .containsExactlyInAnyOrder("2", "3");
    assertThat(
            values(
                "SELECT sk FROM \"range\" WHERE pk = 'a' AND sk = 1 OR pk = 'a' AND sk = 5", "sk"))
        .containsExactly("1", "5");
    assertThat(values("SELECT sk FROM \"range\".\"gsi\" WHERE g = 'g0'", "sk"))
        .containsExactly("2", "4");
    assertThat(run("SELECT m.a FROM hash WHERE pk = ?", "{'S':'x'}").path("Items"))
        .isEqualTo(DynamoDbCalls.json("{'i':[{'a':{'N':'1'}}]}").get("i"));
  }

  @Test
  void pagesGoOnWithTheirToken() {
    var seen = new ArrayList<String>();
    ObjectNode request =
        request("SELECT sk FROM \"range\" WHERE pk = 'a' AND n <> 1").put("Limit", 2);
    int pages = 0;
    while (true) {
      JsonNode answer = calls.call("ExecuteStatement", request);
      pages++;
      answer.path("Items").forEach(item -> seen.add(item.path("sk").path("N").asText()));
      if (!answer.has("NextToken")) {
        break;
      }
      assertThat(answer.path("LastEvaluatedKey").has("pk")).isTrue();
      request.set("NextToken", answer.get("NextToken"));
    }
    assertThat(seen).containsExactly("2", "3", "4", "5");
    assertThat(pages).isEqualTo(3);
    ObjectNode other =
        request("SELECT sk FROM \"range\" WHERE pk = 'a'")
            .set("NextToken", request.get("NextToken"));
    assertThat(errorOf("ExecuteStatement", other))
        .isEqualTo("ValidationException: NextToken does not match request");
    assertThat(errorOf("ExecuteStatement", other.put("NextToken", "!")))
        .isEqualTo("ValidationException: Invalid NextToken");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          SELECT * FROM gone WHERE pk = 'x' | ResourceNotFoundException: Requested resource not found
          FROM gone WHERE pk = 'x' SET c = 1 | ResourceNotFoundException: Requested resource not found
          SELECT * FROM hash.nope | ValidationException: The table does not have the specified index
          SELECT n FROM "range".gsi WHERE g = 'x' | ValidationException: One or more parameter values were invalid: Global secondary index gsi does not project [n]
          SELECT * FROM "range".gsi WHERE g = 'x' AND n = 1 | ValidationException: One or more parameter values were invalid: Secondary index gsi does not project one or more filter attributes: [n]
          SELECT * FROM "range" ORDER BY sk | ValidationException: Must have WHERE clause in the statement when using ORDER BY clause.
          SELECT * FROM "range" WHERE n = 1 ORDER BY sk | ValidationException: Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.
          SELECT * FROM "range" WHERE pk = 'a' ORDER BY n | ValidationException: Variable reference n in ORDER BY clause must be part of the primary key
          SELECT * FROM hash WHERE pk = 1 | ValidationException: Key attribute's data type should match its data type in table's schema: Key pk
          SELECT * FROM "range" WHERE pk = 'a' AND sk > '1' | ValidationException: Key attribute's data type should match its data type in table's schema: Key sk
          UPDATE hash SET n = 1 WHERE pk = 'x' AND pk = 'y' | ValidationException: Multiple conditions on same key pk. Only single item Update/Insert/Delete are supported
          DELETE FROM hash WHERE pk = 'x' AND pk = 'y' | ValidationException: Multiple conditions on same key pk. Only single item Update/Insert/Delete are supported
          UPDATE hash SET n = 1 | ValidationException: Where clause does not contain a mandatory equality on all key attributes
          UPDATE "range" SET n = 1 WHERE pk = 'a' | ValidationException: Where clause does not contain a mandatory equality on all key attributes
          DELETE FROM hash WHERE n = 1 | ValidationException: Where clause does not contain a mandatory equality on all key attributes
          UPDATE hash SET pk = 'y' WHERE pk = 'x' | ValidationException: One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key
          UPDATE hash SET n = 2 WHERE pk = 'none' | ConditionalCheckFailedException: The conditional request failed
          UPDATE hash SET n = 2 WHERE pk = 'x' AND n = 9 | ConditionalCheckFailedException: The conditional request failed
          DELETE FROM hash WHERE pk = 'x' AND n = 9 | ConditionalCheckFailedException: The conditional request failed
          INSERT INTO hash VALUE {'pk': 'x'} | DuplicateItemException: Duplicate primary key exists in table
          INSERT INTO hash VALUE {'a': 'x'} | ValidationException: One or more parameter values were invalid: Missing the key pk in the item
          UPDATE hash SET n = set_add(n, <<'x'>>) WHERE pk = 'x' | ValidationException: An operand in the update expression has an incorrect data type
          """)
  void statementsThatDoNotFitAreRefused(String statement, String error) {
    assertThat(errorOf(statement)).isEqualTo(error);
  }

  @Test
  void indexesWithKeysOfSeveralAttributesAreNotRead() {
    calls.call(
        "CreateTable",
        "{'TableName':'multi','BillingMode':'PAY_PER_REQUEST',"
            + "'AttributeDefinitions':[{'AttributeName':'pk','AttributeType':'S'},"
            + "{'AttributeName':'h1','AttributeType':'S'},"
            + "{'AttributeName':'h2','AttributeType':'S'}],"
            + "'KeySchema':[{'AttributeName':'pk','KeyType':'HASH'}],"
            + "'GlobalSecondaryIndexes':[{'IndexName':'gsi',"
            + "'KeySchema':[{'AttributeName':'h1','KeyType':'HASH'},"
            + "{'AttributeName':'h2','KeyType':'HASH'}],"
            + "'Projection':{'ProjectionType':'ALL'}}]}");
    String refused =
        "PartiQL statements cannot be executed on tables with multi-attribute HASH keys or"
            + " multi-attribute RANGE keys.";
    assertThat(errorOf("SELECT * FROM multi.gsi WHERE h1 = 'a'"))
        .isEqualTo("ValidationException: " + refused);
    assertThat(
            calls
                .call(
                    "BatchExecuteStatement",
                    several("Statements", request("SELECT * FROM multi.gsi WHERE h1 = 'a'")))
                .at("/Responses/0/Error/Message")
                .asText())
        .isEqualTo(refused);
    assertThat(run("SELECT * FROM multi WHERE pk = 'a'").path("Items")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          pk = 'a' AND n = 1 OR pk = 'a' AND sk = 2
          pk = 'a' AND n <> 1 OR pk = 'a' AND sk = 2
          pk = 'a' OR pk = 'a' AND sk > 2
          pk = 'a' AND sk > 1 OR pk = 'a' AND sk < 3
          pk = 'a' AND sk BETWEEN 1 AND 3 OR pk = 'b' OR pk = 'a' AND sk = 3
          pk = 'a' OR pk = 'a'
          pk = 'a' AND (sk > 0 OR sk < 5)
          pk = 'a' AND (sk = 1 OR n = 2)
          (pk = 'a' AND n = 1) OR (pk = 'a' AND n = 2)
          """)
  void alternativesMustNotOverlapInTheirRange(String condition) {
    assertThat(errorOf("SELECT * FROM \"range\" WHERE " + condition))
        .isEqualTo(
            "ValidationException: Overlapping conditions with range keys are not supported in where"
                + " clause");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          3 | pk = 'a' AND NOT sk IN [1, 3, 4] OR pk = 'a' AND sk = 3
          5 | pk = 'a' AND sk <> 1 OR pk = 'a' AND sk = 1
          5 | pk = 'a' OR pk = 'a' AND NOT sk = 1
          2 | pk = 'a' AND sk < 2 OR pk = 'a' AND sk = 5
          2 | pk = 'a' AND (sk = 1 OR sk = 2)
          5 | pk = 'a' AND (sk < 1 OR sk > 1 OR sk = 1)
          1 | pk = 'a' AND (pk = 'b' OR n = 1)
          5 | pk = 'a' OR sk = 1
          2 | pk = 'a' AND sk > 1 AND (n = 2 OR n = 3)
          2 | pk = 'a' AND sk = 1 OR n = 2
          """)
  void otherAlternativesAreUnited(int items, String condition) {
    assertThat(run("SELECT * FROM \"range\" WHERE " + condition).path("Items")).hasSize(items);
  }

  @Test
  void globalIndexesAreNotConsistent() {
    assertThat(
            errorOf(
                "ExecuteStatement",
                request("SELECT * FROM \"range\".gsi WHERE g = 'x'").put("ConsistentRead", true)))
        .isEqualTo(
            "ValidationException: Strongly consistent read is not supported on Global Secondary"
                + " Indexes");
  }

  @Test
  void writesReturnWhatTheyAreAskedFor() {
    assertThat(run("UPDATE hash SET n = 2 WHERE pk = 'x'").path("Items")).isEmpty();
    assertThat(run("UPDATE hash SET m.a = 5 WHERE pk = 'x' RETURNING MODIFIED NEW *").path("Items"))
        .isEqualTo(DynamoDbCalls.json("{'i':[{'m':{'M':{'a':{'N':'5'}}}}]}").get("i"));
    assertThat(run("UPDATE hash SET n = 3 WHERE pk = 'x' RETURNING MODIFIED OLD *").path("Items"))
        .isEqualTo(DynamoDbCalls.json("{'i':[{'n':{'N':'2'}}]}").get("i"));
    assertThat(run("FROM hash WHERE pk = 'x' REMOVE m RETURNING ALL NEW *").path("Items"))
        .isEqualTo(DynamoDbCalls.json("{'i':[{'pk':{'S':'x'},'n':{'N':'3'}}]}").get("i"));
    assertThat(run("DELETE FROM hash WHERE pk = 'x' RETURNING ALL OLD *").path("Items")).hasSize(1);
    assertThat(run("DELETE FROM hash WHERE pk = 'x' RETURNING ALL OLD *").path("Items")).isEmpty();
    assertThat(run("DELETE FROM hash WHERE pk = 'x' AND n = 1").path("Items")).isEmpty();
    assertThat(stored("x").isMissingNode()).isTrue();
  }

  @Test
  void aFailedConditionMayShowTheItem() {
    AwsException error =
        catchThrowableOfType(
            AwsException.class,
            () ->
                calls.call(
                    "ExecuteStatement",
                    request("UPDATE hash SET n = 2 WHERE pk = 'x' AND n = 9")
                        .put("ReturnValuesOnConditionCheckFailure", "ALL_OLD")));
    assertThat(error.members()).containsKey("Item");
  }

  @Test
  void capacityIsReported() {
    JsonNode written =
        calls.call(
            "ExecuteStatement",
            request("INSERT INTO hash VALUE {'pk': 'c'}").put("ReturnConsumedCapacity", "TOTAL"));
    assertThat(written.path("ConsumedCapacity").path("CapacityUnits").asDouble()).isEqualTo(1.0);
    JsonNode read =
        calls.call(
            "ExecuteStatement",
            request("SELECT * FROM hash WHERE pk = 'c'").put("ReturnConsumedCapacity", "TOTAL"));
    assertThat(read.path("ConsumedCapacity").path("CapacityUnits").asDouble()).isEqualTo(0.5);
  }

  @Test
  void listsOfInHoldAHundredValues() {
    String values = "1" + ", 1".repeat(99);
    assertThat(run("SELECT * FROM hash WHERE n IN [" + values + "]").path("Items")).hasSize(1);
    assertThat(errorOf("SELECT * FROM hash WHERE n IN [" + values + ", 1]"))
        .isEqualTo(
            "ValidationException: The IN operator is provided with too many operands; number of"
                + " operands: 101");
  }
}
