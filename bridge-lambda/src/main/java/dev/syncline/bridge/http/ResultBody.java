// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * Combines the id of the work and its result in one JSON text. Keeps the result's original text: no
 * number is rounded and no escape is rewritten. Stateless and thread-safe.
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
   * {@code {"id":…}} with the members of the result; {@code {"id":…,"result":…}} if the result is
   * not an object, or has another {@code id}.
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
      // Cannot happen: the result was parsed on arrival.
      return OwnId.OTHER;
    }
    return found;
  }
}
