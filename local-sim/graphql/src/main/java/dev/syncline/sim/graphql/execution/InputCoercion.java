// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.syncline.sim.graphql.execution.Leaves.CoercionException;
import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.EnumValue;
import graphql.language.NullValue;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.SourceLocation;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.InputValueWithState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Coerces variables and arguments by the rules and with the texts of AppSync's engine. */
final class InputCoercion {
  private InputCoercion() {}

  /** A variable that cannot be coerced. */
  static final class VariableException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient @Nullable SourceLocation location;

    VariableException(String message, @Nullable SourceLocation location) {
      super(message, null, false, false);
      this.location = location;
    }

    /** The definition of the variable; null when the engine gives no location. */
    @Nullable SourceLocation location() {
      return location;
    }
  }

  /** The coerced variables of an operation; a variable without a value and default is absent. */
  static ObjectNode variables(List<PlannedVariable> definitions, ObjectNode given)
      throws VariableException {
    ObjectNode coerced = JsonNodeFactory.instance.objectNode();
    for (PlannedVariable variable : definitions) {
      JsonNode value = given.get(variable.name());
      Value<?> byDefault = variable.definition().getDefaultValue();
      if ((value == null || value.isNull()) && byDefault != null) {
        coerced.set(variable.name(), literal(variable.type(), byDefault, coerced));
      } else if (value != null) {
        coerced.set(variable.name(), value(variable, variable.name(), variable.type(), value));
      } else if (variable.type() instanceof GraphQLNonNull) {
        throw coercedNull(variable, variable.type());
      }
    }
    return coerced;
  }

  /** The coerced arguments of a field. */
  static ObjectNode arguments(
      List<GraphQLArgument> definitions, List<Argument> given, ObjectNode variables) {
    ObjectNode coerced = JsonNodeFactory.instance.objectNode();
    if (definitions.isEmpty()) {
      return coerced;
    }
    Map<String, Argument> byName = new LinkedHashMap<>();
    given.forEach(argument -> byName.put(argument.getName(), argument));
    for (GraphQLArgument definition : definitions) {
      Argument argument = byName.get(definition.getName());
      if (argument != null) {
        coerced.set(
            definition.getName(), literal(definition.getType(), argument.getValue(), variables));
      } else if (definition.hasSetDefaultValue()) {
        JsonNode value =
            defaultValue(definition.getType(), definition.getArgumentDefaultValue(), variables);
        if (!value.isNull()) {
          coerced.set(definition.getName(), value);
        }
      }
    }
    return coerced;
  }

  private static JsonNode value(
      PlannedVariable variable, String inputName, GraphQLType type, JsonNode value)
      throws VariableException {
    if (type instanceof GraphQLNonNull required) {
      JsonNode coerced = value(variable, inputName, required.getWrappedType(), value);
      if (coerced.isNull()) {
        throw coercedNull(variable, type);
      }
      return coerced;
    }
    if (value.isNull()) {
      return NullNode.instance;
    }
    try {
      return switch (type) {
        case GraphQLScalarType scalar -> Leaves.input(scalar, value);
        case GraphQLEnumType names -> Leaves.enumInput(names, value);
        case GraphQLList list -> list(variable, inputName, list, value);
        case GraphQLInputObjectType object -> object(variable, object, value);
        default -> throw new IllegalStateException("not an input type: " + type);
      };
    } catch (CoercionException refused) {
      throw new VariableException(
          "Variable '" + inputName + "' has an invalid value. " + refused.getMessage(),
          variable.definition().getSourceLocation());
    }
  }

  private static JsonNode list(
      PlannedVariable variable, String inputName, GraphQLList list, JsonNode value)
      throws VariableException {
    ArrayNode coerced = JsonNodeFactory.instance.arrayNode();
    if (value.isArray()) {
      for (JsonNode item : value) {
        coerced.add(value(variable, inputName, list.getWrappedType(), item));
      }
    } else {
      coerced.add(value(variable, inputName, list.getWrappedType(), value));
    }
    return coerced;
  }

  private static JsonNode object(
      PlannedVariable variable, GraphQLInputObjectType type, JsonNode value)
      throws VariableException, CoercionException {
    if (!value.isObject()) {
      throw new CoercionException(
          "Expected type 'Map' but was '"
              + Leaves.className(value)
              + "'. Variables for input objects must be an instance of type 'Map'.");
    }
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      if (type.getFieldDefinition(field.getKey()) == null) {
        throw new VariableException(
            "The variables input contains a field name '"
                + field.getKey()
                + "' that is not defined for input object type '"
                + type.getName()
                + "' ",
            null);
      }
    }
    ObjectNode coerced = JsonNodeFactory.instance.objectNode();
    for (GraphQLInputObjectField field : type.getFieldDefinitions()) {
      JsonNode given = value.get(field.getName());
      boolean hasDefault = field.hasSetDefaultValue();
      if (given == null && hasDefault) {
        coerced.set(
            field.getName(),
            defaultValue(field.getType(), field.getInputFieldDefaultValue(), coerced));
      } else if (given != null || field.getType() instanceof GraphQLNonNull) {
        coerced.set(
            field.getName(),
            value(
                variable,
                field.getName(),
                field.getType(),
                given == null ? NullNode.instance : given));
      }
    }
    return coerced;
  }

  private static VariableException coercedNull(PlannedVariable variable, GraphQLType type) {
    return new VariableException(
        "Variable '"
            + variable.name()
            + "' has coerced Null value for NonNull type '"
            + GraphQLTypeUtil.simplePrint(type)
            + "'",
        variable.definition().getSourceLocation());
  }

  private static JsonNode defaultValue(
      GraphQLType type, InputValueWithState value, ObjectNode variables) {
    return value.getValue() instanceof Value<?> literal
        ? literal(type, literal, variables)
        : NullNode.instance;
  }

  /** Coerces a literal that validation has accepted. */
  static JsonNode literal(GraphQLType type, @Nullable Value<?> value, ObjectNode variables) {
    if (value == null || value instanceof NullValue) {
      return NullNode.instance;
    }
    if (value instanceof VariableReference reference) {
      JsonNode given = variables.get(reference.getName());
      return given == null ? NullNode.instance : given;
    }
    return switch (type) {
      case GraphQLNonNull required -> literal(required.getWrappedType(), value, variables);
      case GraphQLList list -> {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        if (value instanceof ArrayValue array) {
          for (Value<?> item : array.getValues()) {
            items.add(literal(list.getWrappedType(), item, variables));
          }
        } else {
          items.add(literal(list.getWrappedType(), value, variables));
        }
        yield items;
      }
      case GraphQLInputObjectType object when value instanceof ObjectValue given ->
          objectLiteral(object, given, variables);
      case GraphQLScalarType scalar -> scalarLiteral(scalar, value);
      case GraphQLEnumType names when value instanceof EnumValue name ->
          TextNode.valueOf(name.getName());
      default -> throw new IllegalStateException("a literal that validation refuses: " + value);
    };
  }

  private static JsonNode objectLiteral(
      GraphQLInputObjectType type, ObjectValue value, ObjectNode variables) {
    Map<String, Value<?>> given = new LinkedHashMap<>();
    for (ObjectField field : value.getObjectFields()) {
      given.put(field.getName(), field.getValue());
    }
    ObjectNode coerced = JsonNodeFactory.instance.objectNode();
    for (GraphQLInputObjectField field : type.getFieldDefinitions()) {
      Value<?> literal = given.get(field.getName());
      boolean isUndefined =
          literal == null
              || (literal instanceof VariableReference reference
                  && !variables.has(reference.getName()));
      if (!isUndefined) {
        coerced.set(field.getName(), literal(field.getType(), literal, variables));
      } else if (field.hasSetDefaultValue()) {
        coerced.set(
            field.getName(),
            defaultValue(field.getType(), field.getInputFieldDefaultValue(), variables));
      }
    }
    return coerced;
  }

  private static JsonNode scalarLiteral(GraphQLScalarType type, Value<?> value) {
    try {
      return Leaves.literal(type, value);
    } catch (CoercionException refused) {
      throw new TooLargeException(String.valueOf(refused.getMessage()));
    }
  }
}
