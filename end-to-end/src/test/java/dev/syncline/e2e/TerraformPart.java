// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A child module of the one configuration that {@link TerraformRoomsTest} applies, with its
 * changes. The parts share the commands, because each start of the provider takes seconds.
 */
interface TerraformPart {
  /** The module's name. */
  String name();

  /** The configurations that are applied one after another; at least one. */
  List<String> steps() throws IOException;

  /** Writes files that the configuration names. */
  default void prepare(Path directory) throws IOException {}

  /** Checks the simulator after a step, from 0. */
  void check(int step, Applied applied) throws Exception;

  /**
   * An applied step.
   *
   * @param outputs the module's outputs
   * @param changes the lines of the command's output about the module
   */
  record Applied(Simulator simulator, JsonNode outputs, List<String> changes) {
    /** The answer of an operation. */
    JsonNode call(String service, String operation, ObjectNode input) {
      return simulator
          .dispatcher()
          .call(service, operation, input, simulator.internalCall())
          .json();
    }

    String output(String name) {
      return outputs.path(name).asText();
    }

    /** How many resources of the module were changed like this, such as {@code Creation}. */
    long count(String change) {
      return changes.stream().filter(line -> line.contains(": " + change + " complete")).count();
    }

    static ObjectNode object() {
      return JsonNodeFactory.instance.objectNode();
    }
  }
}
