// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import org.junit.jupiter.api.Test;

/** Batches of PartiQL statements. */
class StatementBatchTest extends StatementFixture {
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
}
