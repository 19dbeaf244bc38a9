// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.asl.Diagnostic;
import dev.syncline.sim.service.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Warns of texts in a payload template that look like a JSONPath and have a name without {@code
 * .$}, so that they are not evaluated. Code, words and place as recorded. Thread-safe.
 */
final class PathWarnings {
  private static final Pattern PATH = Pattern.compile("\\$\\$?(?:[.\\[].*)?");
  private static final List<String> TEMPLATES =
      List.of("Parameters", "ResultSelector", "ItemSelector");

  private final List<Diagnostic> found = new ArrayList<>();

  private PathWarnings() {}

  /** Those of a definition that is known to be valid. */
  static List<Diagnostic> in(String definition) {
    try {
      var warnings = new PathWarnings();
      JsonNode root = Json.MAPPER.readTree(definition);
      warnings.flow(root, "", root.path("QueryLanguage").asText().equals("JSONata"));
      return warnings.found;
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a valid definition is JSON", impossible);
    }
  }

  private void flow(JsonNode flow, String pointer, boolean jsonataByDefault) {
    for (Map.Entry<String, JsonNode> entry : flow.path("States").properties()) {
      JsonNode state = entry.getValue();
      String at = pointer + "/States/" + entry.getKey();
      String language = state.path("QueryLanguage").asText("");
      if (language.isEmpty() ? !jsonataByDefault : language.equals("JSONPath")) {
        TEMPLATES.forEach(name -> template(state.path(name), at + "/" + name));
      }
      flow(state.path("ItemProcessor"), at + "/ItemProcessor", jsonataByDefault);
      flow(state.path("Iterator"), at + "/Iterator", jsonataByDefault);
      for (int i = 0; i < state.path("Branches").size(); i++) {
        flow(state.path("Branches").get(i), at + "/Branches[" + i + "]", jsonataByDefault);
      }
    }
  }

  private void template(JsonNode value, String at) {
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      String name = member.getKey();
      JsonNode given = member.getValue();
      if (!name.endsWith(".$") && given.isTextual() && PATH.matcher(given.asText()).matches()) {
        found.add(
            new Diagnostic(
                Diagnostic.Severity.WARNING,
                "NO_DOLLAR",
                "The value of '"
                    + name
                    + "' looks like a JSONPath. Instead of '"
                    + name
                    + "', use '"
                    + name
                    + ".$' to evaluate it as a JSONPath at runtime.",
                at));
      }
      template(given, at + "/" + name);
    }
    if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        template(value.get(i), at + "[" + i + "]");
      }
    }
  }
}
