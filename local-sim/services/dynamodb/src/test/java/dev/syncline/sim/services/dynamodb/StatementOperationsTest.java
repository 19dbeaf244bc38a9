// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementOperationsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DynamoDbCalls calls = new DynamoDbCalls();

  @BeforeEach
  void makeTables() {
    calls.call(
        "CreateTable",
        "{'TableName':'hash','BillingMode':'PAY_PER_REQUEST',"
            + "'AttributeDefinitions':[{'AttributeName':'pk','AttributeType':'S'}],"
            + "'KeySchema':[{'AttributeName':'pk','KeyType':'HASH'}]}");
    calls.call(
        "CreateTable",
        "{'TableName':'range','BillingMode':'PAY_PER_REQUEST',"
            + "'AttributeDefinitions':[{'AttributeName':'pk','AttributeType':'S'},"
            + "{'AttributeName':'sk','AttributeType':'N'},{'AttributeName':'g','AttributeType':'S'}],"
            + "'KeySchema':[{'AttributeName':'pk','KeyType':'HASH'},"
            + "{'AttributeName':'sk','KeyType':'RANGE'}],"
            + "'GlobalSecondaryIndexes':[{'IndexName':'gsi',"
            + "'KeySchema':[{'AttributeName':'g','KeyType':'HASH'}],"
            + "'Projection':{'ProjectionType':'KEYS_ONLY'}}]}");
    for (int at = 1; at <= 5; at++) {
      run(
          "INSERT INTO \"range\" VALUE {'pk': 'a', 'sk': %d, 'g': 'g%d', 'n': %d}"
              .formatted(at, at % 2, at));
    }
    run("INSERT INTO \"hash\" VALUE {'pk': 'x', 'n': 1, 'm': {'a': 1, 'b': 2}}");
  }

  @AfterEach
  void close() {
    calls.close();
  }

  private static ObjectNode request(String statement, String... parameters) {
    ObjectNode request = JSON.createObjectNode().put("Statement", statement);
    if (parameters.length > 0) {
      ArrayNode list = request.putArray("Parameters");
      for (String parameter : parameters) {
        list.add(DynamoDbCalls.json(parameter));
      }
    }
    return request;
  }

  private JsonNode run(String statement, String... parameters) {
    return calls.call("ExecuteStatement", request(statement, parameters));
  }

  private List<String> values(String statement, String attribute) {
    var values = new ArrayList<String>();
    run(statement)
        .path("Items")
        .forEach(item -> values.add(item.path(attribute).path("N").asText()));
    return values;
  }

  private String errorOf(String operation, ObjectNode request) {
    AwsException error =
        catchThrowableOfType(AwsException.class, () -> calls.call(operation, request));
    return error == null ? "no error" : error.code() + ": " + error.text();
  }

  private String errorOf(String statement) {
    return errorOf("ExecuteStatement", request(statement));
  }

  private JsonNode stored(String key) {
    return calls
        .call("GetItem", "{'TableName':'hash','Key':{'pk':{'S':'" + key + "'}}}")
        .path("Item");
  }

  private static ObjectNode several(String member, ObjectNode... statements) {
    ObjectNode request = JSON.createObjectNode();
    ArrayNode list = request.putArray(member);
    for (ObjectNode statement : statements) {
      list.add(statement);
    }
    return request;
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
  void batchesAnswerStatementByStatement() {
    JsonNode answer =
        calls.call(
            "BatchExecuteStatement",
            several(
                "Statements",
                request("HELLO"),
                request("INSERT INTO hash VALUE {'pk': 'x'}"),
                request("INSERT INTO hash VALUE {'pk': 'new', 'n': ?}", "{'N':'7'}"),
                request("UPDATE hash SET n = 2 WHERE pk = 'none'"),
                request("DELETE FROM gone WHERE pk = 'x'"),
                request("UPDATE hash SET n = ? WHERE pk = 'y'", "{'N':'abc'}"),
                request("DELETE FROM hash WHERE pk = 'other' RETURNING ALL OLD *")));
    assertThat(answer.path("Responses").path(0).path("Error").path("Message").asText())
        .isEqualTo("Statement wasn't well formed, can't be processed: Expected data manipulation");
    ((ArrayNode) answer.path("Responses")).remove(0);
    assertThat(answer.path("Responses"))
        .isEqualTo(
            DynamoDbCalls.json(
                    "{'r':[{'TableName':'hash','Error':{'Code':'DuplicateItem',"
                        + "'Message':'Duplicate primary key exists in table'}},"
                        + "{'TableName':'hash'},"
                        + "{'TableName':'hash','Error':{'Code':'ConditionalCheckFailed',"
                        + "'Message':'The conditional request failed'}},"
                        + "{'TableName':'gone','Error':{'Code':'ResourceNotFound',"
                        + "'Message':'Requested resource not found'}},"
                        + "{'Error':{'Code':'ValidationError','Message':'The parameter cannot be"
                        + " converted to a numeric value: abc'}},"
                        + "{'TableName':'hash'}]}")
                .get("r"));
  }

  @Test
  void batchesReadSingleItems() {
    JsonNode answer =
        calls.call(
            "BatchExecuteStatement",
            several(
                "Statements",
                request("SELECT n FROM hash WHERE pk = 'x'"),
                request("SELECT * FROM hash WHERE pk = 'none'"),
                request("SELECT * FROM \"range\" WHERE pk = 'a'"),
                request("SELECT * FROM \"range\".gsi WHERE g = 'g1'"),
                request("SELECT * FROM hash WHERE pk = 'x' AND attribute_exists(n)")));
    String unkeyed =
        "Select statements within BatchExecuteStatement must specify the primary key in the where"
            + " clause.";
    assertThat(answer.path("Responses").get(0))
        .isEqualTo(DynamoDbCalls.json("{'TableName':'hash','Item':{'n':{'N':'1'}}}"));
    assertThat(answer.path("Responses").get(1))
        .isEqualTo(DynamoDbCalls.json("{'TableName':'hash'}"));
    for (int at = 2; at < 5; at++) {
      assertThat(answer.path("Responses").get(at).path("Error").path("Message").asText())
          .isEqualTo(unkeyed);
    }
  }

  @Test
  void batchesAreOfOneKindAndOneItemOnce() {
    assertThat(
            errorOf(
                "BatchExecuteStatement",
                several(
                    "Statements",
                    request("SELECT * FROM hash WHERE pk = 'x'"),
                    request("DELETE FROM hash WHERE pk = 'y'"))))
        .isEqualTo(
            "ValidationException: Read and write requests together in the same batch is not"
                + " supported.");
    assertThat(
            errorOf(
                "BatchExecuteStatement",
                several(
                    "Statements",
                    request("UPDATE hash SET n = 1 WHERE pk = 'x'"),
                    request("DELETE FROM hash WHERE pk = 'x'"))))
        .isEqualTo("ValidationException: Provided list of item keys contains duplicates");
  }

  @Test
  void transactionsWriteAllOrNothing() {
    JsonNode answer =
        calls.call(
            "ExecuteTransaction",
            several(
                    "TransactStatements",
                    request("INSERT INTO hash VALUE {'pk': 't'}"),
                    request("UPDATE hash SET n = n + 1 WHERE pk = 'x' AND attribute_exists(n)"),
                    request("EXISTS(SELECT * FROM \"range\" WHERE pk = 'a' AND sk = 1 AND n = 1)"))
                .put("ReturnConsumedCapacity", "TOTAL"));
    assertThat(answer.path("Responses").isArray()).isTrue();
    assertThat(answer.path("Responses")).isEmpty();
    assertThat(answer.path("ConsumedCapacity")).hasSize(2);
    assertThat(stored("x").path("n").path("N").asText()).isEqualTo("2");
    AwsException cancelled =
        catchThrowableOfType(
            AwsException.class,
            () ->
                calls.call(
                    "ExecuteTransaction",
                    several(
                        "TransactStatements",
                        request("INSERT INTO hash VALUE {'pk': 'u'}"),
                        request("INSERT INTO hash VALUE {'pk': 'x'}"),
                        request("DELETE FROM \"range\" WHERE pk = 'a' AND sk = 1 AND n = 9"))));
    assertThat(cancelled.code()).isEqualTo("TransactionCanceledException");
    assertThat(cancelled.text())
        .isEqualTo(
            "Transaction cancelled, please refer cancellation reasons for specific reasons"
                + " [None, DuplicateItem, ConditionalCheckFailed]");
    assertThat(stored("u").isMissingNode()).isTrue();
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

  @Test
  void transactionsReadItemsByKey() {
    JsonNode answer =
        calls.call(
            "ExecuteTransaction",
            several(
                "TransactStatements",
                request("SELECT n FROM hash WHERE (pk = 'x') AND pk = 'x'"),
                request("SELECT * FROM hash WHERE pk = 'none'")));
    assertThat(answer.path("Responses"))
        .isEqualTo(DynamoDbCalls.json("{'r':[{'Item':{'n':{'N':'1'}}},{}]}").get("r"));
  }

  private String cancelled(String... statements) {
    ObjectNode[] requests =
        Arrays.stream(statements).map(StatementOperationsTest::request).toArray(ObjectNode[]::new);
    AwsException error =
        catchThrowableOfType(
            AwsException.class,
            () -> calls.call("ExecuteTransaction", several("TransactStatements", requests)));
    return error.code() + error.text().replaceFirst(".* reasons \\[", " [");
  }

  @Test
  void transactionsAreCancelledForTablesAndKeysThatDoNotFit() {
    assertThat(
            cancelled(
                "UPDATE gone SET a = 1 WHERE pk = 'x' RETURNING ALL NEW *",
                "UPDATE hash SET a = 1 WHERE pk = 'x'"))
        .isEqualTo("TransactionCanceledException [ResourceNotFound, None]");
    assertThat(
            cancelled(
                "UPDATE \"range\" SET n = 1 WHERE pk = 'a'",
                "DELETE FROM \"range\" WHERE pk = 'a' AND sk = '1'",
                "INSERT INTO \"range\" VALUE {'pk': 'a'}",
                "UPDATE hash SET a = 1 WHERE pk = 'x'"))
        .isEqualTo(
            "TransactionCanceledException [ValidationError, ValidationError, ValidationError,"
                + " None]");
    assertThat(
            cancelled(
                "SELECT * FROM hash WHERE pk = 'x'",
                "SELECT * FROM hash WHERE pk = 'x'",
                "SELECT * FROM hash WHERE pk = 1"))
        .isEqualTo("TransactionCanceledException [None, None, ValidationError]");
    assertThat(
            errorOf(
                "ExecuteTransaction",
                several(
                    "TransactStatements",
                    request("UPDATE gone SET a = 1 WHERE pk = 'x'"),
                    request("DELETE FROM hash WHERE pk = 'x' RETURNING ALL OLD *"))))
        .isEqualTo(
            "ValidationException: Validation failed in TransactStatements[1]: RETURNING clause is"
                + " not supported in ExecuteTransaction.");
  }

  @Test
  void transactionsRunOnceForATokenAndRefuseAnotherRequest() {
    ObjectNode request =
        several("TransactStatements", request("UPDATE hash SET n = n + 1 WHERE pk = 'x'"))
            .put("ClientRequestToken", "token");
    calls.call("ExecuteTransaction", request);
    calls.call("ExecuteTransaction", request);
    assertThat(stored("x").path("n").path("N").asText()).isEqualTo("2");
    assertThat(
            errorOf(
                "ExecuteTransaction",
                several("TransactStatements", request("DELETE FROM hash WHERE pk = 'x'"))
                    .put("ClientRequestToken", "token")))
        .startsWith("IdempotentParameterMismatchException");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          SELECT * FROM hash WHERE | Validation failed in TransactStatements[0]: Statement wasn't well formed, can't be processed: Unexpected term
          DELETE FROM hash WHERE pk = 'x' RETURNING ALL OLD * | Validation failed in TransactStatements[0]: RETURNING clause is not supported in ExecuteTransaction.
          SELECT * FROM "range".gsi WHERE g = 'x' | Validation failed in TransactStatements[0]: Reads on indices are not supported within transactions.
          SELECT * FROM hash WHERE pk = 'x' AND attribute_exists(n) | Validation failed in TransactStatements[0]: Select statements within ExecuteTransaction must specify the primary key in the where clause.
          EXISTS(SELECT * FROM hash WHERE pk = 'x') | Validation failed in TransactStatements[0]: EXISTS() must contain a single item read with additional condition
          """)
  void transactionsNameTheStatementThatIsWrong(String statement, String message) {
    assertThat(errorOf("ExecuteTransaction", several("TransactStatements", request(statement))))
        .isEqualTo("ValidationException: " + message);
  }

  @Test
  void transactionsAreOfOneKindAndOneItemOnce() {
    assertThat(
            errorOf(
                "ExecuteTransaction",
                several(
                    "TransactStatements",
                    request("SELECT * FROM hash WHERE pk = 'x'"),
                    request("DELETE FROM hash WHERE pk = 'y'"))))
        .isEqualTo(
            "ValidationException: ExecuteTransaction API does not support both read and write"
                + " operations in the same request.");
    assertThat(
            errorOf(
                "ExecuteTransaction",
                several(
                    "TransactStatements",
                    request("UPDATE hash SET n = 1 WHERE pk = 'x'"),
                    request("DELETE FROM hash WHERE pk = 'x'"))))
        .isEqualTo(
            "ValidationException: Transaction request cannot include multiple operations on one"
                + " item");
  }
}
