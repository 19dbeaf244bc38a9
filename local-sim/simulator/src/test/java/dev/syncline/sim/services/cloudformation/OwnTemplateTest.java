// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.cloudformation.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The template that this repository ships, against services that only note what they are asked. */
class OwnTemplateTest {
  private static final Path FOLDER = Path.of("../../cloudformation");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<FakeService.Call> calls = FakeService.callList();
  private final AtomicInteger counter = new AtomicInteger();
  @AutoClose private final Fixture cfn = new Fixture(services());

  private FakeService[] services() {
    var appsync =
        new FakeService(
                "appsync",
                calls,
                "CreateApi",
                "DeleteApi",
                "CreateChannelNamespace",
                "DeleteChannelNamespace",
                "CreateApiKey",
                "UpdateApiKey",
                "DeleteApiKey")
            .answer(
                "CreateApi",
                (input, context) ->
                    json(
                        "{'api':{'apiId':'api1','apiArn':'arn:api','dns':{'HTTP':'events.test',"
                            + "'REALTIME':'realtime.test'}}}"))
            .answer(
                "CreateChannelNamespace",
                (input, context) -> json("{'channelNamespace':{'channelNamespaceArn':'arn:ns'}}"))
            .answer("CreateApiKey", (input, context) -> json("{'apiKey':{'id':'da2-key'}}"));
    var secrets =
        new FakeService(
                "secretsmanager", calls, "CreateSecret", "DeleteSecret", "GetRandomPassword")
            .answer("GetRandomPassword", "RandomPassword", "generated")
            .answer("CreateSecret", "ARN", "arn:secret");
    var events =
        new FakeService(
                "events", calls, "CreateConnection", "DescribeConnection", "DeleteConnection")
            .answer(
                "DescribeConnection",
                "ConnectionState",
                "AUTHORIZED",
                "ConnectionArn",
                "arn:connection",
                "SecretArn",
                "arn:connection-secret");
    var logs =
        new FakeService("logs", calls, "CreateLogGroup", "PutRetentionPolicy", "DeleteLogGroup");
    var iam =
        new FakeService(
                "iam",
                calls,
                "CreateRole",
                "PutRolePolicy",
                "AttachRolePolicy",
                "DeleteRole",
                "DeleteRolePolicy",
                "DetachRolePolicy")
            .answer(
                "CreateRole",
                (input, context) ->
                    json(
                        "{'Role':{'Arn':'arn:aws:iam::1:role/"
                            + input.requiredText("RoleName")
                            + "','RoleId':'R'}}"));
    var states =
        new FakeService(
                "states", calls, "CreateStateMachine", "DescribeStateMachine", "DeleteStateMachine")
            .answer("CreateStateMachine", "stateMachineArn", "arn:machine");
    var lambda =
        new FakeService(
                "lambda",
                calls,
                "CreateFunction",
                "GetFunction",
                "UpdateFunctionConfiguration",
                "AddPermission",
                "RemovePermission",
                "PublishVersion",
                "GetFunctionConfiguration",
                "CreateAlias",
                "UpdateAlias",
                "DeleteAlias",
                "DeleteFunction")
            .answer("PublishVersion", "FunctionArn", "arn:version", "Version", "1")
            .answer("GetFunctionConfiguration", "State", "Active")
            .answer("CreateAlias", "AliasArn", "arn:alias")
            .answer(
                "GetFunction",
                (input, context) ->
                    json(
                        "{'Configuration':{'State':'Active','FunctionArn':'arn:function:"
                            + input.requiredText("FunctionName")
                            + "'}}"));
    var gateway =
        new FakeService(
                "apigateway",
                calls,
                "CreateRestApi",
                "GetResources",
                "CreateResource",
                "PutMethod",
                "PutIntegration",
                "CreateDeployment",
                "CreateStage",
                "UpdateStage",
                "UpdateAccount",
                "PutGatewayResponse",
                "DeleteRestApi",
                "DeleteResource",
                "DeleteMethod",
                "DeleteDeployment",
                "DeleteStage",
                "DeleteGatewayResponse",
                "CreateModel",
                "DeleteModel",
                "CreateRequestValidator",
                "DeleteRequestValidator",
                "CreateUsagePlan",
                "UpdateUsagePlan",
                "DeleteUsagePlan")
            .answer("CreateRequestValidator", "id", "val1")
            .answer("CreateUsagePlan", "id", "plan1")
            .answer("CreateRestApi", "id", "rest1")
            .answer("GetResources", (input, context) -> json("{'item':[{'id':'root','path':'/'}]}"))
            .answer(
                "CreateResource",
                (input, context) -> json("{'id':'res" + counter.incrementAndGet() + "'}"))
            .answer("CreateDeployment", "id", "dep1");
    var s3 =
        new FakeService("s3", calls, "GetObject")
            .answer(
                "GetObject",
                (input, context) -> Output.raw(200, Map.of(), bytes(input.requiredText("Key"))));
    return new FakeService[] {appsync, secrets, events, logs, iam, states, lambda, gateway, s3};
  }

  private static Output json(String text) {
    try {
      return Output.of((ObjectNode) JSON.readTree(text.replace('\'', '"')));
    } catch (IOException malformed) {
      throw new IllegalStateException(malformed);
    }
  }

  private static byte[] bytes(String file) {
    try {
      return Files.readAllBytes(FOLDER.resolve(file));
    } catch (IOException missing) {
      throw new IllegalStateException(missing);
    }
  }

  private static ObjectNode input(Map<String, String> parameters) {
    ObjectNode input =
        Fixture.stack("syncline", new String(bytes("template.yaml"), UTF_8), parameters);
    input.putArray("Capabilities").add("CAPABILITY_IAM");
    return input;
  }

  private ObjectNode only(String operation, String member, String value) {
    List<ObjectNode> found =
        calls.stream()
            .filter(call -> call.operation().equals(operation))
            .map(FakeService.Call::input)
            .filter(call -> call.path(member).asText().equals(value))
            .toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static JsonNode output(JsonNode stack, String key) {
    for (JsonNode output : stack.path("Outputs")) {
      if (output.path("OutputKey").asText().equals(key)) {
        return output.path("OutputValue");
      }
    }
    return JsonNodeFactory.instance.missingNode();
  }

  @Test
  void itDeploysWithTheWorkflow() throws IOException {
    JsonNode stack = cfn.create(input(Map.of("ArtifactBucket", "artifacts")));

    assertThat(cfn.events("syncline")).last().isEqualTo("syncline CREATE_COMPLETE");
    assertThat(output(stack, "ApiEndpoint").asText())
        .isEqualTo("https://rest1.execute-api.us-east-1.amazonaws.com/dev/event");
    assertThat(output(stack, "StateMachineArn").asText()).isEqualTo("arn:machine");
    assertThat(output(stack, "WorkerFunctionArn").isMissingNode()).isTrue();
    assertThat(output(stack, "AppSyncRealtimeHost").asText()).isEqualTo("realtime.test");
    assertThat(output(stack, "SecretsManagerArn").asText()).isEqualTo("arn:secret");

    JsonNode machine = only("CreateStateMachine", "name", "syncline-workflow");
    JsonNode task =
        JSON.readTree(machine.path("definition").asText()).path("States").path("Call HTTPS API");
    assertThat(task.path("Parameters").path("ApiEndpoint").asText())
        .isEqualTo("https://events.test/event");
    assertThat(task.path("Parameters").path("Authentication").path("ConnectionArn").asText())
        .isEqualTo("arn:connection");

    JsonNode bridge = only("CreateFunction", "FunctionName", "syncline-bridge");
    assertThat(bridge.path("Code").toString())
        .isEqualTo("{\"S3Bucket\":\"artifacts\",\"S3Key\":\"bridge-lambda.jar\"}");
    assertThat(bridge.path("MemorySize").isInt()).isTrue();
    assertThat(bridge.has("CapacityProviderConfig")).isFalse();
    JsonNode environment = bridge.path("Environment").path("Variables");
    assertThat(environment.path("BACKEND").asText()).isEqualTo("stepfunctions");
    assertThat(environment.path("STATE_MACHINE_ARN").asText()).isEqualTo("arn:machine");
    assertThat(environment.has("WORKER_FUNCTION_ARN")).isFalse();
    assertThat(environment.path("APPSYNC_API_KEY_SECRET_ARN").asText()).isEqualTo("arn:secret");

    assertThat(only("CreateSecret", "SecretString", "da2-key").has("Name")).isTrue();
    assertThat(only("CreateSecret", "SecretString", "generated").has("Name")).isTrue();
    assertThat(environment.path("IDEMPOTENCY_SECRET_ARN").asText()).isEqualTo("arn:secret");
    JsonNode patches = only("UpdateStage", "stageName", "dev").path("patchOperations");
    assertThat(patches.toString()).contains("/accessLogSettings/destinationArn");
  }

  @Test
  void itDeploysWithTheWorkerOnACapacityProvider() {
    String provider = "arn:aws:lambda:us-east-1:111122223333:capacity-provider:many";
    JsonNode stack =
        cfn.create(
            input(
                Map.of(
                    "ArtifactBucket",
                    "artifacts",
                    "Backend",
                    "worker",
                    "WorkerDelayMs",
                    "250",
                    "CapacityProviderArn",
                    provider,
                    "BridgeMaxConcurrency",
                    "64",
                    "ApiGatewayLogRole",
                    "existing")));

    assertThat(cfn.events("syncline")).last().isEqualTo("syncline CREATE_COMPLETE");
    assertThat(output(stack, "WorkerFunctionArn").asText())
        .isEqualTo("arn:function:syncline-worker");
    assertThat(output(stack, "StateMachineArn").isMissingNode()).isTrue();
    assertThat(calls)
        .extracting(FakeService.Call::operation)
        .doesNotContain("CreateStateMachine", "CreateConnection", "UpdateAccount");
    JsonNode bridge = only("CreateFunction", "FunctionName", "syncline-bridge");
    assertThat(bridge.path("CapacityProviderConfig").toString())
        .isEqualTo(
            "{\"LambdaManagedInstancesCapacityProviderConfig\":{\"CapacityProviderArn\":\""
                + provider
                + "\",\"PerExecutionEnvironmentMaxConcurrency\":64}}");
    assertThat(bridge.path("Environment").path("Variables").path("BACKEND").asText())
        .isEqualTo("lambda");
    JsonNode worker = only("CreateFunction", "FunctionName", "syncline-worker");
    assertThat(worker.path("Environment").path("Variables").path("WORKER_DELAY_MS").asText())
        .isEqualTo("250");
  }

  @Test
  void changingABackendRemovesTheOtherAndDeletingLeavesNothing() {
    cfn.create(input(Map.of("ArtifactBucket", "artifacts")));
    cfn.update(input(Map.of("ArtifactBucket", "artifacts", "Backend", "worker")));

    assertThat(cfn.events("syncline")).last().isEqualTo("syncline UPDATE_COMPLETE");
    only("DeleteStateMachine", "stateMachineArn", "arn:machine");
    JsonNode change = only("UpdateFunctionConfiguration", "FunctionName", "syncline-bridge");
    assertThat(change.path("Environment").path("Variables").path("WORKER_FUNCTION_ARN").asText())
        .isEqualTo("arn:function:syncline-worker");

    cfn.delete("syncline");
    assertThat(count("CreateRole")).isEqualTo(count("DeleteRole"));
    // DeleteFunction removes versions too.
    assertThat(count("CreateFunction") + count("PublishVersion"))
        .isEqualTo(count("DeleteFunction"));
    assertThat(count("CreateUsagePlan")).isEqualTo(count("DeleteUsagePlan"));
    assertThat(count("CreateLogGroup")).isEqualTo(count("DeleteLogGroup"));
    assertThat(count("CreateSecret")).isEqualTo(count("DeleteSecret"));
    assertThat(count("CreateConnection")).isEqualTo(count("DeleteConnection"));
    assertThat(count("CreateApi")).isEqualTo(count("DeleteApi"));
    assertThat(count("CreateRestApi")).isEqualTo(count("DeleteRestApi"));
    assertThat(count("AddPermission")).isEqualTo(count("RemovePermission"));
  }

  private long count(String operation) {
    return calls.stream().filter(call -> call.operation().equals(operation)).count();
  }

  @Test
  void terraformThroughCloudFormationDeploysTheSame() {
    Template whole = Template.parse(new String(bytes("template.yaml"), UTF_8));
    Template events = Template.parse(new String(bytes("events-api.yaml"), UTF_8));

    events
        .resources()
        .forEach(
            (logicalId, resource) ->
                assertThat(whole.resources())
                    .hasEntrySatisfying(
                        logicalId,
                        same -> {
                          assertThat(resource.type()).isEqualTo(same.type());
                          assertThat(resource.properties()).isEqualTo(same.properties());
                        }));
    JsonNode stack =
        cfn.create(
            Fixture.stack(
                "events",
                new String(bytes("events-api.yaml"), UTF_8),
                Map.of("ApiKeyExpires", "1800000000")));
    assertThat(stack.path("StackStatus").asText()).isEqualTo("CREATE_COMPLETE");
    assertThat(only("CreateApiKey", "apiId", "api1").path("expires").asLong())
        .isEqualTo(1_800_000_000L);
    assertThat(output(stack, "ConnectionSecretArn").asText()).isEqualTo("arn:connection-secret");
  }
}
