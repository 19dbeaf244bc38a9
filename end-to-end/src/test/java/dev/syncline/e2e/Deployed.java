// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.syncline.sim.aws.Simulator;
import dev.syncline.sim.aws.SimulatorConfig;
import dev.syncline.sim.aws.deploy.StackDeployer;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.SimClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A simulator with this repository's template in it, and a client that knows nothing of either. */
final class Deployed implements AutoCloseable {
  static final String BUCKET = "artifacts";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Simulator simulator;
  private final Map<String, String> outputs;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Deployed(Simulator simulator, Map<String, String> outputs) {
    this.simulator = simulator;
    this.outputs = outputs;
  }

  /** Functions as child processes on a skipping clock. */
  static SimulatorConfig config() throws Exception {
    Path work = Files.createTempDirectory("syncline-e2e");
    return SimulatorConfig.defaults(work);
  }

  static Deployed start(SimulatorConfig config, Map<String, String> parameters) throws Exception {
    Simulator simulator = Simulator.start(config);
    try {
      return deploy(simulator, parameters);
    } catch (Exception failure) {
      simulator.close();
      throw failure;
    }
  }

  /** Deploys into a simulator that runs; {@link #close} closes that too. */
  static Deployed deploy(Simulator simulator, Map<String, String> parameters) throws Exception {
    try (var pollClock = new SimClock(new ClockMode.Real())) {
      var deployer = new StackDeployer(simulator.dispatcher(), simulator.internalCall(), pollClock);
      deployer.upload(
          BUCKET, "bridge-lambda.jar", Repository.bytes("bridge-lambda/target/bridge-lambda.jar"));
      deployer.upload(
          BUCKET,
          "backend-worker.jar",
          Repository.bytes("backend-worker/target/backend-worker.jar"));
      deployer.upload(
          BUCKET, "workflow.asl.json", Repository.bytes("cloudformation/workflow.asl.json"));
      var all = new LinkedHashMap<String, String>();
      all.put("ArtifactBucket", BUCKET);
      all.putAll(parameters);
      Map<String, String> outputs =
          deployer.create("e2e", Repository.text("cloudformation/template.yaml"), all, step -> {});
      return new Deployed(simulator, outputs);
    }
  }

  /** What was deployed into a simulator by an earlier one; {@link #close} closes that too. */
  static Deployed around(Simulator simulator, Map<String, String> outputs) {
    return new Deployed(simulator, outputs);
  }

  Simulator simulator() {
    return simulator;
  }

  Map<String, String> outputs() {
    return outputs;
  }

  String output(String name) {
    String value = outputs.get(name);
    if (value == null) {
      throw new IllegalStateException("no output " + name + " in " + outputs);
    }
    return value;
  }

  /** The API in path form, where no DNS does. */
  URI api(String path) {
    return URI.create(
        simulator.endpoint()
            + "/restapis/"
            + output("ApiId")
            + "/"
            + output("StageName")
            + "/_user_request_"
            + path);
  }

  HttpResponse<String> post(String body, String... headers) throws Exception {
    return client.send(
        request(body, headers), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  CompletableFuture<HttpResponse<String>> postAsync(String body, String... headers) {
    return client.sendAsync(
        request(body, headers), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  HttpResponse<String> get(URI uri) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri).build(),
        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private HttpRequest request(String body, String... headers) {
    var request =
        HttpRequest.newBuilder(api("/event"))
            .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    boolean typed = false;
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
      typed |= headers[i].equalsIgnoreCase("content-type");
    }
    if (!typed) {
      request.header("Content-Type", "application/json");
    }
    return request.build();
  }

  static String person(String name, String surname) {
    return JSON.createObjectNode().put("name", name).put("surname", surname).toString();
  }

  static JsonNode json(HttpResponse<String> response) throws Exception {
    return JSON.readTree(response.body());
  }

  @Override
  public void close() {
    client.close();
    simulator.close();
  }
}
