// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Converts XML as {@code util.xml} does: elements become members, repeated ones a list, attributes
 * members beside them; an element with text only becomes the text, or a number or boolean if the
 * text is one. Mixed text is in {@code content}. Documents with a DOCTYPE are refused. Stateless
 * and thread-safe.
 */
public final class XmlJson {
  /** Deeper documents are refused, so that they cannot overflow a handler's stack. */
  private static final int MAX_DEPTH = 200;

  private static final String CONTENT = "content";
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d{0,17})(\\.\\d{1,17})?([eE][+-]?\\d{1,2})?");

  private final boolean onlyTexts;

  private XmlJson(boolean onlyTexts) {
    this.onlyTexts = onlyTexts;
  }

  /**
   * The document as JSON.
   *
   * @param onlyTexts whether numbers and booleans stay texts
   * @throws IllegalArgumentException when it is not XML, or is refused
   */
  public static String of(String document, boolean onlyTexts) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(document));
      while (reader.next() != XMLStreamConstants.START_ELEMENT) {
        if (reader.getEventType() == XMLStreamConstants.DTD) {
          throw new IllegalArgumentException("XML with a DOCTYPE is not supported");
        }
      }
      ObjectNode whole = JsonNodeFactory.instance.objectNode();
      String root = reader.getLocalName();
      whole.set(root, new XmlJson(onlyTexts).element(reader, 0));
      return whole.toString();
    } catch (XMLStreamException malformed) {
      throw new IllegalArgumentException(
          "not well-formed XML: " + malformed.getMessage(), malformed);
    }
  }

  private JsonNode element(XMLStreamReader reader, int depth) throws XMLStreamException {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("XML deeper than " + MAX_DEPTH + " is not supported");
    }
    ObjectNode members = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      add(members, reader.getAttributeLocalName(i), value(reader.getAttributeValue(i)));
    }
    var text = new StringBuilder();
    while (true) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          String name = reader.getLocalName();
          add(members, name, element(reader, depth + 1));
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            text.append(reader.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          String own = text.toString().strip();
          if (members.isEmpty()) {
            return value(own);
          }
          if (!own.isEmpty()) {
            add(members, CONTENT, value(own));
          }
          return members;
        }
        default -> {}
      }
    }
  }

  private static void add(ObjectNode members, String name, JsonNode value) {
    JsonNode before = members.get(name);
    if (before == null) {
      members.set(name, value);
    } else if (before instanceof ArrayNode several) {
      several.add(value);
    } else {
      members.putArray(name).add(before).add(value);
    }
  }

  private JsonNode value(String text) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (!onlyTexts) {
      if (text.equals("true") || text.equals("false")) {
        return nodes.booleanNode(text.equals("true"));
      }
      if (NUMBER.matcher(text).matches()) {
        return nodes.numberNode(new BigDecimal(text));
      }
    }
    return nodes.textNode(text);
  }
}
