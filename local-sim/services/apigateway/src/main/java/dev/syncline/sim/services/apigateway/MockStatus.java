// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The status code in the request of a mock integration. AWS takes more than JSON here, such as
 * {@code {statusCode: 200}}, which the AWS CDK and the Serverless Framework write; which texts it
 * takes and which not is recorded behaviour.
 */
final class MockStatus {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern OBJECT = Pattern.compile("\\s*\\{(.+)\\}\\s*", Pattern.DOTALL);
  private static final Pattern KEY = Pattern.compile("statusCode|'statusCode'|\"statusCode\"");
  private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,9}");

  private MockStatus() {}

  /** The code; empty when the text has none that is an integer. */
  static OptionalInt of(String request) {
    try {
      JsonNode status = JSON.readTree(request).path("statusCode");
      return status.isInt() ? OptionalInt.of(status.intValue()) : OptionalInt.empty();
    } catch (JsonProcessingException notJson) {
      return lenient(request);
    }
  }

  private static OptionalInt lenient(String request) {
    Matcher object = OBJECT.matcher(request);
    if (!object.matches()) {
      return OptionalInt.empty();
    }
    OptionalInt status = OptionalInt.empty();
    for (String pair : object.group(1).split(",")) {
      if (pair.isBlank()) {
        continue;
      }
      int colon = pair.indexOf(':');
      if (colon < 0) {
        return OptionalInt.empty();
      }
      String key = text(pair.substring(0, colon));
      String value = text(pair.substring(colon + 1));
      if (KEY.matcher(key).matches()) {
        if (!INTEGER.matcher(value).matches()) {
          return OptionalInt.empty();
        }
        status = OptionalInt.of(Integer.parseInt(value));
      } else if (key.startsWith("[") || key.startsWith("{") || !closed(key) || !closed(value)) {
        return OptionalInt.empty();
      }
    }
    return status;
  }

  private static String text(String part) {
    String text = part.strip();
    return text.isEmpty() || text.equals("null") ? "\"\"" : text;
  }

  /** Whether the bracket that the first character opens is closed by the last one. */
  private static boolean closed(String text) {
    char first = text.charAt(0);
    char last = text.charAt(text.length() - 1);
    return switch (first) {
      case '"', '\'' -> text.length() > 1 && last == first;
      case '{' -> text.length() > 1 && last == '}';
      case '[' -> text.length() > 1 && last == ']';
      default -> true;
    };
  }
}
