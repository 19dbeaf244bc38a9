// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.simulator;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.service.settings.IamMode;
import dev.syncline.sim.service.settings.IamSettings;
import dev.syncline.sim.testing.AwsCli;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What boto3 gets where permissions are enforced: a refusal in each service's form, before it is
 * said whether the resource is there, and the answer once a policy allows the call.
 */
@Timeout(300)
class PermissionRefusalsTest {
  @TempDir Path scratch;

  @Test
  void callersWithoutPermissionAreRefusedInTheFormOfTheService() throws Exception {
    run("permission_refusals.py");
  }

  @Test
  void callersOfApisAndFunctionUrlsNeedPermission() throws Exception {
    run("permission_data_planes.py");
  }

  private void run(String name) throws Exception {
    AwsCli.assumeBoto3();
    SimulatorConfig config =
        SimulatorConfig.defaults(scratch.resolve("work"))
            .withPort(0, -1)
            .withClock(new ClockMode.Real())
            .withSetting(new IamSettings(IamMode.ENFORCE, true));
    try (Simulator simulator = Simulator.start(config);
        InputStream script = Objects.requireNonNull(getClass().getResourceAsStream(name))) {
      new AwsCli(simulator.endpoint().toString(), config.run().region(), scratch)
          .python(new String(script.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
