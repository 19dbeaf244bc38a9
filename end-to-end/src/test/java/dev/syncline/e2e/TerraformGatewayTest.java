// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.simulator.Simulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Terraform with integrations of a queue and a URL, a Lambda authorizer, and an API from an OpenAPI
 * document: made, changed in place, and destroyed, with an empty plan after each.
 */
@Timeout(600)
class TerraformGatewayTest {
  private static final String CONFIGURATION = "end-to-end/src/test/resources/terraform/gateway.tf";

  @TempDir Path scratch;

  @Test
  void integrationsAuthorizersAndDocumentsAreMadeChangedAndDestroyed() throws Exception {
    try (var simulator =
        Simulator.start(Deployed.config().withPort(0, -1).withClock(new ClockMode.Real()))) {
      Terraform terraform =
          Terraform.of(
              Files.readString(Repository.path(CONFIGURATION)),
              scratch,
              Map.of("AWS_ENDPOINT_URL", simulator.endpoint().toString()));
      apply(terraform, "1");

      assertThat(apply(terraform, "2")).contains("0 added, 5 changed, 0 destroyed");

      terraform.run("destroy", "-auto-approve").succeeded("destroy");
      assertThat(Emptiness.leftovers(simulator)).isEmpty();
    }
  }

  private static String apply(Terraform terraform, String revision) throws Exception {
    String variable = "-var=rev=" + revision;
    Terraform.Run applied = terraform.run("apply", "-auto-approve", variable);
    applied.succeeded("apply");
    Terraform.Run plan = terraform.run("plan", "-detailed-exitcode", variable);
    assertThat(plan.status()).as(plan.output()).isZero();
    return applied.output();
  }
}
