// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.simulator.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A simulator with a data directory, on a clock that only the test moves. */
@Timeout(120)
abstract class SimulatorDataFixture {
  @TempDir Path scratch;
  Simulator simulator;

  @BeforeEach
  void start() {
    simulator = Simulator.start(config());
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  SimulatorConfig config() {
    return SimulatorConfig.defaults(scratch.resolve("work"))
        .withPort(0, -1)
        .withClock(new ClockMode.Manual())
        .withExecutor(FunctionExecutor.IN_PROCESS, 20)
        .withProactive(false)
        .withData(scratch.resolve("data"));
  }

  void restart() {
    simulator.close();
    simulator = Simulator.start(config());
  }

  JsonNode call(String service, String operation, String input) {
    try {
      return call(service, operation, (ObjectNode) Json.MAPPER.readTree(input.replace('\'', '"')));
    } catch (JsonProcessingException notJson) {
      throw new AssertionError(notJson);
    }
  }

  JsonNode call(String service, String operation, ObjectNode input) {
    CallContext context = simulator.internalCall();
    return simulator.dispatcher().call(service, operation, input, context).json();
  }
}
