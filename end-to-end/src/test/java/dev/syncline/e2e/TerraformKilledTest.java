// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.simulator.Simulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * terraform killed in mid-apply, while the answer to a create is on its way: what was made it does
 * not know, and continues as with AWS.
 */
@Timeout(600)
class TerraformKilledTest {
  private static final String CONFIGURATION =
      """
      resource "aws_cloudwatch_log_group" "known" {
        name = "known"
      }

      resource "aws_iam_role" "unheard_of" {
        name       = "unheard-of"
        depends_on = [aws_cloudwatch_log_group.known]
        assume_role_policy = jsonencode({
          Version = "2012-10-17"
          Statement = [{
            Effect    = "Allow"
            Action    = "sts:AssumeRole"
            Principal = { Service = "lambda.amazonaws.com" }
          }]
        })
      }
      """;

  private static final String IMPORT =
      """
      import {
        to = aws_iam_role.unheard_of
        id = "unheard-of"
      }
      """;

  @TempDir Path scratch;

  @Test
  void unknownResourcesAreConflictsByNameUntilImported() throws Exception {
    // In real time the answer is an hour late; nothing is to skip to it.
    try (var simulator =
        Simulator.start(Deployed.config().withPort(0, -1).withClock(new ClockMode.Real()))) {
      Terraform terraform =
          Terraform.of(
              CONFIGURATION, scratch, Map.of("AWS_ENDPOINT_URL", simulator.endpoint().toString()));
      simulator
          .faults()
          .add(
              "answer",
              details -> "CreateRole".equals(details.get("operation")),
              1,
              1,
              new Fault.Delay(Duration.ofHours(1)));

      Path output = Files.createTempFile(scratch, "killed", ".txt");
      Process killed = terraform.start(output, "apply", "-auto-approve");
      awaitRole(simulator, killed);
      // With its provider: that would go on by itself.
      List<ProcessHandle> provider = killed.descendants().toList();
      killed.destroyForcibly().waitFor();
      provider.forEach(ProcessHandle::destroyForcibly);

      Terraform.Run again = terraform.run("apply", "-auto-approve");
      assertThat(again.status()).as(again.output()).isEqualTo(1);
      assertThat(again.output())
          .contains("EntityAlreadyExists")
          .contains("Role with name unheard-of already exists")
          .doesNotContain("aws_cloudwatch_log_group.known: Creating");

      Files.writeString(terraform.file("import.tf"), IMPORT);
      Terraform.Run imported = terraform.run("apply", "-auto-approve");
      imported.succeeded("apply with the import");
      assertThat(imported.output()).contains("1 imported").contains("0 added");

      terraform.run("destroy", "-auto-approve").succeeded("destroy");
      assertThat(Emptiness.leftovers(simulator)).isEmpty();
    }
  }

  private static void awaitRole(Simulator simulator, Process apply) throws InterruptedException {
    ObjectNode nothing = JsonNodeFactory.instance.objectNode();
    while (simulator
        .dispatcher()
        .call("iam", "ListRoles", nothing, simulator.internalCall())
        .json()
        .path("Roles")
        .isEmpty()) {
      assertThat(apply.isAlive()).as("apply ended before it was killed").isTrue();
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }
}
