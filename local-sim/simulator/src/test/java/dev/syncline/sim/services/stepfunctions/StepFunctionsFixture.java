// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A simulator on a manual clock for each test, and calls of Step Functions operations. */
@Timeout(60)
abstract class StepFunctionsFixture {
  static final String PASS =
      "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}";

  @TempDir Path work;
  Simulator simulator;

  @BeforeEach
  void startSimulator() {
    simulator =
        Simulator.start(
            SimulatorConfig.defaults(work).withPort(0, -1).withClock(new ClockMode.Manual()));
  }

  @AfterEach
  void stopSimulator() {
    simulator.close();
  }

  final JsonNode call(String operation, ObjectNode input) {
    return simulator.dispatcher().call("states", operation, input, simulator.internalCall()).json();
  }

  static ObjectNode machine(String name, String definition) {
    return Json.object()
        .put("name", name)
        .put("definition", definition)
        .put("roleArn", "arn:aws:iam::111111111111:role/r");
  }

  static ObjectNode execution(JsonNode started) {
    return Json.object().put("executionArn", started.path("executionArn").asText());
  }
}
