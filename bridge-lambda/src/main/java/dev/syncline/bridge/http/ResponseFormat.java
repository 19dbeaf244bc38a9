// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;

/** In which keys a result is told. Thread-safe. */
public enum ResponseFormat {
  /** As the backend has it. */
  V1 {
    @Override
    String translated(String resultJson) {
      return resultJson;
    }
  },

  /**
   * As {@code aws-samples/AppSync_Sync_Async_Integration} answers: the event's {@code
   * nome_completo} is the response's {@code nome completo}, and nothing else of the event is told.
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

  /** The result's text in this dialect. */
  abstract String translated(String resultJson);

  /**
   * Reads {@code RESPONSE_DIALECT}.
   *
   * @throws IllegalArgumentException naming it
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

  /** The text of an object's member, as it is written there; empty if there is none. */
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
