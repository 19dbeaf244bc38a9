// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.simulator.Simulator;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Functions in Python and with a bootstrap that boto3 deploys and calls, and that call the
 * simulator by boto3; with both executors of Java functions, beside which they are processes.
 */
@Timeout(300)
class FunctionLanguagesTest {
  private static final int NO_BOTO3 = 3;

  @TempDir Path scratch;

  @ParameterizedTest
  @EnumSource(FunctionExecutor.class)
  void functionsRunOnThisMachinesInterpretersAndCallTheSimulator(FunctionExecutor executor)
      throws Exception {
    AwsCli.requireCommand("python3");
    try (Simulator simulator =
        Simulator.start(Deployed.config().withExecutor(executor, 10).withProactive(false))) {
      AwsCli.Run run =
          AwsCli.run(
              scratch,
              List.of(
                  "python3",
                  Repository.path("end-to-end/src/test/resources/functions.py").toString(),
                  simulator.endpoint().toString()));

      Assumptions.assumeTrue(run.status() != NO_BOTO3, "boto3 is not installed");
      assertThat(run.status()).as(run.output()).isZero();
      assertThat(run.output()).endsWith("done\n");
    }
  }
}
