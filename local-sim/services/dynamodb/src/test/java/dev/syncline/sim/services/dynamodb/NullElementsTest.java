// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A null in a list or map of a request is refused in words, never with a defect. */
class NullElementsTest {
  @AutoClose private final DynamoDbCalls calls = new DynamoDbCalls();

  @Test
  void batchesRefuseNull() {
    calls.assertInvalid(
        "BatchGetItem",
        "{'RequestItems':{'abc':null}}",
        "The list of keys in RequestItems for BatchGetItem is required: abc has empty list");
    calls.assertInvalid(
        "BatchWriteItem",
        "{'RequestItems':{'abc':null}}",
        "The batch write request list for a table cannot be null or empty: abc");
  }

  @Test
  void transactionsRefuseNull() {
    calls.assertInvalid(
        "TransactWriteItems",
        "{'TransactItems':[null]}",
        "Invalid Request: TransactWriteRequest should contain Delete or Put or Update request");
    calls.assertInvalid(
        "TransactGetItems",
        "{'TransactItems':[null]}",
        "1 validation error detected: Value null at 'transactItems.1.member.get' failed to satisfy"
            + " constraint: Member must not be null");
  }
}
