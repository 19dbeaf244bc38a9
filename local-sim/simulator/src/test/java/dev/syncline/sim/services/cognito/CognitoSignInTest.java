// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import dev.syncline.sim.testing.AwsCli;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sign-up and sign-in by boto3, with an SRP client that shares nothing with the simulator's. */
@Timeout(300)
class CognitoSignInTest {
  @TempDir Path scratch;

  @Test
  void aPythonClientSignsUpAndSignsIn() throws Exception {
    AwsCli.assumeBoto3();
    // Real time: the client's proofs and one-time codes carry the time of the machine.
    SimulatorConfig config =
        SimulatorConfig.defaults(scratch.resolve("work"))
            .withPort(0, -1)
            .withClock(new ClockMode.Real());
    try (Simulator simulator = Simulator.start(config)) {
      var clients = new AwsCli(simulator.endpoint().toString(), config.run().region(), scratch);

      JsonNode told = clients.python(script()).json();

      assertThat(told.path("done"))
          .extracting(JsonNode::asText)
          .containsExactly(
              "sign_up",
              "secure_remote_password",
              "refresh",
              "new_password",
              "software_token",
              "own_account",
              "choice",
              "remembered_device");
    }
  }

  private static String script() throws Exception {
    try (InputStream script =
        Objects.requireNonNull(CognitoSignInTest.class.getResourceAsStream("cognito_sign_in.py"))) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
