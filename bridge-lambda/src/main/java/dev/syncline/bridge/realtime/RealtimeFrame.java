// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.realtime;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a service frame that a subscriber uses. Immutable.
 *
 * @param type empty if missing
 * @param id empty if missing
 * @param connectionTimeoutMillis zero if missing
 * @param events the event texts of a {@code data} frame; the service sends one text, but its guide
 *     shows a list
 * @param error the text of the first error; empty without an error
 * @param unauthorized whether an error is about the credentials
 */
record RealtimeFrame(
    String type,
    String id,
    long connectionTimeoutMillis,
    List<String> events,
    String error,
    boolean unauthorized) {

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * Reads a frame.
   *
   * @throws IOException if it is not a JSON object
   */
  static RealtimeFrame parse(String text) throws IOException {
    try (JsonParser parser = JSON.createParser(text)) {
      return new Reader(parser).read();
    }
  }

  private static final class Reader {
    private final JsonParser parser;
    private String type = "";
    private String id = "";
    private long connectionTimeoutMillis;
    private final List<String> events = new ArrayList<>(1);
    private String error = "";
    private boolean unauthorized;

    Reader(JsonParser parser) {
      this.parser = parser;
    }

    RealtimeFrame read() throws IOException {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("a frame is a JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        switch (name) {
          case "type" -> type = text();
          case "id" -> id = text();
          case "connectionTimeoutMs" -> connectionTimeoutMillis = parser.getValueAsLong();
          case "payload" -> readPayload(value);
          case "event" -> readEvents(value);
          case "errors" -> readErrors(value);
          default -> parser.skipChildren();
        }
      }
      if (parser.nextToken() != null) {
        throw new IOException("text after the frame");
      }
      return new RealtimeFrame(
          type, id, connectionTimeoutMillis, List.copyOf(events), error, unauthorized);
    }

    /** The related GraphQL protocol has the time-out in the payload. */
    private void readPayload(JsonToken value) throws IOException {
      if (value != JsonToken.START_OBJECT) {
        parser.skipChildren();
        return;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean timeout = parser.currentName().equals("connectionTimeoutMs");
        parser.nextToken();
        if (timeout) {
          connectionTimeoutMillis = parser.getValueAsLong();
        }
        parser.skipChildren();
      }
    }

    private void readEvents(JsonToken value) throws IOException {
      if (value == JsonToken.VALUE_STRING) {
        events.add(parser.getText());
      } else if (value == JsonToken.START_ARRAY) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          events.add(text());
        }
      } else {
        parser.skipChildren();
      }
    }

    private void readErrors(JsonToken value) throws IOException {
      if (value != JsonToken.START_ARRAY) {
        parser.skipChildren();
        return;
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
          readError();
        } else {
          parser.skipChildren();
        }
      }
    }

    private void readError() throws IOException {
      String errorType = "";
      String message = "";
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "errorType" -> errorType = text();
          case "message" -> message = text();
          case "errorCode" -> unauthorized |= parser.getValueAsInt() == 401;
          default -> parser.skipChildren();
        }
      }
      // The service uses three spellings, depending on the component that refuses.
      unauthorized |= errorType.startsWith("Unauthorized") || errorType.startsWith("NotAuthorized");
      if (error.isEmpty()) {
        error = message.isEmpty() ? errorType : errorType + ": " + message;
      }
    }

    private String text() throws IOException {
      @Nullable String text = parser.getValueAsString();
      parser.skipChildren();
      return text == null ? "" : text;
    }
  }
}
