// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.service.settings.IamMode;
import dev.syncline.sim.service.settings.IamSettings;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.deploy.StackDeployer;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnforcedProbe {
  static void dump(Simulator simulator) {
    simulator
        .journal()
        .select(e -> e.event().type().contains("PermissionDecided"))
        .forEach(
            e -> {
              String d = e.event().details().toString();
              if (d.contains("enied")
                  || d.contains("DENY")
                  || d.contains("deny")
                  || d.contains("refused")) System.out.println("DENIAL " + d);
            });
  }

  @Test
  void asyncApi() throws Exception {
    try (Simulator simulator =
            Simulator.start(
                Deployed.config()
                    .withSetting(new IamSettings(IamMode.ENFORCE, true))
                    .withExecutor(FunctionExecutor.IN_PROCESS, 20));
        var pollClock = new SimClock(new ClockMode.Real())) {
      var root = simulator.internalCall().as(new CallPrincipal.Signed("test"));
      var deployer = new StackDeployer(simulator.dispatcher(), root, pollClock);
      deployer.upload(
          "artifacts",
          "async-api-functions.zip",
          Functions.java("examples/async-api/java", Files.createTempDirectory("x")));
      try {
        System.out.println(
            "OUT "
                + deployer.create(
                    "jobs",
                    Repository.text("examples/async-api/template.yaml"),
                    Map.of("ArtifactBucket", "artifacts", "Language", "java"),
                    step -> System.out.println("STEP " + step)));
      } finally {
        simulator.journal().select(e -> e.event().type().contains("PermissionDecided")).stream()
            .limit(3)
            .forEach(e -> System.out.println("FIRST " + e.event().details()));
        dump(simulator);
      }
    }
  }
}
