// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path to exactly one place, to which a result is written: <code>$.a.b[0]['c d']</code>.
 * Immutable.
 */
public final class ReferencePath {
  private final String text;
  private final List<Object> steps;

  private ReferencePath(String text, List<Object> steps) {
    this.text = text;
    this.steps = steps;
  }

  /** Parses a reference path; wildcards, slices, filters and recursive descent are refused. */
  public static ReferencePath parse(String text) throws QuerySyntaxException {
    if (!text.startsWith("$") || text.startsWith("$$")) {
      throw invalid(text);
    }
    List<Object> steps = new ArrayList<>();
    int at = 1;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '.') {
        int end = at + 1;
        while (end < text.length() && ".[".indexOf(text.charAt(end)) < 0) {
          end++;
        }
        String name = text.substring(at + 1, end);
        if (name.isEmpty() || name.equals("*") || name.contains("(")) {
          throw invalid(text);
        }
        steps.add(name);
        at = end;
      } else if (c == '[') {
        at = bracket(text, at, steps);
      } else {
        throw invalid(text);
      }
    }
    return new ReferencePath(text, List.copyOf(steps));
  }

  private static int bracket(String text, int open, List<Object> steps)
      throws QuerySyntaxException {
    if (open + 1 < text.length() && "'\"".indexOf(text.charAt(open + 1)) >= 0) {
      char quote = text.charAt(open + 1);
      StringBuilder name = new StringBuilder();
      int at = open + 2;
      while (at < text.length() && text.charAt(at) != quote) {
        at += text.charAt(at) == '\\' ? 1 : 0;
        if (at < text.length()) {
          name.append(text.charAt(at));
        }
        at++;
      }
      if (at + 1 >= text.length() || text.charAt(at + 1) != ']') {
        throw invalid(text);
      }
      steps.add(name.toString());
      return at + 2;
    }
    int close = text.indexOf(']', open);
    if (close < 0 || !text.substring(open + 1, close).matches("\\d{1,9}")) {
      throw invalid(text);
    }
    steps.add(Integer.valueOf(text.substring(open + 1, close)));
    return close + 1;
  }

  private static QuerySyntaxException invalid(String text) {
    return new QuerySyntaxException("Value is not a Reference Path");
  }

  /** The text as written. */
  public String text() {
    return text;
  }

  /**
   * A copy of {@code target} with {@code value} at this path; missing objects are created.
   *
   * @throws StateFailure if a value on the path is not an object, and not an array with that index
   */
  public JsonNode write(JsonNode target, JsonNode value) {
    return write(target, 0, value);
  }

  private JsonNode write(@Nullable JsonNode target, int depth, JsonNode value) {
    if (depth == steps.size()) {
      return value;
    }
    Object step = steps.get(depth);
    if (step instanceof Integer index) {
      if (!(target instanceof ArrayNode array) || index >= array.size()) {
        throw mismatch(target);
      }
      ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
      copy.addAll(array);
      copy.set(index, write(array.get(index), depth + 1, value));
      return copy;
    }
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    if (target instanceof ObjectNode object) {
      copy.setAll(object);
    } else if (target != null && !target.isNull()) {
      throw mismatch(target);
    } else if (target != null && depth == 0) {
      throw mismatch(target);
    }
    String name = (String) step;
    copy.set(name, write(copy.get(name), depth + 1, value));
    return copy;
  }

  private StateFailure mismatch(@Nullable JsonNode target) {
    return StateFailure.plain(
        "States.ResultPathMatchFailure",
        "Unable to apply Reference Path "
            + text
            + " to input "
            + (target == null ? "null" : AslJson.write(target)));
  }
}
