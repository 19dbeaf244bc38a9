// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes XML. Element names are not checked; texts are escaped. A character that XML 1.0 cannot
 * carry becomes U+FFFD or, as S3 writes it, a numeric reference. Not thread-safe.
 */
public final class Xml {
  private final StringBuilder text =
      new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

  private final boolean controlReferences;

  /** A document in which control characters that XML cannot carry become U+FFFD. */
  public Xml() {
    this(false);
  }

  /**
   * A document.
   *
   * @param controlReferences whether control characters become numeric references
   */
  Xml(boolean controlReferences) {
    this.controlReferences = controlReferences;
  }

  /** Opens an element. */
  public Xml open(String name) {
    text.append('<').append(name).append('>');
    return this;
  }

  /** Opens an element with a namespace. */
  public Xml open(String name, String namespace) {
    text.append('<').append(name).append(" xmlns=\"");
    escape(namespace);
    text.append("\">");
    return this;
  }

  /** Opens an element with attributes. */
  Xml open(String name, Map<String, String> attributes) {
    text.append('<').append(name);
    attributes.forEach(
        (attribute, value) -> {
          text.append(' ').append(attribute).append("=\"");
          escape(value);
          text.append('"');
        });
    text.append('>');
    return this;
  }

  /** Closes an element. */
  public Xml close(String name) {
    text.append("</").append(name).append('>');
    return this;
  }

  /** An element with a text. */
  public Xml element(String name, String value) {
    open(name);
    escape(value);
    return close(name);
  }

  /** A text. */
  Xml text(String value) {
    escape(value);
    return this;
  }

  /**
   * An element from a value: structures nest, list items are called {@code itemName}, nulls are
   * left out.
   */
  public Xml element(String name, JsonNode value, String itemName) {
    if (value.isNull()) {
      return this;
    }
    open(name);
    content(value, itemName);
    return close(name);
  }

  /** The content of an element; see {@link #element(String, JsonNode, String)}. */
  public Xml content(JsonNode value, String itemName) {
    if (value.isObject()) {
      value.properties().forEach(member -> element(member.getKey(), member.getValue(), itemName));
    } else if (value.isArray()) {
      value.forEach(item -> element(itemName, item, itemName));
    } else {
      escape(value.asText());
    }
    return this;
  }

  /** The document as UTF-8. */
  public byte[] bytes() {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private void escape(String value) {
    value
        .codePoints()
        .forEach(
            c -> {
              if (controlReferences && c < 0x20) {
                text.append("&#x").append(Integer.toHexString(c)).append(';');
                return;
              }
              switch (c) {
                case '&' -> text.append("&amp;");
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '"' -> text.append("&quot;");
                // A parser would turn a bare one into a line feed.
                case '\r' -> text.append("&#13;");
                default -> text.appendCodePoint(legal(c) ? c : 0xFFFD);
              }
            });
  }

  private static boolean legal(int c) {
    return c == '\t'
        || c == '\n'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
