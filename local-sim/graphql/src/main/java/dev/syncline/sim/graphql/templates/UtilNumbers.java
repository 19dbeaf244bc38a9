// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.templates;

import dev.syncline.sim.graphql.templates.FunctionTable.Arguments;
import java.text.Normalizer;
import java.util.Locale;

/** {@code $util.math} and {@code $util.str}. Stateless. */
final class UtilNumbers {
  static final FunctionTable MATH =
      new FunctionTable("$util.math")
          .add("roundNum", (run, in) -> rounded(number(in, 0)), Number.class)
          .add("minVal", (run, in) -> chosen(in, true), Number.class, Number.class)
          .add("maxVal", (run, in) -> chosen(in, false), Number.class, Number.class)
          .add("randomDouble", (run, in) -> run.randoms().nextDouble())
          .add(
              "randomWithinRange",
              (run, in) -> {
                int from = (int) number(in, 0);
                int to = (int) number(in, 1);
                return from + (int) Math.floor(run.randoms().nextDouble() * ((long) to - from));
              },
              Integer.class,
              Integer.class);

  static final FunctionTable STR =
      new FunctionTable("$util.str")
          .add("toUpper", (run, in) -> in.needed(0).toUpperCase(Locale.ROOT), String.class)
          .add("toLower", (run, in) -> in.needed(0).toLowerCase(Locale.ROOT), String.class)
          .add(
              "toReplace",
              (run, in) -> in.needed(0).replace(in.needed(1), in.needed(2)),
              String.class,
              String.class,
              String.class)
          .add(
              "normalize",
              (run, in) ->
                  Normalizer.normalize(
                      in.needed(0), Normalizer.Form.valueOf(in.needed(1).toUpperCase(Locale.ROOT))),
              String.class,
              String.class);

  private UtilNumbers() {}

  private static double number(Arguments in, int index) {
    if (in.get(index) instanceof Number number) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException("argument " + (index + 1) + " is null");
  }

  /** The nearest whole number; halves go up. */
  private static Object rounded(double value) {
    long whole = Math.round(value);
    return whole == (int) whole ? (Object) (int) whole : (Object) whole;
  }

  private static Object chosen(Arguments in, boolean smaller) {
    double first = number(in, 0);
    double second = number(in, 1);
    Object chosen = in.get((first <= second) == smaller ? 0 : 1);
    return chosen == null ? 0 : chosen;
  }
}
