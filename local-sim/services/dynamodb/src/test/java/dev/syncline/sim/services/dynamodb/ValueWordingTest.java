// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import dev.syncline.sim.service.settings.Wording;
import org.junit.jupiter.api.Test;

/** The wording of wrong values by operation, as observed on AWS in October 2026. */
class ValueWordingTest {
  private static final String NUMBER = "The parameter cannot be converted to a numeric value: abc";

  private static final String UPDATE =
      "{'TableName':'abc','Key':{'p':{'S':'1'}},'UpdateExpression':'SET n = :v',"
          + "'ExpressionAttributeValues':{':v':{'N':'abc'}}}";

  private static final String QUERY =
      "{'TableName':'abc','KeyConditionExpression':'p = :p',"
          + "'ExpressionAttributeValues':{':p':{'N':'abc'}}}";

  private static final String SCAN =
      "{'TableName':'abc','FilterExpression':'n = :v',"
          + "'ExpressionAttributeValues':{':v':{'N':'abc'}}}";

  private static String wrapped(String placeholder) {
    return "ExpressionAttributeValues contains invalid value: "
        + NUMBER
        + " for key "
        + placeholder;
  }

  @Test
  void theNewWordingNamesNoParameter() {
    try (var calls = new DynamoDbCalls()) {
      calls.createTable("abc");
      calls.assertInvalid("UpdateItem", UPDATE, "1 validation error detected: " + NUMBER);
      calls.assertInvalid(
          "PutItem",
          "{'TableName':'abc','Item':{'p':{'S':'1'},'n':{'NS':['1','abc']}}}",
          "1 validation error detected: " + NUMBER);
      calls.assertInvalid("Query", QUERY, NUMBER);
      calls.assertInvalid("Scan", SCAN, wrapped(":v"));
      calls.assertInvalid(
          "Query",
          QUERY.replace("{'N':'abc'}", "{'NS':['2','1','2']}"),
          "One or more parameter values were invalid: Input collection contains duplicates.");
    }
  }

  @Test
  void theClassicWordingNamesParameterAndPlaceholder() {
    try (var calls = new DynamoDbCalls(Wording.CLASSIC)) {
      calls.createTable("abc");
      calls.assertInvalid("UpdateItem", UPDATE, wrapped(":v"));
      calls.assertInvalid("Query", QUERY, wrapped(":p"));
      calls.assertInvalid("Scan", SCAN, wrapped(":v"));
    }
  }
}
