// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.deploy.StackDeployer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** This repository's template in a simulator. Stateless. */
final class BenchmarkDeployment {
  private static final String BUCKET = "artifacts";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PROVIDER =
      "arn:aws:lambda:us-east-1:111111111111:capacity-provider:shared";

  private BenchmarkDeployment() {}

  /**
   * A deployment whose gateway identifies callers.
   *
   * @param api where {@code POST /event} is
   * @param secret what ids are derived from keys with
   * @param callers the callers' API keys, by API key id
   */
  record WithCallers(URI api, String secret, Map<String, String> callers) {}

  /** Deploys with so many callers, each with an API key. */
  static WithCallers deployWithCallers(
      Simulator simulator, String backend, int inFlight, int callers) throws Exception {
    int each = Math.max(backend.equals("stepfunctions") ? 32 : 6, inFlight / 2);
    Map<String, String> outputs =
        outputs(
            simulator,
            backend,
            each,
            Map.of(
                "ApiKeyRequired",
                "true",
                "ThrottlingRateLimit",
                "10000",
                "ThrottlingBurstLimit",
                "10000"));
    // The template's own plan has narrow limits, which are not what is tested.
    ObjectNode unlimited = JSON.createObjectNode().put("name", "callers");
    unlimited
        .putArray("apiStages")
        .addObject()
        .put("apiId", outputs.getOrDefault("ApiId", ""))
        .put("stage", outputs.getOrDefault("StageName", ""));
    String plan = call(simulator, "apigateway", "CreateUsagePlan", unlimited).path("id").asText();
    Map<String, String> keys = new LinkedHashMap<>();
    for (int i = 0; i < callers; i++) {
      JsonNode key =
          call(
              simulator,
              "apigateway",
              "CreateApiKey",
              JSON.createObjectNode().put("name", "caller-" + i).put("enabled", true));
      String id = key.path("id").asText();
      JsonNode unused =
          call(
              simulator,
              "apigateway",
              "CreateUsagePlanKey",
              JSON.createObjectNode()
                  .put("usagePlanId", plan)
                  .put("keyId", id)
                  .put("keyType", "API_KEY"));
      keys.put(id, key.path("value").asText());
    }
    String arn =
        call(
                simulator,
                "lambda",
                "GetFunctionConfiguration",
                JSON.createObjectNode().put("FunctionName", "benchmark-bridge"))
            .at("/Environment/Variables/IDEMPOTENCY_SECRET_ARN")
            .asText();
    String secret =
        call(
                simulator,
                "secretsmanager",
                "GetSecretValue",
                JSON.createObjectNode().put("SecretId", arn))
            .path("SecretString")
            .asText();
    return new WithCallers(api(simulator, outputs), secret, keys);
  }

  private static JsonNode call(
      Simulator simulator, String service, String operation, ObjectNode input) {
    return simulator.dispatcher().call(service, operation, input, simulator.internalCall()).json();
  }

  /** Deploys, and returns where {@code POST /event} is. */
  static URI deploy(Simulator simulator, String backend, int inFlight) throws Exception {
    // Several environments share the clients: what one started another must find.
    int each = Math.max(backend.equals("stepfunctions") ? 32 : 6, inFlight / 2);
    return api(simulator, outputs(simulator, backend, each, Map.of()));
  }

  /** Deploys with the workflow, for so many requests an environment and so many in all. */
  static URI deployForMany(Simulator simulator, int each, int inAll) throws Exception {
    String limit = String.valueOf(10 * inAll);
    return api(
        simulator,
        outputs(
            simulator,
            "stepfunctions",
            each,
            Map.of("ThrottlingRateLimit", limit, "ThrottlingBurstLimit", limit)));
  }

  private static URI api(Simulator simulator, Map<String, String> outputs) {
    return URI.create(
        simulator.endpoint()
            + "/restapis/"
            + outputs.get("ApiId")
            + "/"
            + outputs.get("StageName")
            + "/_user_request_/event");
  }

  /** Deploys with the workflow, and returns the settings of a bridge outside Lambda. */
  static Map<String, String> bridgeEnvironment(Simulator simulator) throws Exception {
    Map<String, String> outputs = outputs(simulator, "stepfunctions", 32, Map.of());
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("APPSYNC_HTTP_HOST", outputs.getOrDefault("AppSyncHost", ""));
    environment.put("APPSYNC_REALTIME_HOST", outputs.getOrDefault("AppSyncRealtimeHost", ""));
    environment.put("APPSYNC_NAMESPACE", "AsyncEvents");
    environment.put("APPSYNC_API_KEY_SECRET_ARN", outputs.getOrDefault("SecretsManagerArn", ""));
    environment.put("BACKEND", "stepfunctions");
    environment.put("STATE_MACHINE_ARN", outputs.getOrDefault("StateMachineArn", ""));
    environment.put("AWS_ENDPOINT_URL", simulator.endpoint().toString());
    environment.put("AWS_REGION", "us-east-1");
    environment.put("AWS_ACCESS_KEY_ID", "test");
    environment.put("AWS_SECRET_ACCESS_KEY", "test");
    return environment;
  }

  private static Map<String, String> outputs(
      Simulator simulator, String backend, int requestsEach, Map<String, String> more)
      throws Exception {
    try (var pollClock = new SimClock(new ClockMode.Real())) {
      var deployer = new StackDeployer(simulator.dispatcher(), simulator.internalCall(), pollClock);
      Path root = root();
      for (String artifact :
          List.of(
              "bridge-lambda/target/bridge-lambda.jar",
              "backend-worker/target/backend-worker.jar",
              "cloudformation/workflow.asl.json")) {
        Path file = root.resolve(artifact);
        deployer.upload(BUCKET, file.getFileName().toString(), Files.readAllBytes(file));
      }
      var parameters = new LinkedHashMap<String, String>();
      parameters.put("ArtifactBucket", BUCKET);
      parameters.put("Backend", backend);
      parameters.put("CapacityProviderArn", PROVIDER);
      if (!backend.equals("stepfunctions")) {
        parameters.put("ResultBucket", BUCKET);
      }
      parameters.put("BridgeMaxConcurrency", String.valueOf(requestsEach));
      parameters.putAll(more);
      return deployer.create(
          "benchmark",
          Files.readString(root.resolve("cloudformation/template.yaml")),
          parameters,
          step -> {});
    }
  }

  private static Path root() throws IOException {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve("cloudformation/template.yaml"))) {
        return at;
      }
    }
    throw new IOException("start this in the repository: cloudformation/template.yaml not found");
  }
}
