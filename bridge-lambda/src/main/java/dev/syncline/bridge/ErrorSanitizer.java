// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Removes stack traces and secrets from error text, and truncates it, before it is returned to a
 * caller. Stateless and thread-safe.
 */
final class ErrorSanitizer {

  private static final int MAX_CHARS = 2_000;
  private static final JsonFactory JSON = new JsonFactory();

  /** An AppSync API key, an access key id, and the value of a header that holds a secret. */
  private static final Pattern SECRET =
      Pattern.compile(
          "\\bda2-[a-z0-9]{20,}|\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b"
              + "|(?i)(?<=x-api-key[\"']?[:=] ?[\"']?|authorization[\"']?[:=] ?[\"']?)"
              + "(?:bearer )?[^\\s\"',;}]+");

  /** Where a stack trace begins: Java's, then Python's. */
  private static final Pattern STACK_TRACE =
      Pattern.compile("(?:^|\\s)at [\\w$.<>/]+\\([^)\\n]*\\)|Traceback \\(most recent call");

  private ErrorSanitizer() {}

  /**
   * Sanitizes the cause of a failure. Of Lambda's JSON object with a stack trace, only {@code
   * errorMessage} is kept.
   */
  static String cause(String cause) {
    String text = cause.strip();
    return clean(text.startsWith("{") ? errorMessage(text) : text, MAX_CHARS);
  }

  /** Sanitizes any text, and truncates it to {@code maxChars} characters. */
  static String clean(String text, int maxChars) {
    // Text beyond the limit is not searched: a cause may be 256 KiB long.
    String start = text.substring(0, Math.min(text.length(), 2 * maxChars));
    String kept = mayHaveStackTrace(start) ? withoutStackTrace(start) : start;
    if (mayHaveSecret(kept)) {
      kept = SECRET.matcher(kept).replaceAll("***");
    }
    return kept.length() <= maxChars ? kept : kept.substring(0, maxChars) + "…";
  }

  // A cheap precheck for strings that every match contains. It takes a tenth of the time of the
  // regular expressions, and most texts are ids and numbers.

  private static boolean mayHaveStackTrace(String text) {
    return text.contains("at ") || text.contains("Traceback");
  }

  private static boolean mayHaveSecret(String text) {
    return text.indexOf(':') >= 0
        || text.indexOf('=') >= 0
        || text.contains("da2-")
        || text.contains("AKIA")
        || text.contains("ASIA");
  }

  private static String withoutStackTrace(String text) {
    Matcher trace = STACK_TRACE.matcher(text);
    return trace.find() ? text.substring(0, trace.start()).stripTrailing() : text;
  }

  private static String errorMessage(String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = parser.currentName().equals("errorMessage");
        if (parser.nextToken() == JsonToken.VALUE_STRING && wanted) {
          return parser.getText();
        }
        parser.skipChildren();
      }
    } catch (IOException e) {
      return text;
    }
    return text;
  }
}
