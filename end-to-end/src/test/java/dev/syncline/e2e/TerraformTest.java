// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.simulator.Simulator;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The module in {@code terraform/}, applied by the real terraform command with the real provider.
 * The provider itself waits 10 s for each operation on a stack and 5 s for each change of a
 * function, in real time; so other classes run meanwhile.
 */
@Timeout(900)
@Execution(ExecutionMode.CONCURRENT)
class TerraformTest {
  private static final String KEY =
      "arn:aws:kms:us-east-1:111111111111:key/00000000-0000-0000-0000-000000000001";

  @TempDir Path scratch;

  @Test
  void theExampleIsAppliedAnswersPassesThePolicyAndLeavesNothing() throws Exception {
    try (var simulator = Simulator.start(Deployed.config())) {
      Terraform terraform = Terraform.copied("terraform/examples/local-sim", scratch, Map.of());
      String endpoint = "-var=endpoint=" + simulator.endpoint();
      terraform.run("validate").succeeded("validate");
      terraform
          .run("fmt", "-check", "-recursive", scratch.resolve("terraform").toString())
          .succeeded("fmt");

      terraform.run("apply", "-auto-approve", endpoint).succeeded("apply");
      assertNoChanges(terraform, endpoint);
      ApiCheck.assertFullName(URI.create(terraform.output("api_endpoint")));
      assertNoSecrets(simulator, terraform.file("terraform.tfstate"));

      terraform.run("destroy", "-auto-approve", endpoint).succeeded("destroy");
      assertThat(Emptiness.leftovers(simulator)).isEmpty();
    }
  }

  @Test
  void theModulesOwnTestsPass() throws Exception {
    Terraform terraform = Terraform.copied("terraform", scratch, Map.of());

    terraform.run("test").succeeded("test");
  }

  @Test
  void byTheEndpointVariableAloneEveryResourceChangesAndAnInterruptedApplyContinues()
      throws Exception {
    try (var simulator = Simulator.start(Deployed.config())) {
      Terraform terraform =
          Terraform.copied(
              "terraform", scratch, Map.of("AWS_ENDPOINT_URL", simulator.endpoint().toString()));
      String[] apply = arguments(simulator, "apply", "-auto-approve");

      // While the provider waits for the stack, start a second run, and then end the first.
      Path first = Files.createTempFile(scratch, "first", ".txt");
      Process interrupted = terraform.start(first, apply);
      awaitStack(simulator);
      Terraform.Run second = terraform.run(apply);
      assertThat(second.status()).isEqualTo(1);
      assertThat(second.output()).contains("Error acquiring the state lock");
      interrupted.destroy();
      assertThat(interrupted.waitFor()).as(Files.readString(first)).isNotZero();

      // Terraform marks the resource in progress as tainted. It exists, and blocks a new one.
      for (JsonNode resource : terraform.resources()) {
        if (resource.path("tainted").asBoolean()) {
          terraform.run("untaint", resource.path("address").asText()).succeeded("untaint");
        }
      }
      // Creates the resources that the interrupted run did not create.
      terraform.run(apply).succeeded("apply after an interrupted one");
      assertNoChanges(terraform, arguments(simulator));
      ApiCheck.assertFullName(URI.create(terraform.output("api_endpoint")));

      // The same configuration with another state fails because the names exist, as on AWS. An
      // alarm of the same name, however, is overwritten, and is destroyed with the other state.
      Terraform.Run other = terraform.run(with(apply, "-state=other.tfstate"));
      assertThat(other.status()).isEqualTo(1);
      assertThat(other.output())
          .contains("EntityAlreadyExists", "ResourceAlreadyExistsException")
          .contains("AlreadyExistsException: Stack [syncline-bridge-events] already exists");
      terraform
          .run(arguments(simulator, "destroy", "-auto-approve", "-state=other.tfstate"))
          .succeeded("destroy of the other state");

      removeBehindItsBack(simulator);
      String[] changed =
          with(
              arguments(simulator),
              "-var=kms_key_arn=" + KEY,
              "-var=bridge_memory_size=1024",
              "-var=log_retention_in_days=30",
              "-var=throttling_rate_limit=50",
              "-var=execution_log_level=INFO",
              "-var=integration_timeout_ms=28000",
              "-var=api_key_expires=" + (simulator.clock().now().getEpochSecond() + 8_640_000),
              "-var=usage_plan={rate_limit=5,burst_limit=6,quota_limit=9,quota_period=\"DAY\"}",
              "-var=event_schema={\"type\":\"object\",\"required\":[\"name\"]}",
              "-var=workflow_name=renamed",
              "-var=stage_name=prod");
      Terraform.Run change = terraform.run(with(changed, "apply", "-auto-approve"));
      change.succeeded("apply of changes");
      assertThat(change.output())
          .contains("aws_sfn_state_machine.workflow[0] will be created")
          .contains("aws_api_gateway_stage.this must be replaced")
          .contains("aws_cloudwatch_log_group.access will be created")
          .contains("aws_cloudwatch_metric_alarm.this[\"bridge-errors\"] will be created")
          .contains("aws_lambda_function.bridge will be updated in-place")
          .contains("aws_cloudformation_stack.events_api[0] will be updated in-place")
          .contains("aws_api_gateway_usage_plan.this will be updated in-place")
          .contains("aws_api_gateway_model.event will be updated in-place");
      assertNoChanges(terraform, changed);
      ApiCheck.assertFullName(URI.create(terraform.output("api_endpoint")));
      assertThat(DeploymentPolicy.findings(terraform.resources())).isEmpty();

      String[] worker =
          with(arguments(simulator), "-var=backend=worker", "-var=kms_key_arn=" + KEY);
      terraform.run(with(worker, "apply", "-auto-approve")).succeeded("apply of the worker");
      assertNoChanges(terraform, worker);
      ApiCheck.assertFullName(URI.create(terraform.output("api_endpoint")));
      assertThat(DeploymentPolicy.findings(terraform.resources())).isEmpty();
      assertNoSecrets(simulator, terraform.file("terraform.tfstate"));

      terraform.run(with(worker, "destroy", "-auto-approve")).succeeded("destroy");
      assertThat(Emptiness.leftovers(simulator)).isEmpty();
    }
  }

  private String[] arguments(Simulator simulator, String... command) {
    var all = new ArrayList<>(List.of(command));
    Path jars = scratch;
    all.add("-var=lambda_file=" + jars.resolve("bridge-lambda/target/bridge-lambda.jar"));
    all.add("-var=worker_file=" + jars.resolve("backend-worker/target/backend-worker.jar"));
    all.add("-var=worker_delay_ms=50");
    all.add("-var=local_endpoint=" + simulator.endpoint());
    return all.toArray(String[]::new);
  }

  /** Puts the command before the options. */
  private static String[] with(String[] arguments, String... more) {
    var all = new ArrayList<String>();
    boolean commandFirst = !more[0].startsWith("-");
    all.addAll(commandFirst ? Arrays.asList(more) : Arrays.asList(arguments));
    all.addAll(commandFirst ? Arrays.asList(arguments) : Arrays.asList(more));
    return all.toArray(String[]::new);
  }

  private static void assertNoChanges(Terraform terraform, String... arguments) throws Exception {
    var all = new ArrayList<>(List.of("plan", "-detailed-exitcode"));
    all.addAll(List.of(arguments));
    Terraform.Run plan = terraform.run(all.toArray(String[]::new));
    assertThat(plan.status()).as(plan.output()).isZero();
    assertThat(plan.output()).contains("No changes.");
  }

  /** Neither the Event API's key nor the secret's text may be in the state. */
  private static void assertNoSecrets(Simulator simulator, Path state) throws Exception {
    JsonNode api = call(simulator, "appsync", "ListApis", object()).path("apis").path(0);
    ObjectNode ofApi = object().put("apiId", api.path("apiId").asText());
    String key =
        call(simulator, "appsync", "ListApiKeys", ofApi)
            .path("apiKeys")
            .path(0)
            .path("id")
            .asText();
    assertThat(key).startsWith("da2-");
    assertThat(Files.readString(state, StandardCharsets.UTF_8)).doesNotContain(key);
  }

  private static void awaitStack(Simulator simulator) throws InterruptedException {
    while (call(simulator, "cloudformation", "DescribeStacks", object()).path("Stacks").isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static void removeBehindItsBack(Simulator simulator) {
    call(
        simulator,
        "logs",
        "DeleteLogGroup",
        object().put("logGroupName", "/aws/apigateway/syncline-bridge/access"));
    JsonNode machine =
        call(simulator, "states", "ListStateMachines", object()).path("stateMachines").path(0);
    call(
        simulator,
        "states",
        "DeleteStateMachine",
        object().put("stateMachineArn", machine.path("stateMachineArn").asText()));
  }

  private static JsonNode call(
      Simulator simulator, String service, String operation, ObjectNode input) {
    return simulator.dispatcher().call(service, operation, input, simulator.internalCall()).json();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
