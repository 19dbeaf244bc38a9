// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.simulator.Simulator;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The resources of Terraform's provider, room by room, in one configuration: made, changed in each
 * way, and destroyed, with an empty plan after each step.
 */
@Timeout(900)
@Execution(ExecutionMode.CONCURRENT)
class TerraformRoomsTest {
  private static final List<TerraformPart> PARTS =
      List.of(
          new TerraformTables(),
          new TerraformLayers(),
          new TerraformBuckets(),
          new TerraformGateway(),
          new TerraformHttpApi(),
          new TerraformGraphql(),
          new TerraformUserPools(),
          new TerraformIdentityPools(),
          new TerraformIdentity());

  @TempDir Path scratch;

  @Test
  void everythingIsMadeChangedInEachWayAndDestroyed() throws Exception {
    try (var simulator =
        Simulator.start(Deployed.config().withPort(0, -1).withClock(new ClockMode.Real()))) {
      Terraform terraform =
          Terraform.of(
              configuration(0),
              scratch,
              Map.of("AWS_ENDPOINT_URL", simulator.endpoint().toString()));
      int steps = 0;
      for (TerraformPart part : PARTS) {
        part.prepare(terraform.file(part.name()));
        steps = Math.max(steps, part.steps().size());
      }
      for (int step = 0; step < steps; step++) {
        check(step, simulator, terraform);
      }

      terraform.run("destroy", "-auto-approve").succeeded("destroy");
      // A stream stays readable for 24 hours after its end.
      assertThat(Emptiness.leftovers(simulator))
          .allMatch(left -> left.startsWith("dynamodbstreams:"));
    }
  }

  private static void check(int step, Simulator simulator, Terraform terraform) throws Exception {
    if (step > 0) {
      terraform.write(configuration(step));
    }
    String applied = terraform.apply();
    JsonNode outputs =
        new ObjectMapper().readTree(terraform.run("output", "-json").succeeded("output").output());
    for (TerraformPart part : PARTS) {
      if (step < part.steps().size()) {
        List<String> changes =
            applied.lines().filter(line -> line.startsWith("module." + part.name())).toList();
        part.check(
            step,
            new TerraformPart.Applied(simulator, outputs.path(part.name()).path("value"), changes));
      }
    }
  }

  /** The files of a step by path; a part that has fewer steps keeps its last one. */
  private static Map<String, String> configuration(int step) throws Exception {
    var files = new HashMap<String, String>();
    var root = new StringBuilder();
    for (TerraformPart part : PARTS) {
      List<String> steps = part.steps();
      files.put(part.name() + "/main.tf", steps.get(Math.min(step, steps.size() - 1)));
      root.append(
          """
          module "%1$s" {
            source = "./%1$s"
          }

          output "%1$s" {
            value = module.%1$s
          }

          """
              .formatted(part.name()));
    }
    files.put("main.tf", root.toString());
    return files;
  }
}
