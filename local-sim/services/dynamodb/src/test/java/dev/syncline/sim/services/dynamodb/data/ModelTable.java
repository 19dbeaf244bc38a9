// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import dev.syncline.sim.services.dynamodb.expressions.KeyCondition;
import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.Sizes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A table in the simplest form: a hash map, filtered and sorted for each read. */
final class ModelTable {
  private final KeySchema key;
  private Map<Item, Item> items = new HashMap<>();

  ModelTable(KeySchema key) {
    this.key = key;
  }

  ModelTable copy() {
    var copy = new ModelTable(key);
    copy.items = new HashMap<>(items);
    return copy;
  }

  Map<Item, Item> items() {
    return items;
  }

  @Nullable Item get(Item itemKey) {
    return items.get(itemKey);
  }

  void put(Item item) {
    items.put(Keys.of(key, item), item);
  }

  void remove(Item itemKey) {
    items.remove(itemKey);
  }

  long bytes() {
    return items.values().stream().mapToLong(Sizes::of).sum();
  }

  /** Whether the item belongs to the index; to the table, each does. */
  static boolean contains(@Nullable IndexSchema index, Item item) {
    return index == null
        || index.key().all().stream()
            .allMatch(
                attribute -> {
                  AttributeValue value = item.get(attribute.name());
                  return value != null && value.type() == attribute.type() && Sizes.of(value) > 0;
                });
  }

  Item project(@Nullable IndexSchema index, Item item) {
    if (index == null || index.projection().type() == Projection.Type.ALL) {
      return item;
    }
    Set<String> names = new HashSet<>(index.projection().nonKeyAttributes());
    Stream.of(key, index.key())
        .flatMap(schema -> schema.all().stream())
        .forEach(attribute -> names.add(attribute.name()));
    var kept = new LinkedHashMap<>(item.attributes());
    kept.keySet().retainAll(names);
    return new Item(kept);
  }

  /** The whole items that a query of a partition finds, in order. */
  List<Item> query(@Nullable IndexSchema index, List<KeyCondition.Part> terms, boolean forward) {
    KeySchema schema = index == null ? key : index.key();
    Comparator<Item> order =
        Stream.concat(
                schema.range().stream().map(attribute -> by(attribute.name())), Stream.of(tie()))
            .reduce(Comparator::thenComparing)
            .orElseThrow();
    return items.values().stream()
        .filter(item -> contains(index, item))
        .filter(item -> terms.stream().allMatch(term -> holds(term, item)))
        .sorted(forward ? order : order.reversed())
        .toList();
  }

  /** Rows with equal index keys come in the order of the hash of their table key. */
  private Comparator<Item> tie() {
    return (left, right) -> Arrays.compareUnsigned(tableHash(left), tableHash(right));
  }

  private byte[] tableHash(Item item) {
    return PartitionHash.of(
        key.all().stream()
            .map(attribute -> Objects.requireNonNull(item.get(attribute.name())))
            .toList());
  }

  private static Comparator<Item> by(String name) {
    return (left, right) ->
        compare(Objects.requireNonNull(left.get(name)), Objects.requireNonNull(right.get(name)));
  }

  private static boolean holds(KeyCondition.Part term, Item item) {
    AttributeValue value = Objects.requireNonNull(item.get(term.attribute()));
    AttributeValue operand = term.operands().getFirst();
    int order = compare(value, operand);
    return switch (term.operator()) {
      case EQ -> order == 0;
      case LT -> order < 0;
      case LE -> order <= 0;
      case GT -> order > 0;
      case GE -> order >= 0;
      case BETWEEN -> order >= 0 && compare(value, term.operands().get(1)) <= 0;
      case BEGINS_WITH -> {
        byte[] prefix = bytes(operand);
        byte[] all = bytes(value);
        yield all.length >= prefix.length
            && Arrays.equals(prefix, Arrays.copyOf(all, prefix.length));
      }
      case NOT_INDEXABLE -> throw new IllegalStateException("no such queries here");
    };
  }

  private static int compare(AttributeValue left, AttributeValue right) {
    if (left instanceof AttributeValue.N first && right instanceof AttributeValue.N second) {
      return first.value().value().compareTo(second.value().value());
    }
    return Arrays.compareUnsigned(bytes(left), bytes(right));
  }

  private static byte[] bytes(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S text -> text.value().getBytes(StandardCharsets.UTF_8);
      case AttributeValue.B bytes -> bytes.value().array();
      default -> throw new IllegalArgumentException(value.toString());
    };
  }
}
