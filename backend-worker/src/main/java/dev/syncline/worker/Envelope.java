// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Writes and reads the JSON envelopes of answers and progress. */
final class Envelope {
  private static final JsonFactory JSON = new JsonFactory();

  private Envelope() {}

  @FunctionalInterface
  interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  static String write(String id, String status, Content content) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("id", id);
      json.writeStringField("status", status);
      content.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing a String failed", e);
    }
    return out.toString();
  }

  /**
   * Parses an answer that {@link #write} has written.
   *
   * @throws IOException if the text is not valid
   */
  static JobOutcome outcome(String envelope) throws IOException {
    String status = "";
    String result = "null";
    String error = "Failed";
    String cause = "";
    try (JsonParser json = JSON.createParser(envelope)) {
      json.nextToken();
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        JsonToken value = json.nextToken();
        if (name.equals("status")) {
          status = json.getText();
        } else if (name.equals("result")) {
          result = copy(json);
        } else if (name.equals("error") && value == JsonToken.START_OBJECT) {
          for (String part = json.nextFieldName(); part != null; part = json.nextFieldName()) {
            json.nextToken();
            switch (part) {
              case "error" -> error = json.getText();
              case "cause" -> cause = json.getText();
              default -> json.skipChildren();
            }
          }
        } else {
          json.skipChildren();
        }
      }
    }
    return switch (status) {
      case "COMPLETED" -> new JobOutcome.Completed(result);
      case "FAILED" -> new JobOutcome.Failed(error, cause);
      default -> throw new IOException("\"" + status + "\" is not the status of an answer");
    };
  }

  private static String copy(JsonParser from) throws IOException {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.copyCurrentStructureExact(from);
    }
    return out.toString();
  }

  /** Replaces characters that UTF-8 cannot encode, so that every failure can be sent. */
  static String encodable(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
