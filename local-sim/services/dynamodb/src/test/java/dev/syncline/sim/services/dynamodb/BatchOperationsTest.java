// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchOperationsTest {
  private static final String DUPLICATES = "Provided list of item keys contains duplicates";
  private static final String NOT_FOUND = "Requested resource not found";

  @AutoClose
  private final DynamoDbCalls calls = new DynamoDbCalls().withTable("one").withTable("two");

  @BeforeEach
  void makeTables() {
    calls.call(
        "CreateTable",
        """
        {'TableName':'number','BillingMode':'PAY_PER_REQUEST',
         'AttributeDefinitions':[{'AttributeName':'k','AttributeType':'N'}],
         'KeySchema':[{'AttributeName':'k','KeyType':'HASH'}]}
        """);
  }

  private static String requestItems(String tables) {
    return "{'RequestItems':{" + tables + "}}";
  }

  private static String list(int count, IntFunction<String> element) {
    return IntStream.range(0, count).mapToObj(element).collect(Collectors.joining(",", "[", "]"));
  }

  private static String keys(int from, int count) {
    return "{'Keys':" + list(count, i -> "{'p':{'S':'k" + (from + i) + "'}}") + "}";
  }

  private static String puts(int count) {
    return list(count, i -> put("{'p':{'S':'k" + i + "'}}"));
  }

  private static String put(String item) {
    return "{'PutRequest':{'Item':" + item + "}}";
  }

  private static String delete(String key) {
    return "{'DeleteRequest':{'Key':" + key + "}}";
  }

  private JsonNode write(String tables) {
    return calls.call("BatchWriteItem", requestItems(tables));
  }

  private JsonNode get(String tables) {
    return calls.call("BatchGetItem", requestItems(tables));
  }

  private int count(String table) {
    return calls.call("Scan", "{'TableName':'" + table + "'}").path("Count").asInt();
  }

  private void assertNothingWritten(String tables, String message) {
    calls.assertInvalid("BatchWriteItem", requestItems(tables), message);
    assertThat(count("one")).isZero();
    assertThat(count("two")).isZero();
  }

  @Test
  void writesPutAndDeleteInSeveralTables() {
    write("'one':" + puts(3));
    JsonNode answer =
        write(
            "'one':["
                + delete("{'p':{'S':'k0'}}")
                + ","
                + delete("{'p':{'S':'none'}}")
                + "],'two':"
                + puts(2));
    assertThat(answer).isEqualTo(DynamoDbCalls.json("{'UnprocessedItems':{}}"));
    assertThat(count("one")).isEqualTo(2);
    assertThat(count("two")).isEqualTo(2);
  }

  @Test
  void writesAreAtMost25OverAllTables() {
    write("'one':" + puts(25));
    assertThat(count("one")).isEqualTo(25);
    calls.assertInvalid(
        "BatchWriteItem",
        requestItems("'one':" + puts(13) + ",'two':" + puts(13)),
        "Too many items requested for the BatchWriteItem call");
    assertThat(calls.error("BatchWriteItem", requestItems("'two':" + puts(26))))
        .hasMessageContaining("Member must have length less than or equal to 25");
    assertThat(count("two")).isZero();
  }

  @Test
  void oneKeyIsWrittenOnce() {
    String key = "{'p':{'S':'k1'}}";
    assertNothingWritten("'one':[" + put(key) + "," + delete(key) + "]", DUPLICATES);
    assertNothingWritten(
        "'one':[" + put(key) + "," + put("{'p':{'S':'k1'},'n':{'N':'1'}}") + "]", DUPLICATES);
    String byArn = "'" + DynamoDbCalls.TABLE_ARN + "one':[" + put(key) + "]";
    assertNothingWritten("'one':[" + delete(key) + "]," + byArn, DUPLICATES);
    // Numbers are compared by their values.
    assertNothingWritten(
        "'number':[" + put("{'k':{'N':'1000'}}") + "," + delete("{'k':{'N':'1e3'}}") + "]",
        DUPLICATES);
    assertThat(count("number")).isZero();
    write("'one':[" + put(key) + "],'two':[" + put(key) + "]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                | Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes
          {'PutRequest':{'Item':{'p':{'S':'b'}}},'DeleteRequest':{'Key':{'p':{'S':'b'}}}} | Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes
          {'PutRequest':{'Item':{'p':{'N':'1'}}}} | The provided key element does not match the schema
          {'PutRequest':{'Item':{'n':{'N':'1'}}}} | The provided key element does not match the schema
          {'DeleteRequest':{'Key':{'p':{'S':'b'},'n':{'N':'1'}}}} | The provided key element does not match the schema
          {'PutRequest':{'Item':{'p':{'S':''}}}} | One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: p
          {'PutRequest':{'Item':{'p':{'S':'b'},'z':{'SS':[]}}}} | One or more parameter values were invalid: An string set  may not be empty
          """)
  void oneInvalidWriteRefusesAll(String second, String message) {
    assertNothingWritten(
        "'two':" + puts(1) + ",'one':[" + put("{'p':{'S':'a'}}") + "," + second + "]", message);
  }

  @Test
  void tooLargeItemRefusesAll() {
    String item = "{'p':{'S':'a'},'d':{'S':'" + "x".repeat(409_600) + "'}}";
    assertNothingWritten(
        "'two':" + puts(1) + ",'one':[" + put(item) + "]",
        "Item size has exceeded the maximum allowed size");
  }

  @Test
  void oneMissingTableRefusesAll() {
    String code = "ResourceNotFoundException";
    calls.assertRefused(
        "BatchWriteItem", requestItems("'one':" + puts(1) + ",'none':" + puts(1)), code, NOT_FOUND);
    assertThat(count("one")).isZero();
    calls.assertRefused(
        "BatchGetItem",
        requestItems("'one':" + keys(0, 1) + ",'none':" + keys(0, 1)),
        code,
        NOT_FOUND);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          BatchWriteItem | {}                               | The requestItems parameter is required for BatchWriteItem
          BatchWriteItem | {'RequestItems':{}}              | The requestItems parameter is required for BatchWriteItem
          BatchWriteItem | {'RequestItems':{'one':null}}    | The batch write request list for a table cannot be null or empty: one
          BatchWriteItem | {'RequestItems':{'one':[]}}      | 1 validation error detected: Value '{one=[]}' at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 25, Member must have length greater than or equal to 1]
          BatchGetItem   | {'RequestItems':{}}              | 1 validation error detected: Value at 'RequestItems' failed to satisfy constraint: Member must have length greater than or equal to 1
          BatchGetItem   | {'RequestItems':{'one':{'Keys':[]}}} | 1 validation error detected: Value at 'RequestItems.one.member.Keys' failed to satisfy constraint: Member must have length greater than or equal to 1
          """)
  void emptyListsAreRefused(String operation, String request, String message) {
    calls.assertInvalid(operation, request, message);
  }

  @Test
  void readsAnswerForEachTable() {
    write("'one':" + puts(2));
    JsonNode answer = get("'one':" + keys(0, 3) + ",'two':" + keys(0, 1));
    assertThat(answer.path("Responses").path("one"))
        .containsExactlyInAnyOrder(
            DynamoDbCalls.json("{'p':{'S':'k0'}}"), DynamoDbCalls.json("{'p':{'S':'k1'}}"));
    assertThat(answer.path("Responses").path("two").isArray()).isTrue();
    assertThat(answer.path("Responses").path("two")).isEmpty();
    assertThat(answer.path("UnprocessedKeys")).isEqualTo(DynamoDbCalls.json("{}"));
  }

  @Test
  void readsAreAtMost100OverAllTables() {
    assertThat(get("'one':" + keys(0, 100)).path("UnprocessedKeys")).isEmpty();
    calls.assertInvalid(
        "BatchGetItem",
        requestItems("'one':" + keys(0, 51) + ",'two':" + keys(0, 50)),
        "Too many items requested for the BatchGetItem call");
    calls.assertInvalid(
        "BatchGetItem",
        requestItems("'one':" + keys(0, 101)),
        "1 validation error detected: Value at 'RequestItems.one.member.Keys' failed to satisfy"
            + " constraint: Member must have length less than or equal to 100");
  }

  @Test
  void readsFindDuplicatesAsSent() {
    calls.assertInvalid(
        "BatchGetItem",
        requestItems("'one':{'Keys':[{'p':{'S':'a'}},{'p':{'S':'b'}},{'p':{'S':'a'}}]}"),
        DUPLICATES);
    write("'number':[" + put("{'k':{'N':'1000'}}") + "]");
    assertThat(get("'number':{'Keys':[{'k':{'N':'1000'}},{'k':{'N':'1e3'}}]}").path("Responses"))
        .isEqualTo(DynamoDbCalls.json("{'number':[{'k':{'N':'1000'}}]}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'p':{'N':'1'}}", "{}", "{'p':{'S':'a'},'n':{'N':'1'}}"})
  void keysMustMatchTheSchema(String key) {
    calls.assertInvalid(
        "BatchGetItem",
        requestItems("'two':" + keys(0, 1) + ",'one':{'Keys':[" + key + "]}"),
        "The provided key element does not match the schema");
  }

  @Test
  void projectionsAreOfOneTableAndOneStyle() {
    write("'one':[" + put("{'p':{'S':'k0'},'n':{'N':'1'},'z':{'N':'2'}}") + "],'two':" + puts(1));
    String projected =
        keys(0, 1)
            .replace("]}", "],'ProjectionExpression':'#n','ExpressionAttributeNames':{'#n':'n'}}");
    assertThat(get("'one':" + projected + ",'two':" + keys(0, 1)).path("Responses"))
        .isEqualTo(DynamoDbCalls.json("{'one':[{'n':{'N':'1'}}],'two':[{'p':{'S':'k0'}}]}"));
    calls.assertInvalid(
        "BatchGetItem",
        requestItems(
            "'one':"
                + projected
                + ",'two':"
                + keys(0, 1).replace("]}", "],'AttributesToGet':['p']}")),
        "Can not use both expression and non-expression parameters in the same request:"
            + " Non-expression parameters: {AttributesToGet} Expression parameters:"
            + " {ProjectionExpression}");
  }

  /** 41 items of 400,000 bytes fit into 16 MB (16,777,216 bytes). */
  @Test
  void answersOver16MegabytesLeaveKeysUnprocessed() {
    String data = "x".repeat(400_000 - 6);
    for (int i = 10; i < 53; i++) {
      write("'one':[" + put("{'p':{'S':'k" + i + "'},'d':{'S':'" + data + "'}}") + "]");
    }
    String consistent = keys(10, 43).replace("]}", "],'ConsistentRead':true}");
    JsonNode answer = get("'one':" + consistent);
    assertThat(answer.path("Responses").path("one")).hasSize(41);
    assertThat(answer.path("UnprocessedKeys"))
        .isEqualTo(
            DynamoDbCalls.json(
                "{'one':" + keys(51, 2).replace("]}", "],'ConsistentRead':true}") + "}"));
    assertThat(
            calls
                .call("BatchGetItem", "{'RequestItems':" + answer.path("UnprocessedKeys") + "}")
                .path("Responses")
                .path("one"))
        .hasSize(2);
  }

  @Test
  void capacityIsReportedForEachTable() {
    String total = ",'ReturnConsumedCapacity':'TOTAL'}";
    String both = "'one':" + puts(2) + ",'two':" + puts(1);
    assertThat(
            calls
                .call("BatchWriteItem", "{'RequestItems':{" + both + "}" + total)
                .path("ConsumedCapacity"))
        .containsExactlyInAnyOrder(
            DynamoDbCalls.json("{'TableName':'one','CapacityUnits':2.0}"),
            DynamoDbCalls.json("{'TableName':'two','CapacityUnits':1.0}"));
    assertThat(
            calls
                .call("BatchGetItem", "{'RequestItems':{'one':" + keys(0, 3) + "}" + total)
                .path("ConsumedCapacity"))
        .containsExactly(DynamoDbCalls.json("{'TableName':'one','CapacityUnits':1.5}"));
  }
}
