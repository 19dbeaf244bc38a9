// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import dev.syncline.sim.asl.internal.jsonata.Node.Term;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** The order-by clause, and the merge sort it shares with {@code $sort}. */
record Sorting(JsonataEvaluator evaluator, JsonataCalls calls) {
  Sequence sort(Node expr, Sequence input, JsonataFrame frame) {
    if (input.size() <= 1) {
      return input;
    }
    Sequence sorted =
        merged(
            input,
            (first, second) -> order(expr, first, second, input.tupleStream, frame) == 1,
            calls.budget());
    sorted.tupleStream = input.tupleStream;
    return sorted;
  }

  private int order(
      Node expr,
      @Nullable Object first,
      @Nullable Object second,
      boolean tuples,
      JsonataFrame frame) {
    for (Term term : expr.terms) {
      Object a = value(term, first, tuples, frame);
      Object b = value(term, second, tuples, frame);
      int order = order(a, b, term.descending());
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private @Nullable Object value(
      Term term, @Nullable Object item, boolean tuples, JsonataFrame frame) {
    return tuples && item instanceof Map<?, ?> tuple
        ? evaluator.evaluate(
            term.expression(), Paths.item(item), JsonataFrame.ofTuple(frame, tuple))
        : evaluator.evaluate(term.expression(), item, frame);
  }

  /** Undefined comes last, in either direction. */
  private static int order(@Nullable Object a, @Nullable Object b, boolean descending) {
    if (a == null || b == null) {
      return a == null && b == null ? 0 : a == null ? 1 : -1;
    }
    if (!sortable(a) || !sortable(b)) {
      throw JsonataException.of("T2008").value(sortable(a) ? b : a);
    }
    if (a.getClass() != b.getClass()) {
      throw JsonataException.of("T2007").value(a).with("value2", b);
    }
    int order =
        a instanceof Double first
            ? Double.compare(first + 0.0, (Double) b + 0.0)
            : ((String) a).compareTo((String) b);
    return Integer.signum(descending ? -order : order);
  }

  private static boolean sortable(Object value) {
    return value instanceof String || value instanceof Double;
  }

  /** Sorts stably; {@code behind} tells whether its first value belongs behind its second. */
  static Sequence merged(
      List<@Nullable Object> values,
      BiPredicate<@Nullable Object, @Nullable Object> behind,
      Budget budget) {
    if (values.size() < 2) {
      return Sequence.arrayOf(values);
    }
    int middle = values.size() / 2;
    Sequence left = merged(values.subList(0, middle), behind, budget);
    Sequence right = merged(values.subList(middle, values.size()), behind, budget);
    Sequence all = Sequence.array();
    int l = 0;
    int r = 0;
    while (l < left.size() && r < right.size()) {
      budget.work(1);
      all.add(behind.test(left.get(l), right.get(r)) ? right.get(r++) : left.get(l++));
    }
    all.addAll(left.subList(l, left.size()));
    all.addAll(right.subList(r, right.size()));
    return all;
  }
}
