// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Objects by the AWS SDK for JavaScript v3. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class S3ClientsTest {
  @TempDir Path work;

  @Test
  void theSdkForJavaScriptKeepsObjectsPartsAndVersions() throws Exception {
    NpmClients npm = NpmClients.installed();
    SimulatorConfig config =
        SimulatorConfig.defaults(work.resolve("sim"))
            .withPort(0, -1)
            .withClock(new ClockMode.Real());
    try (Simulator simulator = Simulator.start(config)) {
      JsonNode result =
          npm.run(
              "s3.mjs",
              work,
              new ObjectMapper()
                  .createObjectNode()
                  .put("endpoint", simulator.endpoint().toString()));

      assertThat(result.toString())
          .isEqualTo(
              "{\"checksums\":[true,true,true,true,true],\"parts\":\"COMPOSITE 2\","
                  + "\"size\":6291459,\"markers\":2,\"versions\":\"6 2\",\"refused\":\"CRC32\"}");
    }
  }
}
