// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl;

import dev.syncline.sim.asl.testing.LocalRunner;
import dev.syncline.sim.asl.testing.RunResult;
import java.util.List;

/** Short ways to write definitions; single quotes stand for double ones. */
final class Machines {
  private Machines() {}

  /** A machine whose first state is the first one named. */
  static String machine(String states) {
    String first = states.strip().split("'")[1];
    return json("{'StartAt':'" + first + "','States':{" + states + "}}");
  }

  static String jsonata(String states) {
    return machine(states).replaceFirst("\\{", "{\"QueryLanguage\":\"JSONata\",");
  }

  static String json(String text) {
    return text.replace('\'', '"');
  }

  static RunResult run(String definition, String input) {
    return LocalRunner.of(definition).run(json(input));
  }

  /** Evaluates one payload template against an input. */
  static RunResult parameters(String template, String input) {
    return LocalRunner.of(
            "{\"StartAt\":\"S\",\"States\":{\"S\":{\"Type\":\"Pass\",\"End\":true,\"Parameters\":"
                + template
                + "}}}")
        .run(input);
  }

  /** Events as {@code id<previous Type}. */
  static List<String> chain(RunResult result) {
    return result.history().stream().map(Machines::link).toList();
  }

  private static String link(HistoryEvent event) {
    return event.id() + "<" + event.previousEventId() + " " + event.type().aws();
  }
}
