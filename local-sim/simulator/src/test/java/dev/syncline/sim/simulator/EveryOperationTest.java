// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.lambda.inprocess.InProcessFunctions;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.testing.AwsCli;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every operation that the coverage table lists is called by a real client, boto3, in a story that
 * makes sense, and its answer looked at. An operation that no story has fails the build.
 */
@Timeout(300)
class EveryOperationTest {
  @TempDir Path scratch;

  @Test
  void everyOperationIsCalledByARealClient() throws Exception {
    AwsCli.assumeBoto3();
    // Real time: the client's messages and tasks are not to run out while it is thinking.
    SimulatorConfig config =
        SimulatorConfig.defaults(scratch.resolve("work"))
            .withPort(0, -1)
            .withClock(new ClockMode.Real())
            .withExecutor(FunctionExecutor.IN_PROCESS, 20);
    try (Simulator simulator = Simulator.start(config)) {
      simulator
          .contracts()
          .get(InProcessFunctions.class)
          .register(
              "walk", environment -> (RequestStreamHandler) (in, out, context) -> say(in, out));
      var clients = new AwsCli(simulator.endpoint().toString(), config.run().region(), scratch);

      JsonNode called = clients.python(script()).json();

      for (AwsService service : simulator.dispatcher().services()) {
        var names = new TreeSet<String>();
        called.path(service.signingName()).forEach(name -> names.add(name.asText()));
        assertThat(names)
            .as(service.title())
            .containsAll(service.operations().stream().map(Operation::name).toList());
      }
    }
  }

  private static void say(InputStream in, OutputStream out) throws java.io.IOException {
    out.write("{\"saw\": ".getBytes(StandardCharsets.UTF_8));
    in.transferTo(out);
    out.write('}');
  }

  private static String script() throws Exception {
    try (InputStream script =
        Objects.requireNonNull(
            EveryOperationTest.class.getResourceAsStream("every_operation.py"))) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
