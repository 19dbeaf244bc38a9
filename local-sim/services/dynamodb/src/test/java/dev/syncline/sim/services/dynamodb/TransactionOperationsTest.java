// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.AwsException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionOperationsTest extends TransactionCalls {
  private static final String NO_MATCH = "The provided key element does not match the schema";
  private static final String TWICE =
      "Transaction request cannot include multiple operations on one item";
  private static final String WRONG_KEY = "{'Delete':{'TableName':'one','Key':{'p':{'N':'1'}}}}";

  private static String get(String table, String key) {
    return action("Get", table, key, "");
  }

  private JsonNode write(String... actions) {
    return calls.call("TransactWriteItems", items(actions));
  }

  /** The transaction is cancelled for these reasons, and nothing changes. */
  private void assertCanceled(String operation, String request, String codes, String reasons) {
    calls.assertRefused(
        operation,
        request,
        CANCELED,
        "Transaction cancelled, please refer cancellation reasons for specific reasons " + codes);
    assertThat(calls.error(operation, request))
        .extracting(AwsException::members)
        .extracting(
            members -> DynamoDbCalls.json("{'list':" + members.get("CancellationReasons") + "}"))
        .isEqualTo(DynamoDbCalls.json("{'list':" + reasons + "}"));
    assertUnchanged();
  }

  private void assertRefused(String message, String... actions) {
    calls.assertInvalid("TransactWriteItems", items(actions), message);
    assertUnchanged();
  }

  private void assertUnchanged() {
    assertThat(count("one")).isEqualTo(1);
    assertThat(count("two")).isZero();
    assertThat(number()).isEqualTo("1");
  }

  @Test
  void allWritesAreMade() {
    JsonNode answer =
        write(
            put("two", "x"),
            add("a"),
            action("Delete", "two", "none", ""),
            action(
                "ConditionCheck", "one", "b", ",'ConditionExpression':'attribute_not_exists(p)'"));
    assertThat(answer).isEqualTo(DynamoDbCalls.json("{}"));
    assertThat(count("two")).isEqualTo(1);
    assertThat(number()).isEqualTo("2");
  }

  @Test
  void reasonsStandInTheOrderOfTheActions() {
    String showing = ",'ReturnValuesOnConditionCheckFailure':'ALL_OLD'";
    assertCanceled(
        "TransactWriteItems",
        items(
            put("two", "x"),
            FAILING,
            action("Delete", "one", "b", ",'ConditionExpression':'attribute_exists(p)'" + showing),
            FAILING.replace("ConditionCheck", "Delete").replace("one", "two"),
            action("Delete", "two", "c", ",'ConditionExpression':'attribute_exists(p)'")),
        "[None, ConditionalCheckFailed, ConditionalCheckFailed, None, ConditionalCheckFailed]",
        """
        [{'Code':'None'},
         {'Code':'ConditionalCheckFailed','Message':'The conditional request failed'},
         {'Code':'ConditionalCheckFailed','Message':'The conditional request failed'},
         {'Code':'None'},
         {'Code':'ConditionalCheckFailed','Message':'The conditional request failed'}]
        """);
    assertCanceled(
        "TransactWriteItems",
        items(FAILING.replace("(p)'", "(p)'" + showing)),
        "[ConditionalCheckFailed]",
        """
        [{'Code':'ConditionalCheckFailed','Message':'The conditional request failed',
          'Item':{'p':{'S':'a'},'n':{'N':'1'}}}]
        """);
  }

  @Test
  void onlyTheFirstValidationErrorIsReported() {
    assertCanceled(
        "TransactWriteItems",
        items(FAILING, WRONG_KEY, put("two", "x"), WRONG_KEY.replace("'1'", "'2'")),
        "[None, ValidationError, None, None]",
        "[{'Code':'None'},{'Code':'ValidationError','Message':'"
            + NO_MATCH
            + "'},{'Code':'None'},{'Code':'None'}]");
  }

  @Test
  void updatesThatDoNotFitTheItemCancel() {
    assertCanceled(
        "TransactWriteItems",
        items(put("two", "x"), action("Update", "one", "a", ",'UpdateExpression':'SET n = z'")),
        "[None, ValidationError]",
        """
        [{'Code':'None'},{'Code':'ValidationError','Message':
          'The provided expression refers to an attribute that does not exist in the item'}]
        """);
  }

  @Test
  void tooLargePutRefusesAndTooLargeUpdateCancels() {
    String data = "'x':{'S':'" + "x".repeat(409_600) + "'}";
    assertRefused(
        "Item size has exceeded the maximum allowed size",
        put("two", "x").replace("'S':'x'}", "'S':'x'}," + data));
    assertCanceled(
        "TransactWriteItems",
        items(
            action(
                "Update",
                "one",
                "a",
                ",'UpdateExpression':'SET x = :x','ExpressionAttributeValues':{':"
                    + data.substring(1)
                    + "}")),
        "[ValidationError]",
        "[{'Code':'ValidationError','Message':'Item size to update has exceeded the maximum allowed"
            + " size'}]");
  }

  @Test
  void oneItemIsNamedOnce() {
    assertRefused(TWICE, put("one", "b"), action("Delete", "one", "b", ""));
    assertRefused(TWICE, FAILING, add("a"));
    assertRefused(TWICE, put("one", "b"), put(DynamoDbCalls.TABLE_ARN + "one", "b"));
    // The duplicate is reported before the key that does not match.
    assertRefused(TWICE, WRONG_KEY, put("one", "b"), put("one", "b"));
    write(put("one", "b"), put("two", "b"));
  }

  @Test
  void missingTableRefusesAll() {
    String message = "Requested resource not found";
    calls.assertRefused(
        "TransactWriteItems",
        items(put("two", "x"), put("none", "x")),
        "ResourceNotFoundException",
        message);
    calls.assertRefused(
        "TransactGetItems",
        items(get("one", "a"), get("none", "x")),
        "ResourceNotFoundException",
        message);
    assertUnchanged();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'Put':{'TableName':'one','Item':{'p':{'S':''}}}} | One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: p
          {'Delete':{'TableName':'one','Key':{'p':{'S':''}}}} | One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: p
          {} | Invalid Request: TransactWriteRequest should contain Delete or Put or Update request
          {'Put':{'TableName':'one','Item':{'p':{'S':'b'}}},'Delete':{'TableName':'one','Key':{'p':{'S':'b'}}}} | TransactItems can only contain one of Check, Put, Update or Delete
          {'Delete':{'TableName':'one','Key':{'p':{'S':'b'}},'ConditionExpression':'n = :n'}} | Invalid ConditionExpression: An expression attribute value used in expression is not defined; attribute value: :n
          {'Delete':{'TableName':'one','Key':{'p':{'S':'b'}},'ConditionExpression':'attribute_exists(p)','ExpressionAttributeNames':{'#n':'n'}}} | Value provided in ExpressionAttributeNames unused in expressions: keys: {#n}
          """)
  void faultsOfTheRequestRefuseItPlainly(String second, String message) {
    assertRefused(message, put("two", "x"), second);
  }

  @Test
  void numberOfActionsIsLimited() {
    String[] hundred = new String[100];
    Arrays.setAll(hundred, i -> put("two", "k" + i));
    write(hundred);
    assertThat(count("two")).isEqualTo(100);
    assertThat(calls.error("TransactWriteItems", items(String.join(",", hundred), put("two", "z"))))
        .hasMessageContaining("Member must have length less than or equal to 100");
    assertThat(calls.error("TransactWriteItems", items()))
        .hasMessageContaining("Member must have length greater than or equal to 1");
  }

  /** Ten items of 400,000 bytes, and an item that fills 4,194,304 bytes or exceeds them by one. */
  @Test
  void requestsCarryAtMost4Megabytes() {
    String[] full = new String[11];
    Arrays.setAll(full, i -> sized(i, i < 10 ? 400_000 : 194_304));
    assertThat(write(full)).isEqualTo(DynamoDbCalls.json("{}"));
    full[10] = sized(10, 194_305);
    calls.assertInvalid(
        "TransactWriteItems",
        items(full),
        "Transaction payload size cannot exceed 4MB. Payload Size: 4194305");
    String[] deletes = new String[11];
    Arrays.setAll(deletes, i -> action("Delete", "two", "k" + (10 + i), ""));
    write(deletes);
    assertThat(count("two")).isZero();
  }

  /** A put of an item of so many bytes, with a key of 3 bytes and names of 2. */
  private static String sized(int at, int bytes) {
    return "{'Put':{'TableName':'two','Item':{'p':{'S':'k%d'},'d':{'S':'%s'}}}}"
        .formatted(10 + at, "x".repeat(bytes - 5));
  }

  @Test
  void readsAnswerInOrder() {
    String projected = action("Get", "one", "a", ",'ProjectionExpression':'%s'");
    assertThat(
            calls.call(
                "TransactGetItems", items(get("two", "a"), get("one", "a"), get("one", "none"))))
        .isEqualTo(
            DynamoDbCalls.json("{'Responses':[{},{'Item':{'p':{'S':'a'},'n':{'N':'1'}}},{}]}"));
    assertThat(calls.call("TransactGetItems", items(projected.formatted("n"))))
        .isEqualTo(DynamoDbCalls.json("{'Responses':[{'Item':{'n':{'N':'1'}}}]}"));
    assertThat(calls.call("TransactGetItems", items(projected.formatted("z"))))
        .isEqualTo(DynamoDbCalls.json("{'Responses':[{}]}"));
  }

  @Test
  void readsOfKeysThatDoNotFitAreCanceled() {
    String wrong = WRONG_KEY.replace("Delete", "Get");
    assertCanceled(
        "TransactGetItems",
        items(get("one", "a"), wrong, wrong.replace("'1'", "'2'")),
        "[None, ValidationError, None]",
        "[{'Code':'None'},{'Code':'ValidationError','Message':'"
            + NO_MATCH
            + "'},{'Code':'None'}]");
    calls.assertInvalid("TransactGetItems", items(get("one", "a"), get("one", "a")), TWICE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TransactGetItems", "TransactWriteItems"})
  void emptyKeysRefuseReadsAndWritesPlainly(String operation) {
    String kind = operation.equals("TransactGetItems") ? "Get" : "Delete";
    calls.assertInvalid(
        operation,
        items(action(kind, "one", "a", ""), action(kind, "two", "", "")),
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot"
            + " contain an empty string value. Key: p");
    assertUnchanged();
  }
}
