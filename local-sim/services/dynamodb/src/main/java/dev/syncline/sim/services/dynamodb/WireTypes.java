// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.models.ModelMember;
import dev.syncline.sim.service.models.ModelShape;
import dev.syncline.sim.service.models.ServiceModel;
import dev.syncline.sim.services.dynamodb.values.SerializationFault;
import dev.syncline.sim.services.dynamodb.values.ValueReader;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses JSON values whose type is not the one of AWS's published shape, in the words of AWS's
 * parser, and members of nested structures that the shape does not have. Immutable and thread-safe.
 */
final class WireTypes {
  private static final String STRUCTURE_NOT_EXPECTED =
      "Start of structure or map found where not expected";
  private static final String PACKAGE = "com.amazonaws.dynamodb.v20120810.";
  private static final Set<String> FLAGS = Set.of("true", "false", "1", "0", "yes", "no");

  /** Its unknown members are the values' reader's to refuse. */
  private static final String ATTRIBUTE_VALUE = "AttributeValue";

  private final ServiceModel model;

  /** A place in the request. Only errors make its text. */
  private record Place(@Nullable Place parent, String name) {
    static final Place TOP = new Place(null, "");

    Place member(String member) {
      return new Place(this, member);
    }

    @Override
    public String toString() {
      return parent == null || parent.parent == null ? name : parent + "." + name;
    }
  }

  WireTypes(ServiceModel model) {
    this.model = model;
  }

  /** Checks the members of an operation's input. */
  void check(ModelShape.Structure input, ObjectNode json) {
    members(input, json, Place.TOP);
  }

  private void members(ModelShape.Structure shape, JsonNode json, Place place) {
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      if (entry.getValue().isNull()) {
        continue;
      }
      ModelMember member = shape.members().get(entry.getKey());
      if (member != null) {
        value(model.shape(member), entry.getValue(), place.member(entry.getKey()), false);
      } else if (!shape.name().equals(ATTRIBUTE_VALUE)) {
        throw DynamoDbErrors.unsupportedMember(place.member(entry.getKey()).toString());
      }
    }
  }

  private void value(ModelShape shape, JsonNode value, Place place, boolean element) {
    switch (shape) {
      case ModelShape.Structure structure -> {
        if (value.isArray()) {
          throw collection("class " + PACKAGE + structure.name());
        }
        if (!value.isObject()) {
          throw DynamoDbErrors.serialization(
              element ? "Unexpected value type in payload" : "Unexpected field type");
        }
        members(structure, value, place);
      }
      case ModelShape.Sequence list -> {
        if (value.isObject()) {
          throw DynamoDbErrors.serialization(STRUCTURE_NOT_EXPECTED);
        }
        if (!value.isArray()) {
          throw DynamoDbErrors.serialization("Unexpected field type");
        }
        ModelShape item = model.shape(list.member());
        for (JsonNode one : value) {
          // The reader of the values refuses a null where it matters.
          if (!one.isNull()) {
            value(item, one, place, true);
          }
        }
      }
      case ModelShape.Dictionary map -> {
        if (value.isArray()) {
          throw collection("java.util.Map<java.lang.String, " + javaName(map.value()) + ">");
        }
        if (!value.isObject()) {
          throw DynamoDbErrors.serialization("Unexpected field type");
        }
        ModelShape item = model.shape(map.value());
        if (item.name().equals(ATTRIBUTE_VALUE)) {
          values(value);
          return;
        }
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
          if (!entry.getValue().isNull()) {
            value(item, entry.getValue(), place.member(entry.getKey()), true);
          }
        }
      }
      case ModelShape.Text text -> scalar(value, "String", value.isTextual());
      case ModelShape.Numeric number -> scalar(value, numberName(number), value.isNumber());
      case ModelShape.Timestamp time -> scalar(value, "Date", value.isNumber());
      case ModelShape.Flag flag -> flag(value);
      case ModelShape.Blob blob -> blob(value);
    }
  }

  private static void values(JsonNode item) {
    try {
      ValueReader.requireTypes(item);
    } catch (SerializationFault fault) {
      throw DynamoDbErrors.serialization(fault);
    }
  }

  private String javaName(ModelMember member) {
    ModelShape shape = model.shape(member);
    return shape instanceof ModelShape.Text ? "java.lang.String" : PACKAGE + shape.name();
  }

  private static String numberName(ModelShape.Numeric number) {
    return switch (number.type()) {
      case INTEGER -> "Integer";
      case LONG -> "Long";
      case FLOAT -> "Float";
      case DOUBLE -> "Double";
    };
  }

  private static void scalar(JsonNode value, String type, boolean fits) {
    requireScalar(value, "class java.lang." + type);
    if (!fits) {
      throw DynamoDbErrors.serialization(tokenName(value) + " cannot be converted to " + type);
    }
  }

  private static void flag(JsonNode value) {
    requireScalar(value, "class java.lang.Boolean");
    if (value.isNumber()) {
      throw DynamoDbErrors.serialization(tokenName(value) + " cannot be converted to Boolean");
    }
    if (value.isTextual() && !FLAGS.contains(value.textValue().toLowerCase(Locale.ROOT))) {
      throw DynamoDbErrors.serialization("Unexpected token received from parser");
    }
  }

  private static void blob(JsonNode value) {
    if (value.isBinary()) {
      return;
    }
    requireScalar(value, "class java.nio.ByteBuffer");
    if (!value.isTextual()) {
      throw DynamoDbErrors.serialization("only base-64-encoded strings are convertible to bytes");
    }
    String text = value.textValue();
    if (text.length() % 4 != 0) {
      throw DynamoDbErrors.serialization(
          "Base64 encoded length is expected a multiple of 4 bytes but found: " + text.length());
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      if (!Base64.getEncoder().encodeToString(bytes).equals(text)) {
        throw DynamoDbErrors.serialization("Invalid last non-pad Base64 character dectected");
      }
    } catch (IllegalArgumentException notBase64) {
      throw DynamoDbErrors.serialization("Invalid Base64 character in: '" + text + "'");
    }
  }

  private static void requireScalar(JsonNode value, String javaType) {
    if (value.isArray()) {
      throw collection(javaType);
    }
    if (value.isObject()) {
      throw DynamoDbErrors.serialization(STRUCTURE_NOT_EXPECTED);
    }
  }

  private static RuntimeException collection(String javaType) {
    return DynamoDbErrors.serialization("Unrecognized collection type " + javaType);
  }

  private static String tokenName(JsonNode value) {
    if (value.isBoolean()) {
      return value.booleanValue() ? "TRUE_VALUE" : "FALSE_VALUE";
    }
    if (value.isNumber()) {
      return value.isIntegralNumber() ? "NUMBER_VALUE" : "DECIMAL_VALUE";
    }
    return "STRING_VALUE";
  }
}
