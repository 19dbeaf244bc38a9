// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.contract.QueueMessage;

/**
 * The records of messages in a function's event. Source: the Lambda developer guide's "Example
 * Amazon SQS message event".
 */
final class SqsRecords {
  private SqsRecords() {}

  static ObjectNode of(QueueMessage message, String queueArn, String region) {
    ObjectNode json =
        Json.object()
            .put("messageId", message.id())
            .put("receiptHandle", message.receipt())
            .put("body", message.body());
    ObjectNode system = json.putObject("attributes");
    message.systemAttributes().forEach(system::put);
    ObjectNode attributes = json.putObject("messageAttributes");
    message
        .attributes()
        .forEach(
            (name, given) -> {
              ObjectNode shown = attributes.putObject(name);
              if (given.has("StringValue")) {
                shown.put("stringValue", given.get("StringValue").asText());
              }
              if (given.has("BinaryValue")) {
                shown.put("binaryValue", given.get("BinaryValue").asText());
              }
              shown.putArray("stringListValues");
              shown.putArray("binaryListValues");
              shown.set("dataType", given.get("DataType"));
            });
    if (!message.attributes().isEmpty()) {
      json.put("md5OfMessageAttributes", message.attributeDigest());
    }
    return json.put("md5OfBody", message.bodyDigest())
        .put("eventSource", "aws:sqs")
        .put("eventSourceARN", queueArn)
        .put("awsRegion", region);
  }
}
