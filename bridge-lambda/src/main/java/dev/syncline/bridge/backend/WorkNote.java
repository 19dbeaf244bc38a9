// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.syncline.bridge.correlate.CorrelationId;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The note of one piece of work in the bucket. Immutable and thread-safe.
 *
 * @param owner the environment that starts it or has started it
 * @param untilMillis when the lease or the doubt expires, in epoch milliseconds
 * @param digest of the event, which distinguishes a repeat from other work
 * @param replyTo the channel of the answer
 */
record WorkNote(State state, String owner, long untilMillis, String digest, String replyTo) {

  /** The state of the start. */
  enum State {
    /** The owner starts the work, until the lease expires. */
    STARTING,
    /** The work was started. */
    STARTED,
    /** The work may have been started. */
    UNCONFIRMED,
    /** Nothing was started. */
    RELEASED
  }

  private static final JsonFactory JSON = new JsonFactory();

  static WorkNote of(State state, String owner, long untilMillis, WorkRequest request) {
    return new WorkNote(
        state,
        owner,
        untilMillis,
        digest(request),
        request.replyTo().map(channel -> channel.path()).orElse(""));
  }

  static String digest(WorkRequest request) {
    return HexFormat.of().formatHex(CorrelationId.sha256(request.event()));
  }

  String toJson() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("state", state.name().toLowerCase(Locale.ROOT));
      json.writeStringField("owner", owner);
      json.writeNumberField("until", untilMillis);
      json.writeStringField("event", digest);
      json.writeStringField("replyTo", replyTo);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string writer does no I/O", e);
    }
    return text.toString();
  }

  /**
   * Reads a note. A note of an earlier release has no owner and no expiry.
   *
   * @throws IOException if the text is not valid
   */
  static WorkNote parse(String text) throws IOException {
    @Nullable State state = null;
    String owner = "";
    long until = 0;
    String digest = "";
    String replyTo = "";
    try (JsonParser parser = JSON.createParser(text)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        @Nullable String value = parser.getValueAsString();
        String known = value == null ? "" : value;
        switch (name) {
          case "state" -> state = state(known);
          case "owner" -> owner = known;
          case "until" -> until = token == JsonToken.VALUE_NUMBER_INT ? parser.getLongValue() : 0;
          case "event" -> digest = known;
          case "replyTo" -> replyTo = known;
          default -> parser.skipChildren();
        }
      }
    }
    if (state == null) {
      throw new IOException("the note in the bucket has no known state");
    }
    return new WorkNote(state, owner, until, digest, replyTo);
  }

  private static @Nullable State state(String name) {
    for (State state : State.values()) {
      if (state.name().equalsIgnoreCase(name)) {
        return state;
      }
    }
    return null;
  }
}
