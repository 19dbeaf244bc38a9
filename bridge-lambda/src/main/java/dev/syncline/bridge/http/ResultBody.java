// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * Puts the id of the work and its result into one JSON text, leaving the result's own text as it
 * is: no number is rounded, no escape rewritten. Stateless and thread-safe.
 */
public final class ResultBody {

  private static final JsonFactory JSON = new JsonFactory();

  private enum OwnId {
    NONE,
    SAME,
    OTHER
  }

  private ResultBody() {}

  /**
   * {@code {"id":…}} with the members of the result; if the result is not an object, or has an
   * {@code id} of its own that means something else, {@code {"id":…,"result":…}}.
   *
   * @param id letters, digits and dashes only
   * @param resultJson one JSON text
   */
  public static String of(String id, String resultJson, ResponseFormat format) {
    String head = "{\"id\":\"" + id + "\"";
    String result = format.translated(resultJson.strip());
    if (!result.startsWith("{")) {
      return head + ",\"result\":" + result + "}";
    }
    return switch (ownId(id, result)) {
      case SAME -> result;
      case OTHER -> head + ",\"result\":" + result + "}";
      case NONE -> {
        String inside = result.substring(1).stripLeading();
        yield inside.equals("}") ? head + "}" : head + "," + inside;
      }
    };
  }

  private static OwnId ownId(String id, String object) {
    OwnId found = OwnId.NONE;
    try (JsonParser parser = JSON.createParser(object)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean isId = parser.currentName().equals("id");
        JsonToken value = parser.nextToken();
        if (isId) {
          boolean same = value == JsonToken.VALUE_STRING && parser.getText().equals(id);
          found = same && found != OwnId.OTHER ? OwnId.SAME : OwnId.OTHER;
        }
        parser.skipChildren();
      }
    } catch (IOException e) {
      // Cannot be, it was parsed when it came; kept apart it does least harm.
      return OwnId.OTHER;
    }
    return found;
  }
}
