// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The workflow variables that each state of a definition reads, as DescribeStateMachine shows them.
 *
 * @param recentLanguage whether any state uses Assign or JSONata, which came with variables
 * @param byState the names in order, without states that read none
 */
record VariableReferences(boolean recentLanguage, Map<String, List<String>> byState) {
  private static final Pattern NAME = Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_]*)");
  private static final Pattern QUOTED =
      Pattern.compile("'(?:[^'\\\\]|\\\\.)*+'|\"(?:[^\"\\\\]|\\\\.)*+\"");
  private static final Pattern JSONATA_BOUND =
      Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_]*)\\s*(?:\\(|:=)");
  private static final Pattern JSONATA_PARAMETERS =
      Pattern.compile("(?:function|λ)\\s*\\(([^)]*)\\)");

  /** Fields of a state that hold its inner states, which are reported separately. */
  private static final Set<String> INNER = Set.of("ItemProcessor", "Iterator", "Branches");

  /** Those of a definition that is known to be valid. */
  static VariableReferences in(String definition) {
    JsonNode root;
    try {
      root = Json.MAPPER.readTree(definition);
    } catch (JsonProcessingException invalid) {
      throw new IllegalStateException("a stored definition is valid JSON", invalid);
    }
    var found = new TreeMap<String, List<String>>();
    boolean jsonata = root.path("QueryLanguage").asText().equals("JSONata");
    boolean recent = collect(root, jsonata, found);
    return new VariableReferences(recent, found);
  }

  private static boolean collect(
      JsonNode flow, boolean jsonataByDefault, Map<String, List<String>> found) {
    boolean recent = jsonataByDefault;
    for (Map.Entry<String, JsonNode> entry : flow.path("States").properties()) {
      JsonNode state = entry.getValue();
      boolean jsonata =
          state.has("QueryLanguage")
              ? state.path("QueryLanguage").asText().equals("JSONata")
              : jsonataByDefault;
      var names = new TreeSet<String>();
      for (Map.Entry<String, JsonNode> field : state.properties()) {
        if (!INNER.contains(field.getKey()) && !field.getKey().equals("Comment")) {
          read(field.getKey(), field.getValue(), jsonata, names);
        }
      }
      if (!names.isEmpty()) {
        found.put(entry.getKey(), new ArrayList<>(names));
      }
      recent |= jsonata || state.findValue("Assign") != null;
      recent |= collect(state.path("ItemProcessor"), jsonataByDefault, found);
      recent |= collect(state.path("Iterator"), jsonataByDefault, found);
      for (JsonNode branch : state.path("Branches")) {
        recent |= collect(branch, jsonataByDefault, found);
      }
    }
    return recent;
  }

  private static void read(String key, JsonNode value, boolean jsonata, Set<String> names) {
    if (value.isTextual()) {
      String text = value.asText();
      if (jsonata) {
        if (text.startsWith("{%") && text.endsWith("%}")) {
          readJsonata(text, names);
        }
      } else if (key.endsWith(".$") || key.endsWith("Path") || key.equals("Variable")) {
        readPath(text, names);
      }
    } else if (value.isObject()) {
      value.properties().forEach(entry -> read(entry.getKey(), entry.getValue(), jsonata, names));
    } else {
      value.forEach(item -> read(key, item, jsonata, names));
    }
  }

  /** Names after a single {@code $}; {@code $.} is the input and {@code $$} the context object. */
  private static void readPath(String text, Set<String> names) {
    String plain = QUOTED.matcher(text).replaceAll("''");
    Matcher name = NAME.matcher(plain);
    while (name.find()) {
      if (name.start() == 0 || plain.charAt(name.start() - 1) != '$') {
        names.add(name.group(1));
      }
    }
  }

  /** Names that the expression does not call and does not bind. */
  private static void readJsonata(String text, Set<String> names) {
    String plain = QUOTED.matcher(text).replaceAll("''");
    var own = new TreeSet<>(Set.of("states"));
    collectNames(JSONATA_BOUND, plain, own);
    Matcher parameters = JSONATA_PARAMETERS.matcher(plain);
    while (parameters.find()) {
      collectNames(NAME, parameters.group(1), own);
    }
    var read = new TreeSet<String>();
    Matcher name = NAME.matcher(plain);
    while (name.find()) {
      if (name.start() == 0 || plain.charAt(name.start() - 1) != '$') {
        read.add(name.group(1));
      }
    }
    read.removeAll(own);
    names.addAll(read);
  }

  private static void collectNames(Pattern pattern, String text, Set<String> into) {
    Matcher match = pattern.matcher(text);
    while (match.find()) {
      into.add(match.group(1));
    }
  }
}
