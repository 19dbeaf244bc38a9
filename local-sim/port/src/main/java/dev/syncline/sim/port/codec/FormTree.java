// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.LooseText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The query protocol's dotted names as a structure: {@code A.member.1.B} and the flattened {@code
 * A.1.B} are lists, {@code A.entry.1.key} with {@code A.entry.1.value} is a map, anything else a
 * structure. List items are taken in order of their number; gaps close.
 */
final class FormTree {
  private static final int MAX_PARAMETERS = 10_000;
  private static final int MAX_DEPTH = 32;

  /** Of a number that a long holds. */
  private static final int MAX_DIGITS = 18;

  private final Map<String, FormTree> children = new LinkedHashMap<>();
  private @Nullable String value;

  private FormTree() {}

  static ObjectNode parse(List<Map.Entry<String, String>> parameters) {
    if (parameters.size() > MAX_PARAMETERS) {
      throw AwsException.badRequest(
          "MalformedQueryString", "A request may have at most " + MAX_PARAMETERS + " parameters.");
    }
    var root = new FormTree();
    for (Map.Entry<String, String> parameter : parameters) {
      root.put(parameter.getKey(), parameter.getValue());
    }
    ObjectNode structure = Json.object();
    root.children.forEach((name, child) -> structure.set(name, child.node()));
    return structure;
  }

  private void put(String name, String text) {
    String[] steps = name.split("\\.", -1);
    if (steps.length > MAX_DEPTH) {
      throw AwsException.badRequest(
          "MalformedQueryString", "The parameter '" + name + "' is nested too deeply.");
    }
    FormTree at = this;
    for (String step : steps) {
      at = at.children.computeIfAbsent(step, unused -> new FormTree());
    }
    at.value = text;
  }

  private JsonNode node() {
    if (children.isEmpty()) {
      return new LooseText(value == null ? "" : value);
    }
    if (isNumbered()) {
      return list();
    }
    if (children.size() == 1) {
      FormTree members = children.get("member");
      if (members != null && members.isNumbered()) {
        return members.list();
      }
      FormTree entries = children.get("entry");
      if (entries != null && entries.isNumbered()) {
        return entries.map();
      }
    }
    ObjectNode structure = Json.object();
    children.forEach((name, child) -> structure.set(name, child.node()));
    return structure;
  }

  private boolean isNumbered() {
    return !children.isEmpty()
        && children.keySet().stream()
            .allMatch(
                name ->
                    !name.isEmpty()
                        && name.length() <= MAX_DIGITS
                        && name.chars().allMatch(c -> c >= '0' && c <= '9'));
  }

  private TreeMap<Long, FormTree> inOrder() {
    var sorted = new TreeMap<Long, FormTree>();
    children.forEach((number, child) -> sorted.put(Long.parseLong(number), child));
    return sorted;
  }

  private ArrayNode list() {
    ArrayNode items = Json.array();
    inOrder().values().forEach(child -> items.add(child.node()));
    return items;
  }

  private ObjectNode map() {
    ObjectNode entries = Json.object();
    for (FormTree entry : inOrder().values()) {
      FormTree key = entry.children.get("key");
      FormTree mapped = entry.children.get("value");
      if (key == null || key.value == null || mapped == null) {
        throw AwsException.badRequest(
            "MalformedQueryString", "A map entry needs both a key and a value.");
      }
      entries.set(key.value, mapped.node());
    }
    return entries;
  }
}
