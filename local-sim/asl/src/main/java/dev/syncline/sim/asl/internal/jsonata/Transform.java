// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import dev.syncline.sim.asl.internal.jsonata.Function.Builtin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The transform operator: a function that changes a copy of its argument. */
final class Transform {
  private Transform() {}

  static Builtin function(Node expr, JsonataEvaluator evaluator, JsonataFrame frame) {
    return Builtin.of(
        "", 1, "<(oa):o>", (calls, args) -> transformed(expr, evaluator, frame, args.getFirst()));
  }

  private static @Nullable Object transformed(
      Node expr, JsonataEvaluator evaluator, JsonataFrame frame, @Nullable Object original) {
    if (original == null) {
      return null;
    }
    if (!(frame.lookup("clone") instanceof Function clone)) {
      throw JsonataException.of("T2013");
    }
    Object result = evaluator.calls().apply(clone, List.of(original), JsonNull.NULL, "clone");
    Object matches = evaluator.evaluate(expr.pattern, result, frame);
    if (matches == null) {
      return result;
    }
    for (Object match : matches instanceof Sequence all ? List.copyOf(all) : List.of(matches)) {
      update(evaluator.evaluate(expr.update, match, frame), match);
      if (expr.delete != null) {
        delete(evaluator.evaluate(expr.delete, match, frame), match);
      }
    }
    return result;
  }

  @SuppressWarnings("unchecked")
  private static void update(@Nullable Object update, Object match) {
    if (update == null || update instanceof Function) {
      return;
    }
    if (!(update instanceof Map<?, ?> values)) {
      throw JsonataException.of("T2011").value(update);
    }
    if (match instanceof Map<?, ?> object) {
      ((Map<String, @Nullable Object>) object).putAll((Map<String, @Nullable Object>) values);
    } else if (!(match instanceof Sequence) && !values.isEmpty()) {
      throw JsonataException.worded(
          null,
          "Cannot create property '"
              + values.keySet().iterator().next()
              + "' on a value that is not an object");
    }
  }

  private static void delete(@Nullable Object deletions, Object match) {
    if (deletions == null) {
      return;
    }
    Sequence names = deletions instanceof Sequence all ? all : Sequence.of(deletions);
    if (!JsonataValues.allStrings(names)) {
      throw JsonataException.of("T2012").value(deletions);
    }
    if (match instanceof Map<?, ?> object) {
      names.forEach(object::remove);
    }
  }

  /** A deep copy, with numbers rounded as in texts. */
  static @Nullable Object copy(@Nullable Object value) {
    return switch (value) {
      case Sequence array -> {
        Sequence copy = Sequence.array();
        for (Object element : array) {
          Object inner = copy(element);
          copy.add(inner == null ? JsonNull.NULL : inner);
        }
        yield copy;
      }
      case Map<?, ?> object -> {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        object.forEach(
            (name, element) -> {
              Object inner = copy(element);
              if (inner != null) {
                copy.put(String.valueOf(name), inner);
              }
            });
        yield copy;
      }
      case Double number ->
          JsonataValues.isNumeric(number) ? JsonataText.round(number) : JsonNull.NULL;
      case Function function -> "";
      case null, default -> value;
    };
  }
}
