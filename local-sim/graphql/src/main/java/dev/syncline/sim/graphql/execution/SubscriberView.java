// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.graphql.FieldSelection;
import graphql.schema.GraphQLSchema;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A selection over completed results for one access: properties only, no resolvers. Thread-safe.
 */
final class SubscriberView implements Completion.Fields {
  private record Seen(JsonNode payload, ObjectNode shown) {}

  private final GraphQLSchema schema;
  private final PlannedField root;
  private final FieldAccess access;
  private volatile AtomicReferenceArray<RunField> states = new AtomicReferenceArray<>(0);
  private volatile @Nullable Seen last;

  SubscriberView(GraphQLSchema schema, PlannedField root, FieldAccess access) {
    this.schema = schema;
    this.root = root;
    this.access = access;
  }

  /** The subscriber's document for a payload; the last one is remembered. */
  ObjectNode of(JsonNode payload) {
    Seen seen = last;
    if (seen == null || !seen.payload.equals(payload)) {
      seen = new Seen(payload, shown(payload));
      last = seen;
    }
    return seen.shown;
  }

  /** The errors of a value that a resolver gave at the start, such as nulls that may not be. */
  ArrayNode check(JsonNode value) {
    Errors errors = new Errors();
    complete(value, new Completion(schema, errors, this, 0));
    return errors.shown();
  }

  private ObjectNode shown(JsonNode payload) {
    Errors errors = new Errors();
    JsonNode data = complete(payload, Completion.ofCompleted(schema, errors, this));
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("data", data);
    if (!errors.isEmpty()) {
      body.set("errors", errors.shown());
    }
    return body;
  }

  private JsonNode complete(JsonNode value, Completion completion) {
    ObjectNode source = JsonNodeFactory.instance.objectNode();
    source.set(root.name, value);
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    return completion.field(null, root, data, source) ? data : NullNode.instance;
  }

  @Override
  public RunField state(PlannedField field) {
    AtomicReferenceArray<RunField> known = states;
    RunField state = field.id < known.length() ? known.get(field.id) : null;
    if (state == null) {
      state =
          new RunField(
              field,
              access.allows(field.parentType, field.name),
              null,
              JsonNodeFactory.instance.objectNode(),
              FieldSelection.NONE);
      if (field.id >= known.length()) {
        AtomicReferenceArray<RunField> larger =
            new AtomicReferenceArray<>(Math.max(field.plan().size(), field.id + 1));
        for (int i = 0; i < known.length(); i++) {
          larger.set(i, known.get(i));
        }
        states = larger;
        known = larger;
      }
      known.set(field.id, state);
    }
    return state;
  }

  @Override
  public void call(Place place, RunField field, JsonNode source) {
    throw new IllegalStateException("a subscriber's view calls no resolver");
  }

  @Override
  public JsonNode introspect(PlannedField field) {
    return NullNode.instance;
  }
}
