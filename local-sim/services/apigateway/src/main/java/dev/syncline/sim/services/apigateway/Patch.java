// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * API Gateway's patch operations: JSON Patch by look, with every value a string. Rules define the
 * meaning of paths; a path without a rule is refused by name. Immutable.
 */
final class Patch {
  /** The type of the value at a path. A path that ends in a slash covers every path below it. */
  enum Kind {
    TEXT,
    BOOL,
    INTEGER,
    NUMBER,
    /** Below it, each last segment is the key of a text in a map. */
    TEXT_MAP,
    /** Below it, each last segment is the key of a boolean in a map. */
    BOOL_MAP,
    /** Below it, each last segment is a member of a list of texts. */
    LIST,
    /** The value is a member of the list of texts at the path. */
    VALUES
  }

  private final Map<String, Kind> rules;

  private Patch(Map<String, Kind> rules) {
    this.rules = rules;
  }

  /** The rules for paths of one kind. */
  static Patch of(Kind kind, String... paths) {
    return new Patch(Map.of()).and(kind, paths);
  }

  /** These rules and those for paths of another kind. */
  Patch and(Kind kind, String... paths) {
    var all = new TreeMap<>(rules);
    for (String path : paths) {
      all.put(path, kind);
    }
    return new Patch(all);
  }

  /** Applies every operation of the member {@code patchOperations}, or none when one is refused. */
  void apply(ObjectNode target, Input input) {
    ObjectNode changed = target.deepCopy();
    for (Input operation : input.structures("patchOperations")) {
      apply(changed, operation.only("op", "path", "value", "from"), operation.requiredText("path"));
    }
    target.removeAll();
    target.setAll(changed);
  }

  /**
   * Applies every operation to a copy and, once it passes the check, puts it in the place of {@code
   * kept}.
   *
   * @return a copy of what is kept now
   */
  ObjectNode update(ObjectNode kept, Input input, Consumer<ObjectNode> check) {
    ObjectNode changed = kept.deepCopy();
    apply(changed, input);
    check.accept(changed);
    kept.removeAll();
    kept.setAll(changed);
    return changed.deepCopy();
  }

  /** Applies one. */
  void apply(ObjectNode target, Input operation, String path) {
    String op = operation.requiredText("op");
    if (!List.of("add", "replace", "remove").contains(op)) {
      throw GatewayErrors.badRequest(
          "The simulator does not support the patch operation '" + op + "' on '" + path + "'.");
    }
    boolean remove = op.equals("remove");
    List<String> segments = segments(path);
    Kind kind = kind(path, op);
    String last = segments.get(segments.size() - 1);
    switch (kind) {
      case TEXT, BOOL, INTEGER, NUMBER -> {
        ObjectNode parent = parent(target, segments.subList(0, segments.size() - 1), remove);
        if (remove) {
          parent.remove(last);
        } else {
          put(parent, last, kind, operation, path);
        }
      }
      case TEXT_MAP, BOOL_MAP -> {
        ObjectNode map = parent(target, segments.subList(0, segments.size() - 1), remove);
        if (remove) {
          map.remove(last);
        } else {
          put(map, last, kind == Kind.BOOL_MAP ? Kind.BOOL : Kind.TEXT, operation, path);
        }
      }
      case LIST -> list(target, segments, remove, operation);
      case VALUES -> values(target, last, op, operation);
    }
  }

  /** The segments of a path, unescaped. */
  static List<String> segments(String path) {
    var segments = new ArrayList<String>();
    for (String segment : path.substring(path.startsWith("/") ? 1 : 0).split("/", -1)) {
      segments.add(segment.replace("~1", "/").replace("~0", "~"));
    }
    return segments;
  }

  private Kind kind(String path, String op) {
    Kind exact = rules.get(path);
    if (exact != null) {
      return exact;
    }
    int slash = path.lastIndexOf('/');
    Kind below = slash < 0 ? null : rules.get(path.substring(0, slash + 1));
    if (below == null || slash == path.length() - 1) {
      throw GatewayErrors.badRequest(
          "Invalid patch path  '"
              + path
              + "' specified for op '"
              + op
              + "'. Must be one of: "
              + rules.keySet());
    }
    return below;
  }

  private static void put(ObjectNode parent, String name, Kind kind, Input operation, String path) {
    String value = operation.text("value").orElse("");
    switch (kind) {
      case BOOL -> {
        if (!value.equals("true") && !value.equals("false")) {
          throw GatewayErrors.invalidPatch(value, path, "a boolean");
        }
        parent.put(name, value.equals("true"));
      }
      case INTEGER -> {
        try {
          parent.put(name, Integer.parseInt(value));
        } catch (NumberFormatException notANumber) {
          throw GatewayErrors.invalidPatch(value, path, "an integer");
        }
      }
      case NUMBER -> {
        try {
          parent.put(name, Double.parseDouble(value));
        } catch (NumberFormatException notANumber) {
          throw GatewayErrors.invalidPatch(value, path, "a number");
        }
      }
      default -> parent.put(name, value);
    }
  }

  private static void list(
      ObjectNode target, List<String> segments, boolean remove, Input operation) {
    ObjectNode parent = parent(target, segments.subList(0, segments.size() - 2), false);
    String name = segments.get(segments.size() - 2);
    String member = segments.get(segments.size() - 1);
    ArrayNode list = parent.get(name) instanceof ArrayNode there ? there : parent.putArray(name);
    String value =
        remove ? member : operation.text("value").filter(v -> !v.isEmpty()).orElse(member);
    for (int i = list.size() - 1; i >= 0; i--) {
      boolean byIndex = member.equals(Integer.toString(i));
      if (byIndex || list.get(i).asText().equals(member) || list.get(i).asText().equals(value)) {
        list.remove(i);
      }
    }
    if (!remove) {
      list.add(value);
    }
    if (list.isEmpty()) {
      parent.remove(name);
    }
  }

  /** A value that replaces takes the place of all; without one, all are removed. */
  private static void values(ObjectNode target, String name, String op, Input operation) {
    ArrayNode before = target.path(name) instanceof ArrayNode there ? there : Json.array();
    String value = operation.text("value").orElse("");
    ArrayNode after = Json.array();
    if (!op.equals("replace")) {
      before.valueStream().filter(one -> !one.asText().equals(value)).forEach(after::add);
    }
    if (!op.equals("remove") && !value.isEmpty()) {
      after.add(value);
    } else if (op.equals("remove") && value.isEmpty()) {
      after.removeAll();
    }
    if (after.isEmpty()) {
      target.remove(name);
    } else {
      target.set(name, after);
    }
  }

  private static ObjectNode parent(ObjectNode target, List<String> segments, boolean remove) {
    ObjectNode node = target;
    for (String segment : segments) {
      if (node.get(segment) instanceof ObjectNode child) {
        node = child;
      } else if (remove) {
        // Nothing there, nothing to remove.
        return node.objectNode();
      } else {
        node = node.putObject(segment);
      }
    }
    return node;
  }
}
