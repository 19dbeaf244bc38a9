// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.correlate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A backend's message about a piece of work: {@code {"id","status","result"|"error"}}. It arrives
 * as an event on the reply channel, and is the output of a Step Functions execution.
 *
 * <p>Statuses: {@code COMPLETED} with a {@code result} of any JSON, {@code FAILED} with an {@code
 * error} object {@code {"error","cause"}} (or a plain string); {@code PENDING} and {@code
 * PROCESSING} are progress, not answers. Unknown members are ignored.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id the work it is about
 * @param outcome how the work ended; empty while it runs
 */
public record ReplyEnvelope(CorrelationId id, Optional<WorkOutcome> outcome) {

  private static final JsonFactory JSON = new JsonFactory();

  /** The text is not an envelope. The message gives the reason and never quotes the text. */
  public static final class Malformed extends Exception {
    Malformed(String message) {
      super(message);
    }
  }

  /** Reads an envelope. */
  public static ReplyEnvelope parse(String text) throws Malformed {
    Fields fields;
    try (JsonParser parser = JSON.createParser(text)) {
      fields = Fields.read(parser, text);
    } catch (IOException e) {
      throw new Malformed("not JSON");
    }
    if (fields.id == null) {
      throw new Malformed("no id");
    }
    CorrelationId id =
        CorrelationId.parse(fields.id).orElseThrow(() -> new Malformed("id is malformed"));
    if (fields.status == null) {
      throw new Malformed("no status");
    }
    return switch (fields.status) {
      case "COMPLETED" -> {
        if (fields.resultJson == null) {
          throw new Malformed("COMPLETED without a result");
        }
        yield new ReplyEnvelope(id, Optional.of(new WorkOutcome.Completed(fields.resultJson)));
      }
      case "FAILED" ->
          new ReplyEnvelope(id, Optional.of(new WorkOutcome.Failed(fields.error, fields.cause)));
      case "PENDING", "PROCESSING" -> new ReplyEnvelope(id, Optional.empty());
      default -> throw new Malformed("unknown status");
    };
  }

  /** The envelope of an outcome, as a backend writes it. */
  public static String of(CorrelationId id, WorkOutcome outcome) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("id", id.value());
      switch (outcome) {
        case WorkOutcome.Completed completed -> {
          json.writeStringField("status", "COMPLETED");
          json.writeFieldName("result");
          json.writeRawValue(completed.resultJson());
        }
        case WorkOutcome.Failed failed -> {
          json.writeStringField("status", "FAILED");
          json.writeObjectFieldStart("error");
          json.writeStringField("error", failed.error());
          json.writeStringField("cause", failed.cause());
          json.writeEndObject();
        }
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string writer does no I/O", e);
    }
    return text.toString();
  }

  /** Whether a text is exactly one JSON value. */
  public static boolean isJson(String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      parser.finishToken();
      return parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }

  /** Collects the members, in any order. */
  private static final class Fields {
    @Nullable String id;
    @Nullable String status;
    @Nullable String resultJson;
    String error = "Unknown";
    String cause = "";

    static Fields read(JsonParser parser, String text) throws IOException, Malformed {
      Fields fields = new Fields();
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new Malformed("not an object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        switch (name) {
          case "id" -> fields.id = parser.getValueAsString();
          case "status" -> fields.status = parser.getValueAsString();
          case "result" -> fields.resultJson = slice(parser, text);
          case "error" -> fields.readError(parser, value);
          default -> parser.skipChildren();
        }
      }
      if (parser.nextToken() != null) {
        throw new Malformed("text after the object");
      }
      return fields;
    }

    private void readError(JsonParser parser, JsonToken value) throws IOException {
      if (value != JsonToken.START_OBJECT) {
        String name = parser.getValueAsString();
        parser.skipChildren();
        error = name == null || name.isEmpty() ? error : name;
        return;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        String content = parser.getValueAsString();
        if (name.equals("error") && content != null && !content.isEmpty()) {
          error = content;
        } else if (name.equals("cause") && content != null) {
          cause = content;
        }
        parser.skipChildren();
      }
    }

    /** The value's original text, so that numbers and escapes stay as the backend wrote them. */
    private static String slice(JsonParser parser, String text) throws IOException {
      int from = (int) parser.currentTokenLocation().getCharOffset();
      parser.skipChildren();
      parser.finishToken();
      int to = (int) parser.currentLocation().getCharOffset();
      return text.substring(from, to).strip();
    }
  }
}
