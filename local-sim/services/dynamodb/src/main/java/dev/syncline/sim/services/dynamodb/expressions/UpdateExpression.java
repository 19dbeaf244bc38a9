// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import dev.syncline.sim.services.dynamodb.values.AttributeType;
import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An update expression. Immutable. */
public final class UpdateExpression implements Update {
  private final List<Action> actions;
  private final java.util.Set<String> nestedAttributes;

  /** One action of an update. */
  sealed interface Action {
    /** The path that it changes. */
    DocumentPath target();
  }

  /** SET. */
  record Set(DocumentPath target, UpdateOperand value) implements Action {}

  /** REMOVE. */
  record Remove(DocumentPath target) implements Action {}

  /** ADD of a number or of members of a set. */
  record Add(DocumentPath target, AttributeValue value) implements Action {}

  /** DELETE of members of a set. */
  record Delete(DocumentPath target, AttributeValue value) implements Action {}

  private UpdateExpression(List<Action> actions, java.util.Set<DocumentPath> paths) {
    this.actions = List.copyOf(actions);
    this.nestedAttributes =
        paths.stream()
            .filter(DocumentPath::isNested)
            .map(DocumentPath::attribute)
            .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * Reads an {@code UpdateExpression}.
   *
   * @throws ValidationFault in AWS's words, in AWS's order
   */
  public static UpdateExpression parse(String text, ExpressionScope scope) {
    return of(ExpressionKind.UPDATE, UpdateParser.parse(text), scope);
  }

  /**
   * Checks and resolves an update that another language wrote.
   *
   * @throws ValidationFault in AWS's words, in AWS's order
   */
  public static UpdateExpression of(
      ExpressionKind kind, UpdateSyntax syntax, ExpressionScope scope) {
    var builder = new UpdateBuilder(kind, syntax, scope);
    List<Action> actions = builder.build();
    return new UpdateExpression(actions, builder.paths());
  }

  @Override
  public Item apply(@Nullable Item before, Item key) {
    Item old = before == null ? key : before;
    Map<DocumentPath, AttributeValue> values = new LinkedHashMap<>();
    for (Action action : actions) {
      if (action instanceof Set set) {
        values.put(set.target(), set.value().value(old));
      }
    }
    var editor = new ItemEditor(old);
    values.forEach(editor::put);
    for (Action action : actions) {
      switch (action) {
        case Set set -> {}
        case Remove remove -> {
          // On a missing item AWS ignores the removal of a value inside a missing parent.
          if (before != null) {
            editor.remove(remove.target());
          }
        }
        case Add add -> {
          @Nullable AttributeValue stored = add.target().read(old);
          editor.put(add.target(), stored == null ? add.value() : sum(stored, add.value()));
        }
        case Delete delete -> delete(editor, delete, delete.target().read(old));
      }
    }
    return editor.item();
  }

  private static AttributeValue sum(AttributeValue stored, AttributeValue value) {
    if (stored instanceof AttributeValue.N a && value instanceof AttributeValue.N b) {
      return UpdateOperand.sum(a, b);
    }
    return SetValues.union(stored, value).orElseThrow(UpdateOperand::wrongType);
  }

  private static void delete(ItemEditor editor, Delete delete, @Nullable AttributeValue stored) {
    if (stored == null) {
      editor.remove(delete.target());
      return;
    }
    if (stored.type() != delete.value().type()) {
      throw UpdateOperand.wrongType();
    }
    SetValues.difference(stored, delete.value())
        .ifPresentOrElse(
            rest -> editor.put(delete.target(), rest), () -> editor.remove(delete.target()));
  }

  @Override
  public boolean createsItem() {
    return actions.stream().anyMatch(action -> action instanceof Set || action instanceof Add);
  }

  @Override
  public List<DocumentPath> targets() {
    return actions.stream().map(Action::target).toList();
  }

  @Override
  public java.util.Set<String> nestedAttributes() {
    return nestedAttributes;
  }

  @Override
  public Map<String, AttributeType> knownTypes() {
    Map<String, AttributeType> types = new LinkedHashMap<>();
    for (Action action : actions) {
      @Nullable AttributeType type =
          switch (action) {
            case Set set -> set.value().knownType();
            case Add add -> add.value().type();
            case Delete delete -> delete.value().type();
            case Remove remove -> null;
          };
      if (type != null && !action.target().isNested()) {
        types.put(action.target().attribute(), type);
      }
    }
    return types;
  }

  @Override
  public int writingActions() {
    var writing = new ArrayList<>(actions);
    writing.removeIf(action -> action instanceof Remove || action instanceof Delete);
    return writing.size();
  }
}
