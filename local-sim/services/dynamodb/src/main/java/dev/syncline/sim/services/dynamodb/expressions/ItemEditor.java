// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An item that is being changed. Indexes of lists mean the places that the list had at first, in
 * whatever order changes arrive; values put beyond its end are appended by ascending index.
 */
final class ItemEditor {
  private final MapNode root;

  /** A value, or a map or list that is being changed. */
  private sealed interface Node {}

  private record Leaf(AttributeValue value) implements Node {}

  private static final class MapNode implements Node {
    final Map<String, Node> members = new LinkedHashMap<>();
  }

  private static final class ListNode implements Node {
    /** Null where an element was removed. */
    final List<@Nullable Node> elements = new ArrayList<>();

    final SortedMap<Integer, Node> appended = new TreeMap<>();
  }

  ItemEditor(Item item) {
    root = map(item.attributes());
  }

  private static MapNode map(Map<String, AttributeValue> values) {
    var node = new MapNode();
    values.forEach((name, value) -> node.members.put(name, new Leaf(value)));
    return node;
  }

  /** Puts a value. */
  void put(DocumentPath path, AttributeValue value) {
    Node parent = parent(path);
    switch (path.last()) {
      case DocumentPath.Name name when parent instanceof MapNode map ->
          map.members.put(name.name(), new Leaf(value));
      case DocumentPath.Index index when parent instanceof ListNode list -> {
        if (index.index() < list.elements.size()) {
          list.elements.set(index.index(), new Leaf(value));
        } else {
          list.appended.put(index.index(), new Leaf(value));
        }
      }
      default -> throw invalidPath();
    }
  }

  /** Removes a value, if it is present. */
  void remove(DocumentPath path) {
    Node parent = parent(path);
    switch (path.last()) {
      case DocumentPath.Name name when parent instanceof MapNode map ->
          map.members.remove(name.name());
      case DocumentPath.Index index when parent instanceof ListNode list -> {
        if (index.index() < list.elements.size()) {
          list.elements.set(index.index(), null);
        }
      }
      default -> throw invalidPath();
    }
  }

  private Node parent(DocumentPath path) {
    Node node = root;
    for (DocumentPath.Step step : path.steps().subList(0, path.steps().size() - 1)) {
      node = child(node, step);
    }
    return node;
  }

  private static Node child(Node parent, DocumentPath.Step step) {
    return switch (step) {
      case DocumentPath.Name name when parent instanceof MapNode map -> {
        Node child = opened(map.members.get(name.name()));
        map.members.put(name.name(), child);
        yield child;
      }
      case DocumentPath.Index index
          when parent instanceof ListNode list && index.index() < list.elements.size() -> {
        Node child = opened(list.elements.get(index.index()));
        list.elements.set(index.index(), child);
        yield child;
      }
      default -> throw invalidPath();
    };
  }

  /** Makes a map or list ready for changes. */
  private static Node opened(@Nullable Node node) {
    if (!(node instanceof Leaf leaf)) {
      if (node == null) {
        throw invalidPath();
      }
      return node;
    }
    return switch (leaf.value()) {
      case AttributeValue.M map -> map(map.values());
      case AttributeValue.L list -> {
        var opened = new ListNode();
        list.values().forEach(value -> opened.elements.add(new Leaf(value)));
        yield opened;
      }
      default -> throw invalidPath();
    };
  }

  private static ValidationFault invalidPath() {
    return ValidationFault.bare(
        "The document path provided in the update expression is invalid for update");
  }

  /** The item after the changes. */
  Item item() {
    return new Item(members(root));
  }

  private static Map<String, AttributeValue> members(MapNode map) {
    var values = new LinkedHashMap<String, AttributeValue>();
    map.members.forEach((name, member) -> values.put(name, value(member)));
    return values;
  }

  private static AttributeValue value(Node node) {
    return switch (node) {
      case Leaf leaf -> leaf.value();
      case MapNode map -> new AttributeValue.M(members(map));
      case ListNode list -> {
        var values = new ArrayList<AttributeValue>();
        for (Node element : list.elements) {
          if (element != null) {
            values.add(value(element));
          }
        }
        list.appended.values().forEach(element -> values.add(value(element)));
        yield new AttributeValue.L(values);
      }
    };
  }
}
