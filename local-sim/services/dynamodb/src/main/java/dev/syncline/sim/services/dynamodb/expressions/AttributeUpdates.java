// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.services.dynamodb.values.AttributeType;
import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import dev.syncline.sim.services.dynamodb.values.ValueReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The legacy {@code AttributeUpdates}: attributes are names, never paths. Immutable. */
public final class AttributeUpdates implements Update {
  private final List<Action> actions;

  /** One change. */
  private sealed interface Action {
    String attribute();
  }

  private record Put(String attribute, AttributeValue value) implements Action {}

  private record Add(String attribute, AttributeValue value) implements Action {}

  private record DeleteMembers(String attribute, AttributeValue value) implements Action {}

  private record Delete(String attribute) implements Action {}

  private AttributeUpdates(List<Action> actions) {
    this.actions = List.copyOf(actions);
  }

  /**
   * Reads the parameter.
   *
   * @throws ValidationFault in AWS's words
   */
  public static AttributeUpdates read(JsonNode updates) {
    var actions = new ArrayList<Action>();
    for (Map.Entry<String, JsonNode> entry : updates.properties()) {
      actions.add(action(entry.getKey(), entry.getValue()));
    }
    return new AttributeUpdates(actions);
  }

  private static Action action(String attribute, JsonNode json) {
    AttributeValue value = json.hasNonNull("Value") ? ValueReader.read(json.get("Value")) : null;
    String action = json.hasNonNull("Action") ? json.get("Action").asText() : "PUT";
    if (value == null) {
      if (!action.equals("DELETE")) {
        throw invalid("Only DELETE action is allowed when no attribute value is specified");
      }
      return new Delete(attribute);
    }
    AttributeType type = value.type();
    return switch (action) {
      case "PUT" -> new Put(attribute, value);
      case "ADD" -> {
        if (type != AttributeType.N && type != AttributeType.L && !type.isSet()) {
          throw invalid("ADD action is not supported for the type " + type);
        }
        yield new Add(attribute, value);
      }
      case "DELETE" -> {
        if (!type.isSet()) {
          throw invalid("DELETE action with value is not supported for the type " + type);
        }
        yield new DeleteMembers(attribute, value);
      }
      default ->
          throw ValidationFault.request(
              "Value '"
                  + action
                  + "' at 'action' failed to satisfy constraint: Member must satisfy enum value"
                  + " set: [ADD, DELETE, PUT]");
    };
  }

  private static ValidationFault invalid(String sentence) {
    return ValidationFault.bare("One or more parameter values were invalid: " + sentence);
  }

  @Override
  public Item apply(@Nullable Item before, Item key) {
    var attributes = new LinkedHashMap<>((before == null ? key : before).attributes());
    for (Action action : actions) {
      @Nullable AttributeValue stored = attributes.remove(action.attribute());
      @Nullable AttributeValue value =
          switch (action) {
            case Put put -> put.value();
            case Add add -> stored == null ? add.value() : sum(stored, add.value());
            case Delete delete -> null;
            case DeleteMembers delete -> stored == null ? null : rest(stored, delete.value());
          };
      if (value != null) {
        attributes.put(action.attribute(), value);
      }
    }
    return new Item(attributes);
  }

  private static AttributeValue sum(AttributeValue stored, AttributeValue value) {
    if (stored instanceof AttributeValue.N a && value instanceof AttributeValue.N b) {
      return UpdateOperand.sum(a, b);
    }
    if (stored instanceof AttributeValue.L a && value instanceof AttributeValue.L b) {
      var values = new ArrayList<>(a.values());
      values.addAll(b.values());
      return new AttributeValue.L(values);
    }
    return SetValues.union(stored, value).orElseThrow(AttributeUpdates::typeMismatch);
  }

  private static @Nullable AttributeValue rest(AttributeValue stored, AttributeValue value) {
    if (stored.type() != value.type()) {
      throw typeMismatch();
    }
    return SetValues.difference(stored, value).orElse(null);
  }

  private static ValidationFault typeMismatch() {
    return ValidationFault.bare("Type mismatch for attribute to update");
  }

  /** A missing item is created unless all actions are DELETE. No actions make the bare item. */
  @Override
  public boolean createsItem() {
    return actions.isEmpty()
        || actions.stream().anyMatch(action -> action instanceof Put || action instanceof Add);
  }

  @Override
  public List<DocumentPath> targets() {
    return actions.stream().map(action -> DocumentPath.of(action.attribute())).toList();
  }

  @Override
  public Set<String> nestedAttributes() {
    return Set.of();
  }

  @Override
  public Map<String, AttributeType> knownTypes() {
    var types = new LinkedHashMap<String, AttributeType>();
    for (Action action : actions) {
      @Nullable AttributeValue value =
          switch (action) {
            case Put put -> put.value();
            case Add add -> add.value();
            case DeleteMembers delete -> delete.value();
            case Delete delete -> null;
          };
      if (value != null) {
        types.put(action.attribute(), value.type());
      }
    }
    return types;
  }

  @Override
  public int writingActions() {
    return (int)
        actions.stream().filter(action -> action instanceof Put || action instanceof Add).count();
  }
}
