// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.templates;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a template rendered, with AppSync's texts for what is not JSON. Stateless. */
final class TemplateJson {
  /** How a rendered text is read. */
  enum Reading {
    /** As a request document. */
    REQUEST,
    /** As the result of a resolver or function. */
    RESPONSE,
    /** As a value that is not needed: null for what is not JSON. */
    LENIENT
  }

  /** The text is not JSON; the message is AppSync's. */
  static final class NotJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    NotJsonException(String message) {
      super(message, null, false, false);
    }
  }

  /** How much of the text an error shows. */
  private static final int MAX_SOURCE = 500;

  /** The words of newer Jackson versions, which AppSync does not use, and the older ones. */
  private static final Map<String, String> OLD_WORDS =
      Map.of(
          "was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
          "was expecting ('true', 'false' or 'null')",
          "expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or"
              + " 'false')",
          "expected a valid value (number, String, array, object, 'true', 'false' or 'null')");

  private static final Pattern TOKEN = Pattern.compile("Unrecognized token '([^']*)'");

  /** Reads one value and leaves what follows. */
  private static final ObjectMapper PLAIN = new ObjectMapper();

  private static final String TRAILING =
      "Trailing characters at the end of the JSON string are not allowed.";

  private static final String EMPTY = "Template transformation yielded an empty response.";

  private TemplateJson() {}

  static JsonNode read(String text, Reading reading) throws NotJsonException {
    try (var parser = PLAIN.createParser(text)) {
      if (parser.nextToken() == null) {
        if (reading == Reading.RESPONSE) {
          throw new NotJsonException(EMPTY);
        }
        return NullNode.instance;
      }
      JsonNode value = parser.readValueAsTree();
      requireEnd(parser, text, reading);
      return value;
    } catch (JsonProcessingException malformed) {
      return refused(text, reading, malformed);
    } catch (IOException impossible) {
      throw new java.io.UncheckedIOException(impossible);
    }
  }

  private static void requireEnd(
      com.fasterxml.jackson.core.JsonParser parser, String text, Reading reading)
      throws IOException, NotJsonException {
    JsonToken more;
    try {
      more = parser.nextToken();
    } catch (JsonParseException notEvenJson) {
      more = JsonToken.NOT_AVAILABLE;
    }
    if (more != null && reading != Reading.LENIENT) {
      throw new NotJsonException(reading == Reading.REQUEST ? TRAILING : unconvertible(text));
    }
  }

  private static JsonNode refused(String text, Reading reading, JsonProcessingException malformed)
      throws NotJsonException {
    return switch (reading) {
      case LENIENT -> NullNode.instance;
      case RESPONSE -> throw new NotJsonException(unconvertible(text));
      case REQUEST ->
          throw new NotJsonException(
              "Unable to parse the JSON document: '" + jackson(text, malformed) + "'");
    };
  }

  private static String unconvertible(String text) {
    return "Unable to convert " + text + " to class java.lang.Object.";
  }

  /** The text of Jackson's exception as its version 2.9 wrote it. */
  static String jackson(String text, JsonProcessingException malformed) {
    String reason = malformed.getOriginalMessage();
    for (Map.Entry<String, String> words : OLD_WORDS.entrySet()) {
      reason = reason.replace(words.getKey(), words.getValue());
    }
    JsonLocation place = malformed.getLocation();
    String shown =
        text.length() <= MAX_SOURCE
            ? "\"" + text + "\""
            : "\""
                + text.substring(0, MAX_SOURCE)
                + "\"[truncated "
                + (text.length() - MAX_SOURCE)
                + " chars]";
    return reason
        + "\n at [Source: (String)"
        + shown
        + "; line: "
        + (place == null ? -1 : place.getLineNr())
        + ", column: "
        + (place == null ? -1 : place.getColumnNr() + read(reason))
        + "]";
  }

  /**
   * How many characters of what is wrong the older versions have read before they tell the place.
   */
  private static int read(String reason) {
    Matcher token = TOKEN.matcher(reason);
    if (token.lookingAt()) {
      return token.group(1).length();
    }
    return reason.startsWith("Unexpected character (") ? 1 : 0;
  }
}
