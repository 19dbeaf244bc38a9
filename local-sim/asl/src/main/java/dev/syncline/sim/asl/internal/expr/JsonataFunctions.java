// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The functions Step Functions adds to JSONata, and those it takes away or changes. */
final class JsonataFunctions {
  private static final Map<String, JFunction> ADDED =
      Map.of(
          "partition", function(JsonataFunctions::partition),
          "range", function(JsonataFunctions::range),
          "hash", function(JsonataFunctions::hash),
          "parse", function(JsonataFunctions::parse),
          "eval", function(JsonataFunctions::eval),
          "formatNumber", function(JsonataFunctions::formatNumber));

  private JsonataFunctions() {}

  @FunctionalInterface
  private interface Body {
    @Nullable Object call(List<?> args);
  }

  private static JFunction function(Body body) {
    return new JFunction((input, args) -> body.call(args), null);
  }

  /** Those that replace one of the library's, with its signature. */
  private static final Map<String, JFunction> REPLACED =
      Map.of(
          "match", library("match", "<s-f<s:o>n?:a<o>>", JsonataRegex.class),
          "contains", library("contains", "<s-(sf):b>", JsonataRegex.class),
          "replace", library("replace", "<s-(sf)(sf)n?:s>", JsonataRegex.class),
          "split", library("split", "<s-(sf)n?:a<s>>", JsonataRegex.class),
          "pad", library("pad", "<s-ns?:s>", JsonataReplacements.class),
          "sort", library("sort", "<af?:a>", JsonataReplacements.class),
          "fromMillis", library("fromMillis", "<n-s?s?:s>", JsonataReplacements.class),
          "parseInteger", library("parseInteger", "<s-s:n>", JsonataReplacements.class));

  private static JFunction library(String name, String signature, Class<?> in) {
    return new JFunction(name, signature, in, null, name);
  }

  /** Adds to an expression, once, what its text mentions. */
  static void register(Jsonata expression, String text) {
    register(expression, text, ADDED);
    register(expression, text, REPLACED);
  }

  private static void register(Jsonata expression, String text, Map<String, JFunction> functions) {
    functions.forEach(
        (name, function) -> {
          if (text.contains(name)) {
            expression.registerFunction(name, function);
          }
        });
  }

  /** Whether the text of an expression mentions a function that {@link #bindRandom} binds. */
  static boolean drawsRandomly(String text) {
    return text.contains("random") || text.contains("uuid");
  }

  /** The functions that draw from the execution's random source, for one evaluation. */
  static void bindRandom(Jsonata.Frame frame, RandomGenerator random) {
    frame.bind("random", function(args -> random(args, random)));
    frame.bind("uuid", function(args -> IntrinsicFunction.uuid(random).toString()));
  }

  private static Object random(List<?> args, RandomGenerator random) {
    Object seed = argument(args, 0);
    return seed instanceof Number number
        ? new Random(number.longValue()).nextDouble()
        : random.nextDouble();
  }

  private static @Nullable Object formatNumber(List<?> args) {
    Object value = argument(args, 0);
    if (value == null) {
      return null;
    }
    if (!(value instanceof Number number) || !(argument(args, 1) instanceof String picture)) {
      throw new JException("T0410", -1, value instanceof Number ? 2 : 1, "formatNumber");
    }
    Map<?, ?> options = argument(args, 2) instanceof Map<?, ?> map ? map : Map.of();
    return NumberPicture.format(new BigDecimal(number.toString()), picture, options);
  }

  /** AWS has no $eval: calling it is calling nothing. */
  private static Object eval(List<?> args) {
    throw new JException("T1006", -1, "eval");
  }

  private static @Nullable Object partition(List<?> args) {
    Object array = argument(args, 0);
    if (array == null) {
      return null;
    }
    List<?> elements = array instanceof List<?> list ? list : List.of(array);
    int size = (int) number(args, 1, "partition");
    if (size < 1) {
      throw new JException("T0410", -1, 2, "partition");
    }
    List<Object> chunks = new ArrayList<>();
    for (int from = 0; from < elements.size(); from += size) {
      chunks.add(new ArrayList<>(elements.subList(from, Math.min(from + size, elements.size()))));
    }
    return chunks;
  }

  /** A sequence, as recorded: one element comes alone, none is undefined. */
  private static @Nullable Object range(List<?> args) {
    double first = number(args, 0, "range");
    double last = number(args, 1, "range");
    double step = number(args, 2, "range");
    if (step == 0) {
      throw new JException("T0410", -1, 3, "range");
    }
    JsonataGuard.current().elements((long) Math.max(0, (last - first) / step));
    List<Object> range = new ArrayList<>();
    for (double at = first; step > 0 ? at <= last : at >= last; at += step) {
      range.add(whole(at));
    }
    return range.isEmpty() ? null : range.size() == 1 ? range.getFirst() : range;
  }

  private static @Nullable Object hash(List<?> args) {
    Object value = argument(args, 0);
    if (value == null) {
      return null;
    }
    Object algorithm = argument(args, 1);
    if (!(value instanceof String text) || !(algorithm instanceof String name)) {
      throw new JException("T0410", -1, value instanceof String ? 2 : 1, "hash");
    }
    try {
      return IntrinsicFunction.hash(text, name);
    } catch (IntrinsicFunction.BadArgument e) {
      throw new JException("T0410", -1, 2, "hash");
    }
  }

  private static @Nullable Object parse(List<?> args) {
    Object value = argument(args, 0);
    if (value == null) {
      return null;
    }
    if (!(value instanceof String text)) {
      throw new JException("T0410", -1, 1, "parse");
    }
    try {
      return JsonataValues.fromJson(Json.parse(text));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static @Nullable Object argument(List<?> args, int index) {
    return index < args.size() ? args.get(index) : null;
  }

  private static double number(List<?> args, int index, String function) {
    if (argument(args, index) instanceof Number number) {
      return number.doubleValue();
    }
    throw new JException("T0410", -1, index + 1, function);
  }

  private static Object whole(double value) {
    if (value == (int) value) {
      return (int) value;
    }
    return value == (long) value ? (Object) (long) value : (Object) value;
  }
}
