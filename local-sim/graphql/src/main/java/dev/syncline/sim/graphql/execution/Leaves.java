// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.syncline.sim.graphql.schema.ApiScalars;
import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLScalarType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Scalars and enums as JSON nodes, with the coercion of {@link ApiScalars}. */
final class Leaves {
  private static final GraphQLContext CONTEXT = GraphQLContext.getDefault();

  private Leaves() {}

  /** A value that cannot be coerced; the message is the engine's. */
  static final class CoercionException extends Exception {
    private static final long serialVersionUID = 1L;

    CoercionException(@Nullable String message) {
      super(message, null, false, false);
    }
  }

  /** Coerces a value of a variable. */
  static JsonNode input(GraphQLScalarType type, JsonNode value) throws CoercionException {
    if (isPlain(type.getName(), value)) {
      return value;
    }
    try {
      return node(coercing(type).parseValue(value, CONTEXT, Locale.ROOT));
    } catch (CoercingParseValueException refused) {
      throw new CoercionException(refused.getMessage());
    }
  }

  /** Coerces a literal that validation has accepted. */
  static JsonNode literal(GraphQLScalarType type, Value<?> value) throws CoercionException {
    try {
      return node(
          coercing(type)
              .parseLiteral(value, CoercedVariables.emptyVariables(), CONTEXT, Locale.ROOT));
    } catch (CoercingParseLiteralException refused) {
      throw new CoercionException(refused.getMessage());
    }
  }

  /** Coerces a value for the response. */
  static JsonNode output(GraphQLScalarType type, JsonNode value) throws CoercionException {
    if (isPlain(type.getName(), value)) {
      return value;
    }
    try {
      return node(coercing(type).serialize(value, CONTEXT, Locale.ROOT));
    } catch (CoercingSerializeException refused) {
      throw new CoercionException(refused.getMessage());
    }
  }

  /** Coerces the name of an enum's value in a variable. */
  static JsonNode enumInput(GraphQLEnumType type, JsonNode value) throws CoercionException {
    String name = value.isValueNode() ? value.asText() : value.toString();
    if (type.getValue(name) == null) {
      throw new CoercionException(invalidEnum(type) + " No value found for name '" + name + "'");
    }
    return TextNode.valueOf(name);
  }

  /** Coerces the name of an enum's value for the response; AppSync does not show the wrong name. */
  static JsonNode enumOutput(GraphQLEnumType type, JsonNode value) throws CoercionException {
    String name = value.asText();
    if (type.getValue(name) == null) {
      throw new CoercionException(invalidEnum(type));
    }
    return value.isTextual() ? value : TextNode.valueOf(name);
  }

  private static String invalidEnum(GraphQLEnumType type) {
    return "Invalid input for Enum '" + type.getName() + "'.";
  }

  /** The name of the Java class that the engine has for a value of an input object. */
  static String className(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "ArrayList";
      case OBJECT -> "LinkedHashMap";
      case BOOLEAN -> "Boolean";
      case NUMBER -> value.numberValue().getClass().getSimpleName();
      default -> "String";
    };
  }

  /** Whether a value of a built-in scalar is coerced already. */
  private static boolean isPlain(String type, JsonNode value) {
    return switch (type) {
      case "String", "ID" -> value.isTextual();
      case "Int" -> value.isInt();
      case "Boolean" -> value.isBoolean();
      default -> false;
    };
  }

  @SuppressWarnings("unchecked")
  private static Coercing<Object, Object> coercing(GraphQLScalarType type) {
    GraphQLScalarType known = ApiScalars.byName(type.getName());
    return (Coercing<Object, Object>) (known == null ? type : known).getCoercing();
  }

  private static JsonNode node(@Nullable Object value) {
    return switch (value) {
      case null -> NullNode.instance;
      case JsonNode node -> node;
      case Boolean truth -> BooleanNode.valueOf(truth);
      case Integer number -> IntNode.valueOf(number);
      case Long number -> LongNode.valueOf(number);
      case Double number -> DoubleNode.valueOf(number);
      default -> TextNode.valueOf(value.toString());
    };
  }
}
