// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions that take a function. */
final class HigherOrderFunctions {
  private HigherOrderFunctions() {}

  static void define(Library.Definition library) {
    library.add("map", 2, "<af>", (calls, args) -> map(calls, args));
    library.add("filter", 2, "<af>", (calls, args) -> filter(calls, args));
    library.add("single", 2, "<af?>", (calls, args) -> single(calls, args));
    library.add("reduce", 3, "<afj?:j>", (calls, args) -> reduce(calls, args));
    library.add("sift", 2, "<o-f?:o>", (calls, args) -> sift(calls, args));
    library.add("each", 2, "<o-f:a>", (calls, args) -> each(calls, args));
  }

  private static @Nullable Sequence map(JsonataCalls calls, List<@Nullable Object> args) {
    Sequence array = Library.array(args, 0);
    if (array == null) {
      return null;
    }
    Sequence results = Sequence.create();
    for (int i = 0; i < array.size(); i++) {
      Object result =
          calls.invokeEach(Library.function(args, 1, "map"), array.get(i), (double) i, array);
      if (result != null) {
        results.add(result);
      }
    }
    return results;
  }

  private static @Nullable Sequence filter(JsonataCalls calls, List<@Nullable Object> args) {
    Sequence array = Library.array(args, 0);
    if (array == null) {
      return null;
    }
    Sequence results = Sequence.create();
    for (int i = 0; i < array.size(); i++) {
      Object kept =
          calls.invokeEach(Library.function(args, 1, "filter"), array.get(i), (double) i, array);
      if (JsonataValues.truth(kept)) {
        results.add(array.get(i));
      }
    }
    return results;
  }

  private static @Nullable Object single(JsonataCalls calls, List<@Nullable Object> args) {
    Sequence array = Library.array(args, 0);
    if (array == null) {
      return null;
    }
    Object function = Library.arg(args, 1);
    Sequence found = Sequence.array();
    for (int i = 0; i < array.size(); i++) {
      if (function == null
          || JsonataValues.truth(calls.invokeEach(function, array.get(i), (double) i, array))) {
        if (!found.isEmpty()) {
          throw JsonataException.of("D3138");
        }
        found.add(array.get(i));
      }
    }
    if (found.isEmpty()) {
      throw JsonataException.of("D3139");
    }
    return found.getFirst();
  }

  private static @Nullable Object reduce(JsonataCalls calls, List<@Nullable Object> args) {
    Sequence array = Library.array(args, 0);
    if (array == null) {
      return null;
    }
    Function function = Library.function(args, 1, "reduce");
    int arity = function.arity();
    if (arity < 2) {
      throw JsonataException.of("D3050");
    }
    Object result = Library.arg(args, 2);
    int start = 0;
    if (result == null && !array.isEmpty()) {
      result = array.getFirst();
      start = 1;
    }
    for (int i = start; i < array.size(); i++) {
      result =
          switch (Math.min(arity, 4)) {
            case 4 -> calls.invoke(function, result, array.get(i), (double) i, array);
            case 3 -> calls.invoke(function, result, array.get(i), (double) i);
            default -> calls.invoke(function, result, array.get(i));
          };
    }
    return result;
  }

  private static @Nullable Object sift(JsonataCalls calls, List<@Nullable Object> args) {
    Map<String, @Nullable Object> kept = new LinkedHashMap<>();
    if (args.getFirst() instanceof Map<?, ?> object) {
      object.forEach(
          (name, value) -> {
            String key = String.valueOf(name);
            Function function = Library.function(args, 1, "sift");
            if (JsonataValues.truth(calls.invokeEach(function, value, key, object))) {
              kept.put(key, value);
            }
          });
    }
    return kept.isEmpty() ? null : kept;
  }

  private static Sequence each(JsonataCalls calls, List<@Nullable Object> args) {
    Sequence results = Sequence.create();
    if (args.getFirst() instanceof Map<?, ?> object) {
      object.forEach(
          (name, value) -> {
            Object result =
                calls.invokeEach(
                    Library.function(args, 1, "each"), value, String.valueOf(name), object);
            if (result != null) {
              results.add(result);
            }
          });
    }
    return results;
  }
}
