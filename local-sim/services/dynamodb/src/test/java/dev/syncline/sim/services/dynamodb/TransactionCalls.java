// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;

/** Transactions on two tables; {@code one} has the item {@code a} with {@code n} = 1. */
abstract class TransactionCalls {
  static final String CANCELED = "TransactionCanceledException";
  static final String FAILING =
      action("ConditionCheck", "one", "a", ",'ConditionExpression':'attribute_not_exists(p)'");

  @AutoClose DynamoDbCalls calls = new DynamoDbCalls().withTable("one").withTable("two");

  @BeforeEach
  void makeTables() {
    calls.call("PutItem", "{'TableName':'one','Item':{'p':{'S':'a'},'n':{'N':'1'}}}");
  }

  static String action(String kind, String table, String key, String members) {
    return "{'%s':{'TableName':'%s','Key':{'p':{'S':'%s'}}%s}}"
        .formatted(kind, table, key, members);
  }

  static String put(String table, String key) {
    return "{'Put':{'TableName':'%s','Item':{'p':{'S':'%s'}}}}".formatted(table, key);
  }

  static String add(String key) {
    return action(
        "Update",
        "one",
        key,
        ",'UpdateExpression':'ADD n :n','ExpressionAttributeValues':{':n':{'N':'1'}}");
  }

  static String items(String... actions) {
    return "{'TransactItems':[" + String.join(",", actions) + "]}";
  }

  int count(String table) {
    return calls.call("Scan", "{'TableName':'" + table + "'}").path("Count").asInt();
  }

  String number() {
    return calls
        .call("GetItem", "{'TableName':'one','Key':{'p':{'S':'a'}}}")
        .path("Item")
        .path("n")
        .path("N")
        .asText();
  }
}
