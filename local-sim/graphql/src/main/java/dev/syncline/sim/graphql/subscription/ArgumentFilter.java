// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The filter of a subscription's arguments: each given argument must equal the top-level field of
 * its name. A field that the mutation did not select never equals anything, and null equals null
 * only.
 *
 * @param arguments the given arguments after coercion, by name; a null node for null and for a
 *     variable without a value
 */
public record ArgumentFilter(Map<String, JsonNode> arguments) implements PayloadFilter {
  private static final String NULL = "n";

  /** Copies the map. */
  public ArgumentFilter {
    arguments = Map.copyOf(arguments);
  }

  @Override
  public boolean matches(JsonNode payload) {
    for (Map.Entry<String, JsonNode> argument : arguments.entrySet()) {
      JsonNode value = payload.get(argument.getKey());
      if (value == null || !ComparedValue.equal(value, argument.getValue())) {
        return false;
      }
    }
    return true;
  }

  /** The names of the arguments, sorted. */
  List<String> names() {
    return List.copyOf(new TreeMap<>(arguments).keySet());
  }

  /** A key that the filter shares with the payloads that it matches. */
  List<String> key() {
    List<String> key = new ArrayList<>(arguments.size());
    names().forEach(name -> key.add(keyOf(arguments.get(name))));
    return key;
  }

  /** The key of a payload for filters of these names; null when no such filter matches it. */
  static @Nullable List<String> key(List<String> names, JsonNode payload) {
    List<String> key = new ArrayList<>(names.size());
    for (String name : names) {
      JsonNode value = payload.get(name);
      if (value == null) {
        return null;
      }
      key.add(keyOf(value));
    }
    return key;
  }

  private static String keyOf(@Nullable JsonNode value) {
    return value == null || value.isNull() ? NULL : "v" + ComparedValue.text(value);
  }
}
