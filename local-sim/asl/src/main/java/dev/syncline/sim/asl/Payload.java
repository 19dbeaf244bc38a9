// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.syncline.sim.asl.internal.expr.AslJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value of an execution, with its text.
 *
 * <p>Like AWS, this class keeps the text of an input unchanged, with its white space, until a state
 * changes the value. Callers must not modify the node.
 *
 * <p>Thread-safe: immutable but for a lazily computed text.
 */
public final class Payload {
  /** The largest input, output or variable AWS accepts, in UTF-8 bytes. */
  public static final int MAX_BYTES = 262_144;

  private static final Payload EMPTY_OBJECT = of(JsonNodeFactory.instance.objectNode());

  private final JsonNode json;
  private @Nullable String text;
  private int bytes = -1;

  private Payload(JsonNode json, @Nullable String text) {
    this.json = json;
    this.text = text;
  }

  /** A payload of {@code json}; its text is the compact form. */
  public static Payload of(JsonNode json) {
    return new Payload(json, null);
  }

  /** The payload <code>{}</code>. */
  public static Payload empty() {
    return EMPTY_OBJECT;
  }

  /**
   * Parses a text and keeps it.
   *
   * @throws IllegalArgumentException if the text is not one JSON value; the message is Jackson's,
   *     which is also what AWS reports
   */
  public static Payload parse(String text) {
    try {
      return new Payload(AslJson.parse(text), text);
    } catch (JsonProcessingException e) {
      String message = e.getMessage();
      throw new IllegalArgumentException(message == null ? e.toString() : message, e);
    }
  }

  /** An array of payloads whose text joins theirs unchanged, as AWS does for Parallel and Map. */
  public static Payload arrayOf(List<Payload> elements) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode(elements.size());
    StringBuilder joined = new StringBuilder("[");
    for (int i = 0; i < elements.size(); i++) {
      array.add(elements.get(i).json());
      joined.append(i == 0 ? "" : ",").append(elements.get(i).text());
    }
    return new Payload(array, joined.append(']').toString());
  }

  /** The value. Not to be modified. */
  public JsonNode json() {
    return json;
  }

  /** The JSON text. */
  public String text() {
    String known = text;
    if (known == null) {
      known = AslJson.write(json);
      text = known;
    }
    return known;
  }

  /** Length of the text in UTF-8 bytes. */
  public int sizeInBytes() {
    if (bytes < 0) {
      bytes = AslJson.utf8Length(text());
    }
    return bytes;
  }

  /** Whether the text is longer than {@link #MAX_BYTES}. */
  public boolean tooLarge() {
    // A char is at most three UTF-8 bytes: short texts need no counting.
    return text().length() > MAX_BYTES / 3 && sizeInBytes() > MAX_BYTES;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Payload that && json.equals(that.json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  @Override
  public String toString() {
    return text();
  }
}
