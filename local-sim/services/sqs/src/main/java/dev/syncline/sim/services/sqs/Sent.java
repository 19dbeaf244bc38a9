// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import org.jspecify.annotations.Nullable;

/**
 * The result of a send.
 *
 * @param attributeDigest null for a message without attributes
 * @param systemDigest null for a message without system attributes
 * @param sequenceNumber FIFO queues only
 */
record Sent(
    String messageId,
    String bodyDigest,
    @Nullable String attributeDigest,
    @Nullable String systemDigest,
    @Nullable String sequenceNumber) {

  ObjectNode json() {
    ObjectNode json = Json.object().put("MD5OfMessageBody", bodyDigest).put("MessageId", messageId);
    Json.putIfPresent(json, "MD5OfMessageAttributes", attributeDigest);
    Json.putIfPresent(json, "MD5OfMessageSystemAttributes", systemDigest);
    Json.putIfPresent(json, "SequenceNumber", sequenceNumber);
    return json;
  }
}
