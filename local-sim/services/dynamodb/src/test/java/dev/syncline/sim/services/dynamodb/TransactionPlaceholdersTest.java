// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TransactionPlaceholdersTest {
  @Test
  void actionsWithoutExpressionsMayHaveNamesAndValues() {
    try (var calls = new DynamoDbCalls()) {
      calls.createTable("abc");
      calls.call(
          "TransactWriteItems",
          "{'TransactItems':[{'Put':{'TableName':'abc','Item':{'p':{'S':'1'}},"
              + "'ExpressionAttributeNames':{'#n':'foo'},"
              + "'ExpressionAttributeValues':{':v':{'N':'1'}}}}]}");
      assertThat(
              calls.call(
                  "TransactGetItems",
                  "{'TransactItems':[{'Get':{'TableName':'abc','Key':{'p':{'S':'1'}},"
                      + "'ExpressionAttributeNames':{'#n':'foo'}}}]}"))
          .isEqualTo(DynamoDbCalls.json("{'Responses':[{'Item':{'p':{'S':'1'}}}]}"));
      calls.assertInvalid(
          "TransactWriteItems",
          "{'TransactItems':[{'Put':{'TableName':'abc','Item':{'p':{'S':'1'}},"
              + "'ConditionExpression':'attribute_exists(p)',"
              + "'ExpressionAttributeNames':{'#n':'foo'}}}]}",
          "Value provided in ExpressionAttributeNames unused in expressions: keys: {#n}");
    }
  }
}
