// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Turns {@code {"name":"Ada","surname":"Lovelace"}} into {@code {"fullName":"Ada Lovelace"}}. Names
 * are non-blank texts and are not changed; other members are ignored. Thread-safe.
 */
public final class FullName implements Work {
  private static final JsonFactory JSON = new JsonFactory();

  @Override
  public String perform(String id, String event) throws WorkException {
    String name = null;
    String surname = null;
    try (JsonParser json = JSON.createParser(event)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw WorkException.invalidEvent("The event must be a JSON object with name and surname");
      }
      for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
        json.nextToken();
        switch (field) {
          case "name" -> name = text(field, json);
          case "surname" -> surname = text(field, json);
          default -> json.skipChildren();
        }
      }
      if (json.nextToken() != null) {
        throw WorkException.invalidEvent("The event has text after its JSON object");
      }
    } catch (JsonProcessingException e) {
      throw WorkException.invalidEvent("The event is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("Reading a String failed", e);
    }
    return result(present("name", name) + " " + present("surname", surname));
  }

  private static String text(String field, JsonParser json) throws IOException, WorkException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw WorkException.invalidEvent("The event's " + field + " is not a text");
    }
    String text = json.getText();
    if (text.isBlank()) {
      throw WorkException.invalidEvent("The event's " + field + " is empty");
    }
    // JSON can escape an unpaired surrogate, which UTF-8 cannot encode in the answer.
    if (text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
      throw WorkException.invalidEvent("The event's " + field + " has half of a surrogate pair");
    }
    return text;
  }

  private static String present(String field, @Nullable String text) throws WorkException {
    if (text == null) {
      throw WorkException.invalidEvent("The event's " + field + " is missing");
    }
    return text;
  }

  private static String result(String fullName) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("fullName", fullName);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing a String failed", e);
    }
    return out.toString();
  }
}
