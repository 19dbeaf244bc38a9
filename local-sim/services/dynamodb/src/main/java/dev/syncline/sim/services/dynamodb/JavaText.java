// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.models.ModelMember;
import dev.syncline.sim.service.models.ModelShape;
import dev.syncline.sim.service.models.ServiceModel;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Writes request values as AWS's messages quote them: as Java prints the service's own classes, for
 * example {@code [KeySchemaElement(attributeName=pk, keyType=HASH)]}. Attribute values appear with
 * the name of their class and a hash. Source: messages of AWS.
 */
final class JavaText {
  private static final String ATTRIBUTE_VALUE = "AttributeValue";

  private JavaText() {}

  /** The value; {@code null} for a null. */
  static String of(ServiceModel model, ModelShape shape, JsonNode value) {
    if (value.isNull() || value.isMissingNode()) {
      return "null";
    }
    return switch (shape) {
      case ModelShape.Structure structure -> structure(model, structure, value);
      case ModelShape.Sequence list -> {
        var items = new StringJoiner(", ", "[", "]");
        value.forEach(item -> items.add(of(model, model.shape(list.member()), item)));
        yield items.toString();
      }
      case ModelShape.Dictionary map -> {
        var items = new StringJoiner(", ", "{", "}");
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
          items.add(entry.getKey() + "=" + of(model, model.shape(map.value()), entry.getValue()));
        }
        yield items.toString();
      }
      default -> value.asText();
    };
  }

  private static String structure(
      ServiceModel model, ModelShape.Structure structure, JsonNode value) {
    if (structure.name().equals(ATTRIBUTE_VALUE)) {
      return "com.amazonaws.dynamodb.v20120810.AttributeValue@"
          + Integer.toHexString(value.toString().hashCode());
    }
    var members = new StringJoiner(", ", structure.name() + "(", ")");
    for (ModelMember member : structure.members().values()) {
      members.add(
          camel(member.name()) + "=" + of(model, model.shape(member), value.path(member.name())));
    }
    return members.toString();
  }

  /** The name with a small first letter. */
  static String camel(String name) {
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }
}
