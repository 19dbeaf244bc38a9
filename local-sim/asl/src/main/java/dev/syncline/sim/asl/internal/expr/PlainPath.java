// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path of plain fields and indices, {@code $.order.lines[0]}: most paths are plain. A plain path
 * reads a value without the library; if it finds none, the library reads again and gives the
 * reason. Immutable.
 */
final class PlainPath {
  private static final Pattern STEP =
      Pattern.compile("\\.([A-Za-z_][A-Za-z0-9_]*)|\\['([A-Za-z0-9_ -]+)'\\]|\\[(\\d{1,9})\\]");

  private sealed interface Step {
    record Field(String name) implements Step {}

    record Index(int number) implements Step {}
  }

  private final List<Step> steps;

  private PlainPath(List<Step> steps) {
    this.steps = steps;
  }

  /** Reads the text of a path; null when it is more than fields and indices. */
  static @Nullable PlainPath of(String text) {
    var steps = new ArrayList<Step>();
    Matcher step = STEP.matcher(text);
    int at = 1;
    while (at < text.length()) {
      if (!step.find(at) || step.start() != at) {
        return null;
      }
      String name = step.group(1) == null ? step.group(2) : step.group(1);
      steps.add(
          name == null ? new Step.Index(Integer.parseInt(step.group(3))) : new Step.Field(name));
      at = step.end();
    }
    return new PlainPath(List.copyOf(steps));
  }

  /** The value at the path; null if it is missing or JSON's null. */
  @Nullable JsonNode find(JsonNode root) {
    JsonNode found = root;
    for (Step step : steps) {
      found =
          switch (step) {
            case Step.Field field -> found.get(field.name());
            case Step.Index index -> found.get(index.number());
          };
      if (found == null || found.isNull()) {
        return null;
      }
    }
    return found;
  }
}
