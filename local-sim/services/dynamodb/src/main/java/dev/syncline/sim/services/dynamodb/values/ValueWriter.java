// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.values;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Writes values as DynamoDB's JSON. */
public final class ValueWriter {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ValueWriter() {}

  /** An item, as a structure of attribute values. */
  public static ObjectNode writeItem(Item item) {
    return attributes(item.attributes());
  }

  /** A value: a structure with one member, named after the type. */
  public static ObjectNode write(AttributeValue value) {
    ObjectNode node = JSON.objectNode();
    switch (value) {
      case AttributeValue.S string -> node.put("S", string.value());
      case AttributeValue.N number -> node.put("N", number.value().toString());
      case AttributeValue.B binary -> node.put("B", binary.value().toString());
      case AttributeValue.Bool bool -> node.put("BOOL", bool.value());
      case AttributeValue.Null none -> node.put("NULL", true);
      case AttributeValue.L list -> {
        ArrayNode elements = JSON.arrayNode(list.values().size());
        list.values().forEach(element -> elements.add(write(element)));
        node.set("L", elements);
      }
      case AttributeValue.M map -> node.set("M", attributes(map.values()));
      case AttributeValue.SS strings -> {
        ArrayNode members = JSON.arrayNode(strings.values().size());
        strings.values().forEach(members::add);
        node.set("SS", members);
      }
      case AttributeValue.NS numbers -> {
        ArrayNode members = JSON.arrayNode(numbers.values().size());
        numbers.values().forEach(member -> members.add(member.toString()));
        node.set("NS", members);
      }
      case AttributeValue.BS binaries -> {
        ArrayNode members = JSON.arrayNode(binaries.values().size());
        binaries.values().forEach(member -> members.add(member.toString()));
        node.set("BS", members);
      }
    }
    return node;
  }

  private static ObjectNode attributes(Map<String, AttributeValue> attributes) {
    ObjectNode node = JSON.objectNode();
    attributes.forEach((name, value) -> node.set(name, write(value)));
    return node;
  }
}
