// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The errors and bodies of the two JSON protocols. */
final class JsonErrors {
  private JsonErrors() {}

  /** Reads the body as a structure; an empty body is an empty structure. */
  static ObjectNode structure(byte[] body) {
    if (body.length == 0) {
      return Json.object();
    }
    try {
      JsonNode value = Json.MAPPER.readTree(body);
      if (value instanceof ObjectNode object) {
        return object;
      }
      throw AwsException.badRequest(
          "SerializationException", "The request body must be a JSON object.");
    } catch (JsonProcessingException notJson) {
      throw AwsException.badRequest(
          "SerializationException",
          "The request body is not JSON: " + notJson.getOriginalMessage());
    } catch (IOException unreadable) {
      throw AwsException.badRequest(
          "SerializationException", "The request body is not JSON: " + unreadable.getMessage());
    }
  }

  static WireResponse error(
      AwsException error, String requestId, String contentType, boolean typeInBody) {
    ObjectNode body = Json.object();
    if (typeInBody) {
      body.put("__type", error.code());
    }
    if (!error.members().containsKey(AwsException.CAPITAL_MESSAGE)) {
      body.put("message", error.text());
    }
    error.members().forEach((name, value) -> body.set(name, Json.MAPPER.valueToTree(value)));
    return new WireResponse(
        error.status(),
        List.of(
            Map.entry("Content-Type", contentType),
            Map.entry("x-amzn-RequestId", requestId),
            Map.entry("x-amzn-errortype", error.code())),
        Json.writeBytes(body));
  }
}
