// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;

/**
 * The dead-letter queue of a queue, and the limit of receives.
 *
 * @param target the ARN of the dead-letter queue
 * @param maxReceives how often a message is received before it is moved there, 1 to 1000
 */
record RedrivePolicy(String target, int maxReceives) {
  static final String NAME = "RedrivePolicy";
  private static final int DEFAULT_RECEIVES = 10;
  private static final int MAX_RECEIVES = 1000;

  /** Reads the attribute's text. */
  static RedrivePolicy parse(String text) {
    ObjectNode json = object(NAME, text);
    JsonNode target = json.path("deadLetterTargetArn");
    if (!target.isTextual() || target.asText().isEmpty()) {
      throw SqsErrors.invalidValue(
          NAME, text, "Redrive policy does not contain mandatory attribute: deadLetterTargetArn.");
    }
    JsonNode most = json.path("maxReceiveCount");
    int maxReceives;
    try {
      maxReceives = most.isMissingNode() ? DEFAULT_RECEIVES : Integer.parseInt(most.asText());
    } catch (NumberFormatException notANumber) {
      throw SqsErrors.invalidAttribute(NAME);
    }
    if (maxReceives < 1 || maxReceives > MAX_RECEIVES) {
      throw SqsErrors.invalidValue(
          NAME,
          text,
          "Invalid value for maxReceiveCount: "
              + maxReceives
              + ", valid values are from 1 to 1000 both inclusive.");
    }
    return new RedrivePolicy(target.asText(), maxReceives);
  }

  /** The normal form in which the service returns it. */
  String text() {
    return Json.write(
        Json.object().put("deadLetterTargetArn", target).put("maxReceiveCount", maxReceives));
  }

  static ObjectNode object(String attribute, String text) {
    try {
      if (Json.MAPPER.readTree(text) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException notJson) {
      // The same error as for JSON that is no object.
    }
    throw SqsErrors.invalidAttribute(attribute);
  }
}
