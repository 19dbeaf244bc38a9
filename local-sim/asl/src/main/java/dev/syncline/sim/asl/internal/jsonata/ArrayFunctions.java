// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions of arrays. */
final class ArrayFunctions {
  private ArrayFunctions() {}

  static void define(Library.Definition library) {
    library.add(
        "count",
        1,
        "<a:n>",
        (calls, args) -> {
          Sequence array = Library.array(args, 0);
          return array == null ? 0.0 : (double) array.size();
        });
    library.add(
        "append",
        2,
        "<xx:a>",
        (calls, args) -> Sequence.append(args.getFirst(), Library.arg(args, 1)));
    library.add("reverse", 1, "<a:a>", (calls, args) -> reverse(Library.array(args, 0)));
    library.add("shuffle", 1, "<a:a>", (calls, args) -> shuffle(calls, Library.array(args, 0)));
    library.add("distinct", 1, "<x:x>", (calls, args) -> distinct(calls, args.getFirst()));
    library.add("zip", 0, "<a+>", (calls, args) -> zip(args));
    library.add("sort", 2, "<af?:a>", (calls, args) -> sort(calls, args));
  }

  private static @Nullable Sequence reverse(@Nullable Sequence array) {
    if (array == null || array.size() <= 1) {
      return array;
    }
    Sequence reversed = Sequence.arrayOf(array);
    Collections.reverse(reversed);
    return reversed;
  }

  private static @Nullable Sequence shuffle(JsonataCalls calls, @Nullable Sequence array) {
    if (array == null || array.size() <= 1) {
      return array;
    }
    Sequence shuffled = Sequence.arrayOf(array);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      Collections.swap(shuffled, i, calls.environment().random().nextInt(i + 1));
    }
    return shuffled;
  }

  private static @Nullable Object distinct(JsonataCalls calls, @Nullable Object value) {
    if (!(value instanceof Sequence array) || array.size() <= 1) {
      return value;
    }
    Sequence distinct = array.sequence ? Sequence.create() : Sequence.array();
    for (Object element : array) {
      calls.budget().work(1 + distinct.size() / 16);
      if (distinct.stream().noneMatch(other -> JsonataValues.equal(element, other))) {
        distinct.add(element);
      }
    }
    return distinct;
  }

  private static Sequence zip(List<@Nullable Object> args) {
    int length =
        args.stream()
            .mapToInt(arg -> arg instanceof Sequence array ? array.size() : 0)
            .min()
            .orElse(0);
    Sequence zipped = Sequence.array();
    for (int i = 0; i < length; i++) {
      Sequence tuple = Sequence.array();
      for (Object arg : args) {
        tuple.add(arg instanceof Sequence array ? array.get(i) : null);
      }
      zipped.add(tuple);
    }
    return zipped;
  }

  private static @Nullable Sequence sort(JsonataCalls calls, List<@Nullable Object> args) {
    Sequence array = Library.array(args, 0);
    if (array == null || array.size() <= 1) {
      return array;
    }
    if (Library.arg(args, 1) != null) {
      Object comparator = args.get(1);
      return Sorting.merged(
          array,
          (first, second) -> JsonataValues.truthy(calls.invoke(comparator, first, second)),
          calls.budget());
    }
    if (!JsonataValues.allNumbers(array) && !JsonataValues.allStrings(array)) {
      throw JsonataException.of("D3070");
    }
    return Sorting.merged(
        array,
        (first, second) ->
            first instanceof Double number && second instanceof Double other
                ? number > other
                : String.valueOf(first).compareTo(String.valueOf(second)) > 0,
        calls.budget());
  }
}
