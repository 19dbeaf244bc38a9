// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import dev.syncline.sim.service.CoralDialect;
import dev.syncline.sim.service.Protocol;
import java.util.Set;

/** How DynamoDB speaks. Sources: botocore's model, and observed answers. */
final class DynamoDbWire {
  /** awsJson1_0 in the first generation's dialect. */
  static final Protocol PROTOCOL =
      new Protocol.AwsJson(
          "DynamoDB_20120810",
          "1.0",
          CoralDialect.of(
              "com.amazonaws.dynamodb.v20120810",
              // Their member is Message in the published shapes too.
              Set.of(
                  "IdempotentParameterMismatchException",
                  "TransactionCanceledException",
                  "TransactionInProgressException"),
              Set.of("application/x-amz-json-1.0", "application/json")));

  private DynamoDbWire() {}
}
