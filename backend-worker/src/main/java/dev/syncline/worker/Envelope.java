// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The common part of both envelopes. */
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

  /** Replaces what UTF-8 cannot carry, so that an odd message cannot keep a failure from us. */
  static String encodable(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
