// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;

/** The member names of a result in a response. Thread-safe. */
public enum ResponseFormat {
  /** The backend's own names. */
  V1 {
    @Override
    String translated(String resultJson) {
      return resultJson;
    }
  },

  /**
   * The names of {@code aws-samples/AppSync_Sync_Async_Integration}: the event's {@code
   * nome_completo} becomes the response's {@code nome completo}, and the other members are left
   * out.
   */
  SEED {
    @Override
    String translated(String resultJson) {
      String value = member(resultJson, "nome_completo");
      if (value.isEmpty()) {
        return resultJson;
      }
      StringWriter text = new StringWriter();
      try (JsonGenerator json = JSON.createGenerator(text)) {
        json.writeStartObject();
        json.writeFieldName("nome completo");
        json.writeRawValue(value);
        json.writeEndObject();
      } catch (IOException e) {
        throw new IllegalStateException("a string writer does no I/O", e);
      }
      return text.toString();
    }
  };

  private static final JsonFactory JSON = new JsonFactory();

  /** The result in this format. */
  abstract String translated(String resultJson);

  /**
   * Reads {@code RESPONSE_DIALECT}.
   *
   * @throws IllegalArgumentException naming the variable
   */
  public static ResponseFormat parse(String text) {
    return switch (text) {
      case "", "v1" -> V1;
      case "seed" -> SEED;
      default ->
          throw new IllegalArgumentException(
              "RESPONSE_DIALECT must be v1 or seed, but is \"" + text + "\"");
    };
  }

  /** The original text of an object's member; empty if it is missing. */
  private static String member(String object, String name) {
    String found = "";
    try (JsonParser parser = JSON.createParser(object)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return "";
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = parser.currentName().equals(name);
        parser.nextToken();
        int from = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        if (wanted) {
          found = object.substring(from, (int) parser.currentLocation().getCharOffset()).strip();
        }
      }
    } catch (IOException e) {
      return "";
    }
    return found;
  }
}
