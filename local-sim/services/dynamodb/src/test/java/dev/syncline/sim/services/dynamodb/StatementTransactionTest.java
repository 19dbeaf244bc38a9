// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Transactions of PartiQL statements. */
class StatementTransactionTest extends StatementFixture {
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
        Arrays.stream(statements).map(StatementFixture::request).toArray(ObjectNode[]::new);
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
