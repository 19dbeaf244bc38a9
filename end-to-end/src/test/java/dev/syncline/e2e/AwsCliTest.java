// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.syncline.sim.simulator.Simulator;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The unmodified AWS CLI deploys, starts, reads and deletes. */
@Timeout(300)
class AwsCliTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path scratch;

  @Test
  void theTemplateHasNoLintFindings() throws Exception {
    AwsCli.requireCommand("cfn-lint");

    AwsCli.Run lint =
        AwsCli.run(
            scratch,
            List.of(
                "cfn-lint", Repository.root().resolve("cloudformation/template.yaml").toString()));

    assertThat(lint.status()).as(lint.output()).isZero();
    assertThat(lint.output()).isBlank();
  }

  @Test
  void cloudFormationDeployStartsTheWholeSystemAndDeleteStackLeavesNothing() throws Exception {
    try (var simulator = Simulator.start(Deployed.config())) {
      var cli = new AwsCli(simulator, scratch);
      cli.run("s3", "mb", "s3://artifacts");
      for (String artifact :
          List.of(
              "bridge-lambda/target/bridge-lambda.jar",
              "backend-worker/target/backend-worker.jar",
              "cloudformation/workflow.asl.json")) {
        cli.run("s3", "cp", Repository.root().resolve(artifact).toString(), "s3://artifacts/");
      }
      List<String> deploy =
          List.of(
              "cloudformation",
              "deploy",
              "--stack-name",
              "syncline",
              "--template-file",
              Repository.root().resolve("cloudformation/template.yaml").toString(),
              "--parameter-overrides",
              "ArtifactBucket=artifacts",
              "--capabilities",
              "CAPABILITY_NAMED_IAM",
              "--no-fail-on-empty-changeset");
      cli.run(deploy.toArray(String[]::new));
      assertThat(cli.run(deploy.toArray(String[]::new))).contains("No changes to deploy");

      JsonNode stack =
          cli.json("cloudformation", "describe-stacks", "--stack-name", "syncline")
              .path("Stacks")
              .path(0);
      String machine = output(stack, "StateMachineArn");
      String started =
          cli.run(
              "stepfunctions",
              "start-execution",
              "--state-machine-arn",
              machine,
              "--name",
              "by-hand",
              "--input",
              "{\"id\":\"by-hand\",\"replyTo\":\"/AsyncEvents/cli/by-hand\","
                  + "\"event\":\"{\\\"name\\\":\\\"Ada\\\",\\\"surname\\\":\\\"Lovelace\\\"}\"}");
      String execution = JSON.readTree(started).path("executionArn").asText();
      JsonNode described = awaitEnd(cli, execution);
      assertThat(described.path("status").asText()).as(described.toString()).isEqualTo("SUCCEEDED");
      assertThat(described.path("output").asText()).contains("Ada Lovelace");
      assertThat(described.path("stopDate").asText())
          .isNotEqualTo(described.path("startDate").asText());

      JsonNode history =
          cli.json(
              "stepfunctions",
              "get-execution-history",
              "--execution-arn",
              execution,
              "--max-results",
              "1000");
      List<String> types = new ArrayList<>();
      history.path("events").forEach(event -> types.add(event.path("type").asText()));
      assertThat(types)
          .startsWith("ExecutionStarted")
          .contains("WaitStateEntered", "TaskScheduled", "TaskSucceeded")
          .endsWith("ExecutionSucceeded");

      URI api =
          URI.create(
              simulator.endpoint()
                  + "/restapis/"
                  + output(stack, "ApiId")
                  + "/"
                  + output(stack, "StageName")
                  + "/_user_request_/event");
      ApiCheck.assertFullName(api);

      cli.run("cloudformation", "delete-stack", "--stack-name", "syncline");
      cli.run("cloudformation", "wait", "stack-delete-complete", "--stack-name", "syncline");
      cli.run("s3", "rb", "s3://artifacts", "--force");
      assertThat(Emptiness.leftovers(simulator)).isEmpty();
    }
  }

  private JsonNode awaitEnd(AwsCli cli, String execution) throws Exception {
    while (true) {
      JsonNode described =
          cli.json("stepfunctions", "describe-execution", "--execution-arn", execution);
      if (!described.path("status").asText().equals("RUNNING")) {
        return described;
      }
    }
  }

  private static String output(JsonNode stack, String name) {
    for (JsonNode output : stack.path("Outputs")) {
      if (output.path("OutputKey").asText().equals(name)) {
        return output.path("OutputValue").asText();
      }
    }
    throw new AssertionError("no output " + name + " in " + stack.path("Outputs"));
  }
}
