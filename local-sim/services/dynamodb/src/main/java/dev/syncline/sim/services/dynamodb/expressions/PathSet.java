// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.Item;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Paths as a tree, to take from an item only what they name. Immutable once built. */
final class PathSet {
  private final Node root = new Node();

  /** What lies below one step. A node without children stands for the whole value. */
  private static final class Node {
    final Map<String, Node> names = new LinkedHashMap<>();
    final SortedMap<Integer, Node> indexes = new TreeMap<>();
    boolean whole;
  }

  PathSet(Collection<DocumentPath> paths) {
    for (DocumentPath path : paths) {
      Node node = root;
      for (DocumentPath.Step step : path.steps()) {
        node =
            switch (step) {
              case DocumentPath.Name name ->
                  node.names.computeIfAbsent(name.name(), key -> new Node());
              case DocumentPath.Index index ->
                  node.indexes.computeIfAbsent(index.index(), key -> new Node());
            };
      }
      node.whole = true;
    }
  }

  /**
   * The parts of the item that the paths name, inside their parents; elements of lists move
   * together, in ascending order. A path that leads nowhere gives nothing.
   */
  Item select(Item item) {
    return new Item(members(root, item.attributes()));
  }

  private static Map<String, AttributeValue> members(
      Node node, Map<String, AttributeValue> values) {
    var selected = new LinkedHashMap<String, AttributeValue>();
    node.names.forEach(
        (name, child) -> {
          AttributeValue value = values.get(name);
          AttributeValue part = value == null ? null : part(child, value);
          if (part != null) {
            selected.put(name, part);
          }
        });
    return selected;
  }

  private static @Nullable AttributeValue part(Node node, AttributeValue value) {
    if (node.whole) {
      return value;
    }
    if (value instanceof AttributeValue.M map) {
      Map<String, AttributeValue> members = members(node, map.values());
      return members.isEmpty() ? null : new AttributeValue.M(members);
    }
    if (value instanceof AttributeValue.L list) {
      List<AttributeValue> elements = elements(node, list.values());
      return elements.isEmpty() ? null : new AttributeValue.L(elements);
    }
    return null;
  }

  private static List<AttributeValue> elements(Node node, List<AttributeValue> values) {
    var selected = new ArrayList<AttributeValue>();
    node.indexes.forEach(
        (index, child) -> {
          AttributeValue part = index < values.size() ? part(child, values.get(index)) : null;
          if (part != null) {
            selected.add(part);
          }
        });
    return selected;
  }

  /**
   * Refuses paths of which one leads to or through the other, then paths that take the same value
   * for a map and for a list.
   */
  static void requireDisjoint(ExpressionKind kind, List<DocumentPath> paths) {
    requireNone(kind, paths, Relation.OVERLAP);
    requireNone(kind, paths, Relation.CONFLICT);
  }

  /** How two paths meet. */
  private enum Relation {
    APART,
    OVERLAP,
    CONFLICT
  }

  private static void requireNone(
      ExpressionKind kind, List<DocumentPath> paths, Relation forbidden) {
    for (int second = 1; second < paths.size(); second++) {
      for (int first = 0; first < second; first++) {
        if (relation(paths.get(first), paths.get(second)) == forbidden) {
          throw kind.fault(
              "Two document paths "
                  + (forbidden == Relation.OVERLAP ? "overlap" : "conflict")
                  + " with each other; must remove or rewrite one of these paths; path one: "
                  + paths.get(first)
                  + ", path two: "
                  + paths.get(second));
        }
      }
    }
  }

  private static Relation relation(DocumentPath first, DocumentPath second) {
    int common = Math.min(first.steps().size(), second.steps().size());
    for (int at = 0; at < common; at++) {
      DocumentPath.Step one = first.steps().get(at);
      DocumentPath.Step two = second.steps().get(at);
      if (one.getClass() != two.getClass()) {
        return Relation.CONFLICT;
      }
      if (!one.equals(two)) {
        return Relation.APART;
      }
    }
    return Relation.OVERLAP;
  }
}
