// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.syncline.sim.aws.Simulator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
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
    requireCommand("cfn-lint");

    Run lint =
        run(
            List.of(
                "cfn-lint", Repository.root().resolve("cloudformation/template.yaml").toString()));

    assertThat(lint.status).as(lint.output).isZero();
    assertThat(lint.output).isBlank();
  }

  @Test
  void cloudFormationDeployStartsTheWholeSystemAndDeleteStackLeavesNothing() throws Exception {
    requireCommand("aws");
    try (var simulator = Simulator.start(Deployed.config())) {
      aws(simulator, "s3", "mb", "s3://artifacts");
      for (String artifact :
          List.of(
              "bridge-lambda/target/bridge-lambda.jar",
              "backend-worker/target/backend-worker.jar",
              "cloudformation/workflow.asl.json")) {
        aws(
            simulator,
            "s3",
            "cp",
            Repository.root().resolve(artifact).toString(),
            "s3://artifacts/");
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
              "CAPABILITY_NAMED_IAM");
      aws(simulator, deploy.toArray(String[]::new));
      assertThat(aws(simulator, deploy.toArray(String[]::new))).contains("No changes to deploy");

      JsonNode stack =
          JSON.readTree(
                  aws(simulator, "cloudformation", "describe-stacks", "--stack-name", "syncline"))
              .path("Stacks")
              .path(0);
      String machine = output(stack, "StateMachineArn");
      String started =
          aws(
              simulator,
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
      JsonNode described = awaitEnd(simulator, execution);
      assertThat(described.path("status").asText()).as(described.toString()).isEqualTo("SUCCEEDED");
      assertThat(described.path("output").asText()).contains("Ada Lovelace");
      assertThat(described.path("stopDate").asText())
          .isNotEqualTo(described.path("startDate").asText());

      JsonNode history =
          JSON.readTree(
              aws(
                  simulator,
                  "stepfunctions",
                  "get-execution-history",
                  "--execution-arn",
                  execution,
                  "--max-results",
                  "1000"));
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
      try (HttpClient client = HttpClient.newHttpClient()) {
        HttpResponse<String> answer =
            client.send(
                HttpRequest.newBuilder(api)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(Deployed.person("Ada", "Lovelace")))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("Ada Lovelace");
      }

      aws(simulator, "cloudformation", "delete-stack", "--stack-name", "syncline");
      aws(simulator, "cloudformation", "wait", "stack-delete-complete", "--stack-name", "syncline");
      assertThat(JSON.readTree(aws(simulator, "lambda", "list-functions")).path("Functions"))
          .isEmpty();
      assertThat(
              JSON.readTree(aws(simulator, "stepfunctions", "list-state-machines"))
                  .path("stateMachines"))
          .isEmpty();
      assertThat(JSON.readTree(aws(simulator, "iam", "list-roles")).path("Roles")).isEmpty();
    }
  }

  private JsonNode awaitEnd(Simulator simulator, String execution) throws Exception {
    while (true) {
      JsonNode described =
          JSON.readTree(
              aws(simulator, "stepfunctions", "describe-execution", "--execution-arn", execution));
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

  private String aws(Simulator simulator, String... arguments) throws Exception {
    var command =
        new ArrayList<>(List.of("aws", "--endpoint-url", simulator.endpoint().toString()));
    command.addAll(List.of(arguments));
    Run run = run(command);
    assertThat(run.status).as("%s%n%s", String.join(" ", command), run.output).isZero();
    return run.output;
  }

  private Run run(List<String> command) throws Exception {
    Path output = Files.createTempFile(scratch, "out", ".txt");
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("AWS_"));
    environment.put("AWS_ACCESS_KEY_ID", "test");
    environment.put("AWS_SECRET_ACCESS_KEY", "test");
    environment.put("AWS_DEFAULT_REGION", "us-east-1");
    environment.put("AWS_PAGER", "");
    environment.put("AWS_CONFIG_FILE", scratch.resolve("none").toString());
    environment.put("AWS_SHARED_CREDENTIALS_FILE", scratch.resolve("none").toString());
    int status = builder.start().waitFor();
    return new Run(status, Files.readString(output, StandardCharsets.UTF_8));
  }

  private void requireCommand(String name) {
    boolean there =
        List.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator)).stream()
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
    Assumptions.assumeTrue(there, name + " is not installed");
  }

  private record Run(int status, String output) {}
}
