// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.RestXmlErrors;
import dev.syncline.sim.service.models.ModelMember;
import dev.syncline.sim.service.models.ModelShape;
import dev.syncline.sim.service.models.ModelShape.Structure;
import dev.syncline.sim.service.models.ServiceModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * XML documents whose elements are named by S3's published model. The model is read at the first
 * use. A value is not checked beyond its type: the room refuses missing and unknown values, for
 * callers without XML too. Depth is bounded by the shapes. Stateless.
 */
final class ShapedXml {
  private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";

  private ShapedXml() {}

  private static ServiceModel model() {
    return ServiceModel.of("s3");
  }

  /**
   * A structure under the names of its members.
   *
   * @throws dev.syncline.sim.service.AwsException {@code MalformedXML} for an element that the
   *     shape does not have, and for one that is repeated but no list
   */
  static JsonNode read(String shape, XmlBody body) {
    return value(model().shape(shape), body);
  }

  private static JsonNode value(ModelShape shape, XmlBody element) {
    return switch (shape) {
      case Structure structure -> structure(structure, element);
      case ModelShape.Sequence list -> {
        ArrayNode items = Json.array();
        for (XmlBody child : element.children()) {
          if (!child.name().equals(list.member().wireName())) {
            throw RestXmlErrors.malformedXml();
          }
          items.add(value(model().shape(list.member()), child));
        }
        yield items;
      }
      case ModelShape.Numeric unused -> number(element.text().strip());
      case ModelShape.Flag unused -> flag(element.text().strip());
      default -> TextNode.valueOf(element.text());
    };
  }

  private static JsonNode structure(Structure shape, XmlBody element) {
    ObjectNode json = Json.object();
    for (XmlBody child : element.children()) {
      ModelMember member =
          shape.members().values().stream()
              .filter(one -> !one.xmlAttribute() && one.location().isEmpty())
              .filter(one -> one.wireName().equals(child.name()))
              .findFirst()
              .orElseThrow(RestXmlErrors::malformedXml);
      ModelShape target = model().shape(member);
      if (target instanceof ModelShape.Sequence list && isFlat(member, list)) {
        json.withArray(member.name()).add(value(model().shape(list.member()), child));
      } else if (json.has(member.name())) {
        throw RestXmlErrors.malformedXml();
      } else {
        json.set(member.name(), value(target, child));
      }
    }
    for (ModelMember member : shape.members().values()) {
      if (member.xmlAttribute()) {
        element.attribute(localName(member)).ifPresent(value -> json.put(member.name(), value));
      }
    }
    return json;
  }

  private static boolean isFlat(ModelMember member, ModelShape.Sequence list) {
    return member.flattened() || list.flattened();
  }

  private static String localName(ModelMember member) {
    return member.wireName().substring(member.wireName().indexOf(':') + 1);
  }

  private static JsonNode number(String text) {
    try {
      return LongNode.valueOf(Long.parseLong(text));
    } catch (NumberFormatException notANumber) {
      throw RestXmlErrors.malformedXml();
    }
  }

  private static JsonNode flag(String text) {
    return switch (text) {
      case "true", "TRUE", "True", "1" -> BooleanNode.TRUE;
      case "false", "FALSE", "False", "0" -> BooleanNode.FALSE;
      default -> throw RestXmlErrors.malformedXml();
    };
  }

  /** Writes what is inside the root element; members that the shape does not have are left out. */
  static void write(Xml xml, String shape, JsonNode value) {
    if (model().shape(shape) instanceof Structure structure) {
      members(xml, structure, value);
    }
  }

  private static void members(Xml xml, Structure shape, JsonNode value) {
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      ModelMember member = shape.members().get(entry.getKey());
      if (member != null && !member.xmlAttribute() && member.location().isEmpty()) {
        member(xml, member, entry.getValue());
      }
    }
  }

  private static void member(Xml xml, ModelMember member, JsonNode value) {
    ModelShape shape = model().shape(member);
    if (!(shape instanceof ModelShape.Sequence list)) {
      element(xml, member.wireName(), shape, value);
      return;
    }
    boolean flat = isFlat(member, list);
    if (!flat) {
      xml.open(member.wireName());
    }
    String item = flat ? member.wireName() : list.member().wireName();
    value.forEach(one -> element(xml, item, model().shape(list.member()), one));
    if (!flat) {
      xml.close(member.wireName());
    }
  }

  private static void element(Xml xml, String name, ModelShape shape, JsonNode value) {
    if (shape instanceof Structure structure) {
      xml.open(name, attributes(structure, value));
      members(xml, structure, value);
      xml.close(name);
    } else {
      xml.element(name, value.asText());
    }
  }

  private static Map<String, String> attributes(Structure shape, JsonNode value) {
    List<ModelMember> present =
        shape.members().values().stream()
            .filter(member -> member.xmlAttribute() && value.has(member.name()))
            .toList();
    var attributes = new LinkedHashMap<String, String>();
    if (!present.isEmpty()) {
      attributes.put("xmlns:xsi", XSI);
      present.forEach(
          member -> attributes.put(member.wireName(), value.path(member.name()).asText()));
    }
    return attributes;
  }
}
