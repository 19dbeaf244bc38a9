// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Functions of objects and of values of any type. */
final class ObjectFunctions {
  private ObjectFunctions() {}

  static void define(Library.Definition library) {
    library.add("boolean", 1, "<x-:b>", (calls, args) -> toBoolean(args.getFirst()));
    library.add(
        "not",
        1,
        "<x-:b>",
        (calls, args) -> {
          Boolean value = toBoolean(args.getFirst());
          return value == null ? null : !value;
        });
    library.add("exists", 1, "<x:b>", (calls, args) -> args.getFirst() != null);
    library.add("type", 1, "<x:s>", (calls, args) -> type(args.getFirst()));
    library.add("keys", 1, "<x-:a<s>>", (calls, args) -> keys(args.getFirst()));
    library.add(
        "lookup",
        2,
        "<x-s:x>",
        (calls, args) -> {
          String key = Library.text(args, 1);
          return JsonataValues.lookup(args.getFirst(), key == null ? "undefined" : key);
        });
    library.add("spread", 1, "<x-:a<o>>", (calls, args) -> spread(args.getFirst()));
    library.add("merge", 1, "<a<o>:o>", (calls, args) -> merge(Library.array(args, 0)));
    library.add("clone", 1, "<(oa)-:o>", (calls, args) -> Transform.copy(args.getFirst()));
    library.add(
        "error",
        1,
        "<s?:x>",
        (calls, args) -> {
          throw JsonataException.of("D3137")
              .with("message", message(args.getFirst(), "$error() function evaluated"));
        });
    library.add(
        "assert",
        2,
        "<bs?:x>",
        (calls, args) -> {
          if (JsonataValues.truthy(args.getFirst())) {
            return null;
          }
          throw JsonataException.of("D3141")
              .with("message", message(Library.arg(args, 1), "$assert() statement failed"));
        });
  }

  /** A function that is an argument is false. */
  private static @Nullable Boolean toBoolean(@Nullable Object value) {
    return value instanceof Function ? Boolean.FALSE : JsonataValues.toBoolean(value);
  }

  private static Object message(@Nullable Object given, String otherwise) {
    return given instanceof String text && !text.isEmpty() ? text : otherwise;
  }

  private static @Nullable String type(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case JsonNull none -> "null";
      case Double number -> JsonataValues.isNumeric(number) ? "number" : "object";
      case String text -> "string";
      case Boolean bool -> "boolean";
      case Sequence array -> "array";
      case Function function -> "function";
      default -> "object";
    };
  }

  private static Sequence keys(@Nullable Object value) {
    Set<Object> names = new LinkedHashSet<>();
    if (value instanceof Sequence array) {
      array.forEach(element -> names.addAll(keys(element)));
    } else if (value instanceof Map<?, ?> object) {
      names.addAll(object.keySet());
    }
    Sequence keys = Sequence.create();
    keys.addAll(names);
    return keys;
  }

  private static @Nullable Object spread(@Nullable Object value) {
    if (value instanceof Sequence array) {
      Object all = Sequence.create();
      for (Object element : array) {
        all = Sequence.append(all, spread(element));
      }
      return all;
    }
    if (!(value instanceof Map<?, ?> object)) {
      return value;
    }
    Sequence spread = Sequence.create();
    object.forEach(
        (name, element) -> {
          Map<String, @Nullable Object> single = new LinkedHashMap<>();
          single.put(String.valueOf(name), element);
          spread.add(single);
        });
    return spread;
  }

  private static @Nullable Map<String, @Nullable Object> merge(@Nullable Sequence objects) {
    if (objects == null) {
      return null;
    }
    Map<String, @Nullable Object> merged = new LinkedHashMap<>();
    for (Object object : objects) {
      if (object instanceof Map<?, ?> map) {
        map.forEach((name, value) -> merged.put(String.valueOf(name), value));
      }
    }
    return merged;
  }
}
