// SPDX-License-Identifier: Apache-2.0
package example;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** The records of jobs. Thread-safe. */
final class JobTable {
  private static final List<String> SHOWN =
      List.of("id", "status", "createdAt", "updatedAt", "attempts", "result", "error");

  private final DynamoDbClient client = DynamoDbClient.create();
  private final String name;

  JobTable(String name) {
    this.name = name;
  }

  /** Writes the first state of a job, unless the job has one: a queue may deliver twice. */
  void accept(String id, long sentSeconds) {
    long keepSeconds = Long.parseLong(System.getenv("KEEP_DAYS")) * 86_400;
    String sent = Instant.ofEpochSecond(sentSeconds).toString();
    Map<String, AttributeValue> item =
        Map.of(
            "id",
            AttributeValue.fromS(id),
            "status",
            AttributeValue.fromS("queued"),
            "createdAt",
            AttributeValue.fromS(sent),
            "updatedAt",
            AttributeValue.fromS(sent),
            "expires",
            AttributeValue.fromN(Long.toString(sentSeconds + keepSeconds)));
    try {
      client.putItem(
          put -> put.tableName(name).item(item).conditionExpression("attribute_not_exists(id)"));
    } catch (ConditionalCheckFailedException known) {
      // The message comes again: the record of the first delivery stays.
    }
  }

  /**
   * Sets the state; an earlier error or result is removed.
   *
   * @param detail {@code error}, {@code result} or empty
   */
  void change(String id, String status, int attempt, String detail, String value) {
    var values = new HashMap<String, AttributeValue>();
    values.put(":status", AttributeValue.fromS(status));
    values.put(
        ":now", AttributeValue.fromS(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()));
    values.put(":attempts", AttributeValue.fromN(Integer.toString(attempt)));
    String set = "SET #status = :status, updatedAt = :now, attempts = :attempts";
    String remove = " REMOVE #error, #result";
    if (!detail.isEmpty()) {
      values.put(":detail", AttributeValue.fromS(value));
      set += ", #" + detail + " = :detail";
      remove = detail.equals("error") ? " REMOVE #result" : " REMOVE #error";
    }
    String expression = set + remove;
    client.updateItem(
        update ->
            update
                .tableName(name)
                .key(Map.of("id", AttributeValue.fromS(id)))
                .updateExpression(expression)
                .expressionAttributeNames(
                    Map.of("#status", "status", "#error", "error", "#result", "result"))
                .expressionAttributeValues(values));
  }

  /** What clients see of a job; empty for an unknown job. */
  Map<String, Object> find(String id) {
    Map<String, AttributeValue> item =
        client
            .getItem(
                get ->
                    get.tableName(name)
                        .key(Map.of("id", AttributeValue.fromS(id)))
                        .consistentRead(true))
            .item();
    var shown = new LinkedHashMap<String, Object>();
    for (String member : SHOWN) {
      AttributeValue value = item.get(member);
      if (value != null) {
        shown.put(member, value.n() == null ? value.s() : Long.valueOf(value.n()));
      }
    }
    return shown;
  }
}
