// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.templates;

import dev.syncline.sim.graphql.RequestEffects.Effect;
import dev.syncline.sim.graphql.resolver.JavaValues;
import dev.syncline.sim.graphql.templates.FunctionTable.Arguments;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code $util.log}: a text, or a format whose {@code {}} are replaced in order. Stateless. */
final class LogFunctions {
  /** The most values after a format. */
  private static final int MAX_VALUES = 10;

  static final FunctionTable TABLE = table();

  private LogFunctions() {}

  private static FunctionTable table() {
    var table = new FunctionTable("$util.log");
    for (String name : new String[] {"info", "error", "debug"}) {
      FunctionTable.Body body =
          (run, in) ->
              ExtensionFunctions.effect(
                  run, new Effect.LogLine(name.toUpperCase(Locale.ROOT), text(in)));
      table.add(name, body, Object.class);
      for (int values = 1; values <= MAX_VALUES; values++) {
        Class<?>[] types = new Class<?>[values + 1];
        Arrays.fill(types, Object.class);
        types[0] = String.class;
        table.add(name, body, types);
      }
    }
    return table;
  }

  private static String text(Arguments in) {
    String format = shown(in.get(0));
    if (in.size() == 1) {
      return format;
    }
    var text = new StringBuilder();
    int from = 0;
    for (int i = 1; i < in.size(); i++) {
      int place = format.indexOf("{}", from);
      if (place < 0) {
        break;
      }
      text.append(format, from, place).append(shown(in.get(i)));
      from = place + 2;
    }
    return text.append(format.substring(from)).toString();
  }

  private static String shown(@Nullable Object value) {
    return value instanceof String text ? text : JavaValues.text(value);
  }
}
