// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.Item;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The way from an item to one of its values: the name of an attribute, then names of map members
 * and places in lists. Immutable.
 */
public record DocumentPath(List<Step> steps) {
  /** The most steps of a path (DynamoDB guide: limits of expressions). */
  public static final int MAX_LEVELS = 32;

  /** One step. */
  public sealed interface Step {}

  /** To a member of a map. */
  public record Name(String name) implements Step {
    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * To an element of a list.
   *
   * @param index from 0
   */
  public record Index(int index) implements Step {
    @Override
    public String toString() {
      return "[" + index + "]";
    }
  }

  /** The first step must be a name. */
  public DocumentPath {
    steps = List.copyOf(steps);
    if (steps.isEmpty() || !(steps.getFirst() instanceof Name)) {
      throw new IllegalArgumentException("A document path starts with an attribute's name");
    }
  }

  /** The path to an attribute itself. */
  public static DocumentPath of(String attribute) {
    return new DocumentPath(List.of(new Name(attribute)));
  }

  /** The attribute that the path starts with. */
  public String attribute() {
    return ((Name) steps.getFirst()).name();
  }

  /** Whether the path leads below an attribute. */
  public boolean isNested() {
    return steps.size() > 1;
  }

  /** The last step. */
  Step last() {
    return steps.getLast();
  }

  /** The value at the end of the path; null when a step leads nowhere. */
  public @Nullable AttributeValue read(Item item) {
    AttributeValue value = item.get(attribute());
    for (Step step : steps.subList(1, steps.size())) {
      value = step(value, step);
    }
    return value;
  }

  private static @Nullable AttributeValue step(@Nullable AttributeValue value, Step step) {
    return switch (step) {
      case Name name ->
          value instanceof AttributeValue.M map ? map.values().get(name.name()) : null;
      case Index index ->
          value instanceof AttributeValue.L list && index.index() < list.values().size()
              ? list.values().get(index.index())
              : null;
    };
  }

  /** As AWS's messages print it, for example {@code [a, b, [0]]}. */
  @Override
  public String toString() {
    return steps.stream().map(Step::toString).collect(Collectors.joining(", ", "[", "]"));
  }
}
