// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.asl.internal.expr.AslJson;
import dev.syncline.sim.asl.internal.expr.StateFailure;
import dev.syncline.sim.asl.internal.model.State;
import java.util.Map;
import java.util.TreeMap;

/** Sets the variables that a state's Assign field gives, within the size limits. */
final class Assignment {
  private Assignment() {}

  /**
   * Sets the variables.
   *
   * @return the JSON texts of the values by name, sorted by name
   * @throws StateFailure if the values are too large together
   */
  static Map<String, String> apply(Branch branch, State state, JsonNode assigned) {
    Map<String, String> texts = new TreeMap<>();
    long bytes = 0;
    for (Map.Entry<String, JsonNode> variable : assigned.properties()) {
      String text = AslJson.write(variable.getValue());
      texts.put(variable.getKey(), text);
      bytes += AslJson.utf8Length(text);
    }
    if (bytes > Payload.MAX_BYTES) {
      throw StateFailure.variables(
          "The Assign field exceeds the maximum variable assignment size by "
              + (bytes - Payload.MAX_BYTES)
              + " bytes.");
    }
    for (Map.Entry<String, JsonNode> variable : assigned.properties()) {
      String name = variable.getKey();
      long size = AslJson.utf8Length(String.valueOf(texts.get(name)));
      branch
          .execution()
          .variablesGrew(branch.variables().put(name, variable.getValue(), size), state);
    }
    return texts;
  }
}
