// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import dev.syncline.sim.asl.internal.jsonata.Node.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Paths: steps, filters, tuples of variable bindings. */
record Paths(JsonataEvaluator evaluator, Sorting sorting) {
  /** The context item of a tuple. */
  static @Nullable Object item(@Nullable Object tuple) {
    return tuple instanceof Map<?, ?> map ? map.get(JsonataEvaluator.ITEM) : null;
  }

  private static Sequence elements(@Nullable Object value) {
    return value instanceof Sequence all ? all : Sequence.array();
  }

  @Nullable Object path(Node expr, @Nullable Object input, JsonataFrame frame) {
    Sequence in =
        input instanceof Sequence array && expr.steps.getFirst().type != Type.VARIABLE
            ? array
            : Sequence.of(input);
    Object result = null;
    Sequence tuples = null;
    boolean isTuples = false;
    for (int i = 0; i < expr.steps.size(); i++) {
      Node step = expr.steps.get(i);
      isTuples |= step.tuple;
      if (i == 0 && step.consarray) {
        result = evaluator.evaluate(step, in, frame);
      } else if (isTuples) {
        tuples = tupleStep(step, in, tuples, frame);
      } else {
        result = step(step, in, frame, i == expr.steps.size() - 1);
      }
      if (!isTuples && (result == null || (result instanceof Sequence r && r.isEmpty()))) {
        break;
      }
      if (step.focus == null) {
        in = elements(result);
      }
    }
    if (isTuples) {
      result = tuples;
      if (!expr.tuple && tuples != null) {
        Sequence items = Sequence.create();
        tuples.forEach(tuple -> items.add(item(tuple)));
        result = items;
      }
    }
    if (expr.keepSingletonArray && result instanceof Sequence array) {
      result = kept(array);
    }
    if (expr.group != null) {
      return evaluator.group(expr.group.pairs, isTuples ? tuples : result, frame);
    }
    return result;
  }

  private static Sequence kept(Sequence array) {
    Sequence kept = array.cons && !array.sequence ? Sequence.of(array) : array;
    kept.keepSingleton = true;
    return kept;
  }

  private Sequence step(Node expr, Sequence input, JsonataFrame frame, boolean last) {
    if (expr.type == Type.SORT) {
      Sequence sorted = sorting.sort(expr, input, frame);
      return expr.stages == null ? sorted : stages(expr.stages, sorted, frame);
    }
    Sequence results = Sequence.create();
    for (Object item : input) {
      Object result = evaluator.evaluate(expr, item, frame);
      if (expr.stages != null) {
        for (Node stage : expr.stages) {
          result = filter(stage.expression, result, frame);
        }
      }
      if (result != null) {
        results.add(result);
      }
    }
    if (last
        && results.size() == 1
        && results.getFirst() instanceof Sequence only
        && !only.sequence) {
      return only;
    }
    Sequence flat = Sequence.create();
    for (Object result : results) {
      if (result instanceof Sequence array && !array.cons) {
        evaluator.budget().elements(flat.size() + (double) array.size());
        flat.addAll(array);
      } else {
        flat.add(result);
      }
    }
    return flat;
  }

  private Sequence stages(List<Node> stages, Sequence input, JsonataFrame frame) {
    Sequence result = input;
    for (Node stage : stages) {
      if (stage.type == Type.FILTER) {
        result = elements(filter(stage.expression, result, frame));
      } else {
        for (int i = 0; i < result.size(); i++) {
          bind(result.get(i), stage.text(), (double) i);
        }
      }
    }
    return result;
  }

  @SuppressWarnings("unchecked")
  private static void bind(@Nullable Object tuple, String name, @Nullable Object value) {
    if (tuple instanceof Map<?, ?> map) {
      ((Map<String, @Nullable Object>) map).put(name, value);
    }
  }

  private Sequence tupleStep(
      Node expr, Sequence input, @Nullable Sequence bindings, JsonataFrame frame) {
    Sequence result = Sequence.create();
    result.tupleStream = true;
    if (expr.type == Type.SORT) {
      result = sortedTuples(expr, input, bindings, frame);
    } else {
      for (Object binding : bindings == null ? tuples(input) : bindings) {
        Map<?, ?> tuple = (Map<?, ?>) Objects.requireNonNull(binding);
        Object value =
            evaluator.evaluate(
                expr, tuple.get(JsonataEvaluator.ITEM), JsonataFrame.ofTuple(frame, tuple));
        if (value != null) {
          bindAll(expr, tuple, value instanceof Sequence all ? all : Sequence.of(value), result);
        }
      }
    }
    return expr.stages == null ? result : stages(expr.stages, result, frame);
  }

  private Sequence sortedTuples(
      Node expr, Sequence input, @Nullable Sequence bindings, JsonataFrame frame) {
    if (bindings != null) {
      return sorting.sort(expr, bindings, frame);
    }
    Sequence result = Sequence.create();
    result.tupleStream = true;
    for (Object item : sorting.sort(expr, input, frame)) {
      Map<String, @Nullable Object> tuple = new LinkedHashMap<>();
      tuple.put(JsonataEvaluator.ITEM, item);
      if (expr.index != null) {
        tuple.put(expr.index, (double) result.size());
      }
      result.add(tuple);
    }
    return result;
  }

  private static Sequence tuples(Sequence input) {
    Sequence tuples = Sequence.array();
    for (Object item : input) {
      Map<String, @Nullable Object> tuple = new LinkedHashMap<>();
      tuple.put(JsonataEvaluator.ITEM, item);
      tuples.add(tuple);
    }
    return tuples;
  }

  private static void bindAll(Node expr, Map<?, ?> from, Sequence values, Sequence result) {
    for (int i = 0; i < values.size(); i++) {
      Map<String, @Nullable Object> tuple = new LinkedHashMap<>();
      from.forEach((name, value) -> tuple.put(String.valueOf(name), value));
      Object value = values.get(i);
      if (values.tupleStream && value instanceof Map<?, ?> inner) {
        inner.forEach((name, bound) -> tuple.put(String.valueOf(name), bound));
      } else {
        if (expr.focus != null) {
          tuple.put(expr.focus, value);
        } else {
          tuple.put(JsonataEvaluator.ITEM, value);
        }
        if (expr.index != null) {
          tuple.put(expr.index, (double) i);
        }
        if (expr.ancestor != null) {
          tuple.put(expr.ancestor.label, from.get(JsonataEvaluator.ITEM));
        }
      }
      result.add(tuple);
    }
  }

  /** The tuples of a group as one, with the values of each variable as an array. */
  static Map<String, @Nullable Object> reduce(@Nullable Object tuples) {
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    if (tuples instanceof Sequence all) {
      for (Object tuple : all) {
        if (tuple instanceof Map<?, ?> map) {
          map.forEach(
              (name, value) -> {
                String key = String.valueOf(name);
                result.put(
                    key, result.containsKey(key) ? Sequence.append(result.get(key), value) : value);
              });
        }
      }
    } else if (tuples instanceof Map<?, ?> map) {
      map.forEach((name, value) -> result.put(String.valueOf(name), value));
    }
    return result;
  }

  /** Keeps the items for which a predicate holds, or that are at the places it gives. */
  @Nullable Object filter(@Nullable Node filter, @Nullable Object value, JsonataFrame frame) {
    Node predicate = Objects.requireNonNull(filter);
    Sequence input = value instanceof Sequence all ? all : Sequence.of(value);
    Sequence results = Sequence.create();
    results.tupleStream = input.tupleStream;
    if (predicate.type == Type.NUMBER && predicate.value instanceof Double number) {
      double place = place(number, input.size());
      Object item = place >= 0 && place < input.size() ? input.get((int) place) : null;
      if (item instanceof Sequence array) {
        return array;
      }
      if (item != null) {
        results.add(item);
      }
      return results;
    }
    for (int i = 0; i < input.size(); i++) {
      Object item = input.get(i);
      Object context = input.tupleStream ? item(item) : item;
      JsonataFrame itemFrame =
          input.tupleStream && item instanceof Map<?, ?> tuple
              ? JsonataFrame.ofTuple(frame, tuple)
              : frame;
      Object found = evaluator.evaluate(predicate, context, itemFrame);
      if (JsonataValues.isNumeric(found)) {
        found = Sequence.of(found);
      }
      if (found instanceof Sequence places && JsonataValues.allNumbers(places)) {
        for (Object at : places) {
          if (at instanceof Double number && place(number, input.size()) == i) {
            results.add(item);
          }
        }
      } else if (JsonataValues.truth(found)) {
        results.add(item);
      }
    }
    return results;
  }

  private static double place(double number, int size) {
    double place = Math.floor(number);
    return place < 0 ? size + place : place;
  }

  static Sequence wildcard(@Nullable Object value) {
    Object input =
        value instanceof Sequence wrapped && wrapped.outerWrapper && !wrapped.isEmpty()
            ? wrapped.getFirst()
            : value;
    Sequence results = Sequence.create();
    if (input instanceof Sequence array) {
      array.forEach(element -> spread(element, results));
    } else if (input instanceof Map<?, ?> object) {
      object.values().forEach(element -> spread(element, results));
    } else {
      return results;
    }
    boolean appended =
        (input instanceof Sequence array ? array : ((Map<?, ?>) input).values())
            .stream().anyMatch(Sequence.class::isInstance);
    // Joining arrays gives an array of the data, which is not unwrapped.
    return appended ? Sequence.arrayOf(results) : results;
  }

  private static void spread(@Nullable Object value, Sequence results) {
    if (value instanceof Sequence array) {
      array.forEach(element -> spread(element, results));
    } else {
      results.add(value);
    }
  }

  static @Nullable Object descendants(@Nullable Object input) {
    if (input == null) {
      return null;
    }
    Sequence results = Sequence.create();
    descend(input, results);
    return results.size() == 1 ? results.getFirst() : results;
  }

  private static void descend(@Nullable Object value, Sequence results) {
    if (value instanceof Sequence array) {
      array.forEach(element -> descend(element, results));
      return;
    }
    results.add(value);
    if (value instanceof Map<?, ?> object) {
      object.values().forEach(element -> descend(element, results));
    }
  }
}
