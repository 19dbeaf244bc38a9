// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.RestXmlBinding;
import dev.syncline.sim.service.RestXmlBinding.Field;
import dev.syncline.sim.service.RestXmlErrors;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Reads and writes the XML documents of restXml. Immutable and thread-safe. */
record RestXmlDocuments(Protocol.RestXml protocol) {
  /** The longest documents are those that name 10,000 parts or 1,000 keys. */
  private static final int MAX_BYTES = 8 * 1024 * 1024;

  /**
   * The document of a request: a structure, or a text.
   *
   * @throws dev.syncline.sim.service.AwsException {@code MalformedXML}, or {@code NotImplemented}
   *     naming an element that is not supported
   */
  JsonNode read(String operation, RestXmlBinding.Document document, byte[] content) {
    if (content.length > MAX_BYTES) {
      throw RestXmlErrors.documentTooLong(MAX_BYTES);
    }
    if (document.root().isEmpty()) {
      return TextNode.valueOf(new String(content, StandardCharsets.UTF_8));
    }
    XmlBody body = XmlBody.parse(content, document.root());
    if (!document.shape().isEmpty()) {
      return ShapedXml.read(document.shape(), body);
    }
    if (document.strict()) {
      for (String name : body.names()) {
        if (!document.fields().containsKey(name)) {
          throw RestXmlErrors.notImplemented("the element '" + name + "' of " + operation);
        }
      }
    }
    ObjectNode structure = Json.object();
    document.fields().forEach((element, field) -> put(structure, body, element, field));
    return structure;
  }

  private static void put(ObjectNode structure, XmlBody body, String element, Field field) {
    switch (field) {
      case Field.Text text ->
          body.text(element).ifPresent(value -> structure.put(text.member(), value));
      case Field.Flag flag ->
          body.text(element).ifPresent(value -> structure.put(flag.member(), value.equals("true")));
      case Field.Item item -> {
        ArrayNode list = structure.putArray(item.member());
        body.children(element).forEach(child -> list.add(item(child, item)));
      }
    }
  }

  private static ObjectNode item(XmlBody element, Field.Item item) {
    ObjectNode structure = Json.object();
    for (String name : item.required()) {
      structure.put(name, element.text(name).orElseThrow(RestXmlErrors::malformedXml));
    }
    if (item.others()) {
      element.names().forEach(name -> structure.put(name, element.text(name).orElse("")));
    }
    return structure;
  }

  /** The document of an answer, empty when it has none. */
  byte[] write(RestXmlBinding.Answer answer, ObjectNode output) {
    JsonNode content = answer.payload().isEmpty() ? output : output.path(answer.payload());
    if (answer.root().isEmpty()) {
      return answer.payload().isEmpty()
          ? new byte[0]
          : content.asText().getBytes(StandardCharsets.UTF_8);
    }
    Xml xml = new Xml(true).open(answer.root(), protocol.namespace());
    if (!answer.shape().isEmpty()) {
      ShapedXml.write(xml, answer.shape(), content);
    } else if (content instanceof ObjectNode structure) {
      members(xml, structure, answer.headers());
    } else {
      xml.text(content.asText(""));
    }
    return xml.close(answer.root()).bytes();
  }

  private void members(Xml xml, ObjectNode structure, Map<String, String> headers) {
    for (Map.Entry<String, JsonNode> member : structure.properties()) {
      String name = member.getKey();
      if (headers.containsKey(name)) {
        continue;
      }
      String item = protocol.items().getOrDefault(name, name);
      switch (member.getValue()) {
        case ArrayNode list when protocol.wrapped().contains(name) -> {
          xml.open(name);
          list.forEach(value -> element(xml, item, value));
          xml.close(name);
        }
        case ArrayNode list -> list.forEach(value -> element(xml, item, value));
        case JsonNode single -> element(xml, name, single);
      }
    }
  }

  private void element(Xml xml, String name, JsonNode value) {
    if (value instanceof ObjectNode structure) {
      xml.open(name);
      members(xml, structure, Map.of());
      xml.close(name);
    } else {
      xml.element(name, value.asText());
    }
  }
}
