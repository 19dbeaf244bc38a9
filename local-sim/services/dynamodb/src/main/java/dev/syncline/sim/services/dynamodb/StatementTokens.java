// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.SerializationFault;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import dev.syncline.sim.services.dynamodb.values.ValueReader;
import dev.syncline.sim.services.dynamodb.values.ValueWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The {@code NextToken} of ExecuteStatement: where a page ended, and of which statement. */
final class StatementTokens {
  private static final String REQUEST = "r";
  private static final String KEY = "k";

  private StatementTokens() {}

  /** The token for the page after a key. */
  static String token(ObjectNode request, Item lastKey) {
    ObjectNode content = Json.object().put(REQUEST, fingerprint(request));
    content.set(KEY, ValueWriter.writeItem(lastKey));
    return Base64.getEncoder().encodeToString(content.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The key that a request's token holds; null without a token.
   *
   * @throws ValidationFault for a token that this statement did not give
   */
  static @Nullable Item startKey(ObjectNode request) {
    if (!request.hasNonNull("NextToken")) {
      return null;
    }
    JsonNode content = content(request.get("NextToken").asText());
    if (!content.path(REQUEST).isTextual() || !content.path(KEY).isObject()) {
      throw invalid();
    }
    if (!content.path(REQUEST).asText().equals(fingerprint(request))) {
      throw ValidationFault.bare("NextToken does not match request");
    }
    try {
      return ValueReader.readItem(content.get(KEY));
    } catch (ValidationFault | SerializationFault tampered) {
      throw invalid();
    }
  }

  private static JsonNode content(String token) {
    try {
      return Json.MAPPER.readTree(
          new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8));
    } catch (JsonProcessingException | IllegalArgumentException notOurs) {
      throw invalid();
    }
  }

  private static String fingerprint(ObjectNode request) {
    return request.path("Statement").asText() + request.path("Parameters");
  }

  private static ValidationFault invalid() {
    return ValidationFault.bare("Invalid NextToken");
  }
}
