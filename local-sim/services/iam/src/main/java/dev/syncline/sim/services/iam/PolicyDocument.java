// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.http.PercentCoding;
import java.util.List;

/** Checks the form of policy documents. They are not evaluated. */
final class PolicyDocument {
  private PolicyDocument() {}

  /**
   * Checks that the text is JSON with at least one statement that has an effect.
   *
   * @throws AwsException {@code MalformedPolicyDocument}
   */
  static String checked(String text) {
    JsonNode document;
    try {
      document = Json.MAPPER.readTree(text);
    } catch (JsonProcessingException notJson) {
      throw IamErrors.malformedPolicy("This policy contains invalid Json");
    }
    JsonNode statements = document.path("Statement");
    if (!document.isObject() || statements.isMissingNode() || statements.isEmpty()) {
      throw IamErrors.malformedPolicy("Syntax errors in policy: it needs a Statement.");
    }
    Iterable<JsonNode> each = statements.isArray() ? statements : List.of(statements);
    for (JsonNode statement : each) {
      String effect = statement.path("Effect").asText();
      if (!effect.equals("Allow") && !effect.equals("Deny")) {
        throw IamErrors.malformedPolicy(
            "Syntax errors in policy: a Statement needs the Effect Allow or Deny.");
      }
    }
    return text;
  }

  /** The characters that count towards quotas: white space does not. */
  static int size(String text) {
    return (int) text.chars().filter(character -> !Character.isWhitespace(character)).count();
  }

  /** The document as IAM returns it: percent-encoded as a whole. */
  static String encoded(String text) {
    return PercentCoding.encode(text, "");
  }
}
