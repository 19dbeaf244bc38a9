// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.syncline.sim.graphql.FieldError;
import dev.syncline.sim.graphql.execution.Leaves.CoercionException;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLUnionType;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Completes values to what the response shows. A method that returns null says that a value is null
 * where it may not be. Not thread-safe.
 */
final class Completion {
  /** Values of a response at most. */
  static final int MAX_VALUES = 500_000;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Knows how fields get their values. */
  interface Fields {
    /** The field in this execution. */
    RunField state(PlannedField field);

    /** Calls a resolver later; the place holds null until then. */
    void call(Place place, RunField field, JsonNode source);

    /** The completed value of {@code __schema} or {@code __type}. */
    JsonNode introspect(PlannedField field);
  }

  private final GraphQLSchema schema;
  private final Errors errors;
  private final Fields fields;
  private final int depthLimit;
  private final IdentityHashMap<JsonNode, String> concreteTypes = new IdentityHashMap<>();
  private final boolean isCompleted;
  private int values;

  Completion(GraphQLSchema schema, Errors errors, Fields fields, int depthLimit) {
    this(schema, errors, fields, depthLimit, false);
  }

  private Completion(
      GraphQLSchema schema, Errors errors, Fields fields, int depthLimit, boolean isCompleted) {
    this.isCompleted = isCompleted;
    this.schema = schema;
    this.errors = errors;
    this.fields = fields;
    this.depthLimit = depthLimit;
  }

  /** For values whose leaves were completed before. */
  static Completion ofCompleted(GraphQLSchema schema, Errors errors, Fields fields) {
    return new Completion(schema, errors, fields, 0, true);
  }

  /** The types of completed objects at places of abstract types, by identity. */
  Map<JsonNode, String> concreteTypes() {
    return concreteTypes;
  }

  /**
   * Completes one field of an object into {@code out}.
   *
   * @return false when the object must be null
   */
  boolean field(@Nullable Place parent, PlannedField field, ObjectNode out, JsonNode source) {
    count();
    if (field.isTypename()) {
      out.set(field.key, TextNode.valueOf(field.parentType));
      return true;
    }
    if (field.name.startsWith("__")) {
      out.set(field.key, fields.introspect(field));
      return true;
    }
    RunField state = fields.state(field);
    FieldError refusal = refusal(state);
    if (refusal != null) {
      out.putNull(field.key);
      Place place = new Place(parent, field, -1, out, field.shape);
      errors.add(place, ErrorNodes.resolver(place, refusal, null));
      return !field.shape.nonNull();
    }
    if (state.resolver() != null) {
      out.putNull(field.key);
      fields.call(new Place(parent, field, -1, out, field.shape), state, source);
      return true;
    }
    JsonNode value = source.get(field.name);
    return completed(parent, field, out, value == null ? NullNode.instance : value, false);
  }

  /**
   * Completes the outcome of a resolver at its place.
   *
   * @param hasError whether the place has an error already
   */
  void late(Place place, JsonNode value, boolean hasError, Runnable nullData) {
    if (place.container() instanceof ObjectNode out
        && !completed(place.parent(), place.field(), out, value, hasError)) {
      Place parent = place.parent();
      if (parent == null || !parent.makeNull()) {
        nullData.run();
      }
    }
  }

  private boolean completed(
      @Nullable Place parent,
      PlannedField field,
      ObjectNode out,
      JsonNode value,
      boolean hasError) {
    JsonNode completed = value(parent, field, -1, out, field.shape, value, hasError);
    out.set(field.key, completed == null ? NullNode.instance : completed);
    return completed != null;
  }

  private @Nullable FieldError refusal(RunField state) {
    PlannedField field = state.field();
    if (depthLimit > 0 && field.depth > depthLimit) {
      return FieldError.of("QueryDepthLimitReached", "Query depth limit exceeded.");
    }
    return state.isAllowed() ? null : FieldError.unauthorized(field.parentType, field.name);
  }

  private void count() {
    values++;
    if (values > MAX_VALUES) {
      throw new TooLargeException("The response has more than " + MAX_VALUES + " values.");
    }
  }

  private @Nullable JsonNode value(
      @Nullable Place parent,
      PlannedField field,
      int index,
      ContainerNode<?> container,
      OutputShape shape,
      JsonNode value,
      boolean hasError) {
    if (value.isNull() || value.isMissingNode()) {
      if (!shape.nonNull()) {
        return NullNode.instance;
      }
      if (!hasError) {
        Place place = new Place(parent, field, index, container, shape);
        errors.add(
            place,
            ErrorNodes.engine(
                place,
                "Cannot return null for non-nullable type: '"
                    + shape.name()
                    + "' within parent '"
                    + (index < 0 ? field.parentType : "null")
                    + "' ("
                    + place.text()
                    + ")"));
      }
      return null;
    }
    if (shape.isLeaf()) {
      return isCompleted ? value : leaf(parent, field, index, container, shape, value);
    }
    Place place = new Place(parent, field, index, container, shape);
    return shape.item() != null ? list(place, shape.item(), value) : object(place, value);
  }

  private @Nullable JsonNode leaf(
      @Nullable Place parent,
      PlannedField field,
      int index,
      ContainerNode<?> container,
      OutputShape shape,
      JsonNode value) {
    try {
      return switch (shape.type()) {
        case GraphQLScalarType scalar -> Leaves.output(scalar, value);
        case GraphQLEnumType names -> Leaves.enumOutput(names, value);
        case null, default -> throw new IllegalStateException("not a leaf: " + shape);
      };
    } catch (CoercionException refused) {
      Place place = new Place(parent, field, index, container, shape);
      return failed(
          place, "Can't serialize value (" + place.text() + ") : " + refused.getMessage());
    }
  }

  private @Nullable JsonNode list(Place place, OutputShape item, JsonNode value) {
    if (!value.isArray()) {
      return mismatch(place, "LIST");
    }
    ArrayNode items = NODES.arrayNode(value.size());
    boolean isWhole = true;
    for (int i = 0; i < value.size(); i++) {
      count();
      items.addNull();
      JsonNode completed = value(place, place.field(), i, items, item, value.get(i), false);
      if (completed == null) {
        isWhole = false;
      } else {
        items.set(i, completed);
      }
    }
    return isWhole ? items : orNull(place);
  }

  private @Nullable JsonNode object(Place place, JsonNode value) {
    if (!value.isObject()) {
      return mismatch(place, "OBJECT");
    }
    GraphQLObjectType type;
    if (place.shape().type() instanceof GraphQLObjectType concrete) {
      type = concrete;
    } else {
      String name = value.path("__typename").asText("");
      type = possibleType(place.shape(), name);
      if (type == null) {
        return failed(place, unresolved(place, name));
      }
    }
    List<PlannedField> selected = place.field().selection(type);
    ObjectNode out = NODES.objectNode();
    if (!(place.shape().type() instanceof GraphQLObjectType)) {
      concreteTypes.put(out, type.getName());
    }
    boolean isWhole = true;
    for (PlannedField child : selected) {
      isWhole &= field(place, child, out, value);
    }
    return isWhole ? out : orNull(place);
  }

  private @Nullable GraphQLObjectType possibleType(OutputShape shape, String name) {
    if (!(schema.getType(name) instanceof GraphQLObjectType type)) {
      return null;
    }
    boolean isPossible =
        switch (shape.type()) {
          case GraphQLInterfaceType given -> schema.isPossibleType(given, type);
          case GraphQLUnionType given -> schema.isPossibleType(given, type);
          case null, default -> false;
        };
    return isPossible ? type : null;
  }

  private static String unresolved(Place place, String name) {
    String reason =
        name.isEmpty()
            ? "Could not determine the exact type of '" + place.shape().name() + "'"
            : "Runtime Object type '"
                + name
                + "' is not a possible type for '"
                + place.shape().name()
                + "'.";
    return "Can't resolve '"
        + place.text()
        + "'. Abstract type '"
        + place.shape().name()
        + "' must resolve to an Object type at runtime for field '"
        + place.field().parentType
        + "."
        + place.field().name
        + "'. "
        + reason;
  }

  private @Nullable JsonNode mismatch(Place place, String expected) {
    return failed(
        place,
        "Can't resolve value ("
            + place.text()
            + ") : type mismatch error, expected type "
            + expected);
  }

  private @Nullable JsonNode failed(Place place, String message) {
    errors.add(place, ErrorNodes.engine(place, message));
    return orNull(place);
  }

  private static @Nullable JsonNode orNull(Place place) {
    return place.shape().nonNull() ? null : NullNode.instance;
  }
}
