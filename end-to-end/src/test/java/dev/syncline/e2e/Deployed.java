// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import dev.syncline.sim.simulator.deploy.StackDeployer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** A simulator with this repository's template deployed, and an HTTP client for it. */
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

  /** Deploys into a running simulator; {@link #close} closes the simulator too. */
  static Deployed deploy(Simulator simulator, Map<String, String> parameters) throws Exception {
    return deploy(simulator, parameters, Map.of());
  }

  /**
   * The same with custom files.
   *
   * @param uploads replaces the repository's files, by key
   */
  static Deployed deploy(
      Simulator simulator, Map<String, String> parameters, Map<String, byte[]> uploads)
      throws Exception {
    try (var pollClock = new SimClock(new ClockMode.Real())) {
      var deployer = new StackDeployer(simulator.dispatcher(), simulator.internalCall(), pollClock);
      deployer.upload(
          BUCKET, "bridge-lambda.jar", Repository.bytes("bridge-lambda/target/bridge-lambda.jar"));
      deployer.upload(
          BUCKET,
          "backend-worker.jar",
          Repository.bytes("backend-worker/target/backend-worker.jar"));
      for (String definition : List.of("workflow.asl.json", "express.asl.json")) {
        deployer.upload(BUCKET, definition, Repository.bytes("cloudformation/" + definition));
      }
      for (Map.Entry<String, byte[]> upload : uploads.entrySet()) {
        deployer.upload(BUCKET, upload.getKey(), upload.getValue());
      }
      var all = new LinkedHashMap<String, String>();
      all.put("ArtifactBucket", BUCKET);
      // Cold starts may take long on a busy machine; no test depends on their time.
      all.put("SubscribeTimeoutMs", "20000");
      all.putAll(parameters);
      Map<String, String> outputs =
          deployer.create("e2e", Repository.text("cloudformation/template.yaml"), all, step -> {});
      return new Deployed(simulator, outputs);
    }
  }

  /** A deployment restored from an earlier simulator; {@link #close} closes the simulator too. */
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

  /** The API's URL in path form, which needs no DNS. */
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

  /** Posts, and retries when the bridge on a busy machine answers that nothing was started. */
  HttpResponse<String> post(String body, String... headers) throws Exception {
    return postAsync(body, headers).get();
  }

  /** As {@link #post}. */
  CompletableFuture<HttpResponse<String>> postAsync(String body, String... headers) {
    return postAsyncOnce(body, headers)
        .thenCompose(
            response ->
                nothingWasStarted(response)
                    ? postAsync(body, headers)
                    : CompletableFuture.completedFuture(response));
  }

  /** Posts once, without retries. */
  HttpResponse<String> postOnce(String body, String... headers) throws Exception {
    return postAsyncOnce(body, headers).get();
  }

  /** Whether the bridge could not subscribe in time, as on a busy machine. */
  static boolean nothingWasStarted(HttpResponse<String> response) {
    return response.statusCode() == 503 && response.body().contains("no-reply-subscription");
  }

  private CompletableFuture<HttpResponse<String>> postAsyncOnce(String body, String... headers) {
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

  /** An operation of the simulator, as its own services call each other. */
  JsonNode call(String service, String operation, ObjectNode input) {
    return simulator.dispatcher().call(service, operation, input, simulator.internalCall()).json();
  }

  /** Plans a fault for the next calls of an operation, at the place "call" or "answer". */
  void planCallFault(String place, String operation, int times, Fault fault) {
    simulator.faults().add(place, call -> operation.equals(call.get("operation")), 1, times, fault);
  }

  /** Sends a signed request to a service; the credential scope names the service. */
  HttpResponse<String> send(
      String service, String method, String path, Map<String, String> headers, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(simulator.endpoint() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/"
                    + service
                    + "/aws4_request, SignedHeaders=host, Signature=0");
    headers.forEach(request::header);
    if (!headers.containsKey("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** How many events of this type are in the journal. */
  long count(String type) {
    return simulator.journal().select(entry -> entry.event().type().equals(type)).size();
  }

  /** The number of faults that struck. */
  long strikes() {
    return simulator.journal().select(entry -> entry.event() instanceof FaultPlan.Struck).size();
  }

  /**
   * Delays the next GetSecretValue, so that the work that needs the secret is in progress. Returns
   * the number of faults that struck before.
   */
  long delayNextSecret(Duration delay) {
    long before = strikes();
    planCallFault("call", "GetSecretValue", 1, new Fault.Delay(delay));
    return before;
  }

  /** The number of messages, in any state, of the queue whose URL is in this output. */
  int depth(String queueOutput) {
    JsonNode attributes = attributes(queueOutput);
    return attributes.path("ApproximateNumberOfMessages").asInt()
        + attributes.path("ApproximateNumberOfMessagesNotVisible").asInt()
        + attributes.path("ApproximateNumberOfMessagesDelayed").asInt();
  }

  /** The number of its messages that are in flight. */
  int inFlight(String queueOutput) {
    return attributes(queueOutput).path("ApproximateNumberOfMessagesNotVisible").asInt();
  }

  private JsonNode attributes(String queueOutput) {
    ObjectNode request = JSON.createObjectNode().put("QueueUrl", output(queueOutput));
    request.putArray("AttributeNames").add("All");
    return call("sqs", "GetQueueAttributes", request).path("Attributes");
  }

  /** Raises maxReceiveCount, so that jobs are not moved to the dead-letter queue. */
  void keepOutOfDeadLetters(String queueOutput) throws Exception {
    ObjectNode policy =
        (ObjectNode) JSON.readTree(attributes(queueOutput).path("RedrivePolicy").asText());
    ObjectNode request = JSON.createObjectNode().put("QueueUrl", output(queueOutput));
    request
        .putObject("Attributes")
        .put("RedrivePolicy", policy.put("maxReceiveCount", 1000).toString());
    call("sqs", "SetQueueAttributes", request);
  }

  /**
   * Disables the event source mapping, so that only the test's processes receive from the queue.
   */
  void disableMapping() throws Exception {
    call(
        "lambda",
        "UpdateEventSourceMapping",
        JSON.createObjectNode().put("UUID", mapping().path("UUID").asText()).put("Enabled", false));
    until(() -> mapping().path("State").asText().equals("Disabled"));
  }

  private JsonNode mapping() {
    return call("lambda", "ListEventSourceMappings", JSON.createObjectNode())
        .path("EventSourceMappings")
        .path(0);
  }

  /** The answer, immediately or, on a slow machine, at Location. */
  String answer(HttpResponse<String> response) throws Exception {
    return response.statusCode() == 202 ? atLocation(response) : right(response);
  }

  /**
   * Posts under this key until the bridge accepts or answers: a request that the gateway timed out
   * on a busy machine may be repeated under its key.
   */
  HttpResponse<String> postUntilAccepted(String body, String key) throws Exception {
    HttpResponse<String> response = post(body, "Idempotency-Key", key, "Prefer", "respond-async");
    while (response.statusCode() >= 500) {
      response = post(body, "Idempotency-Key", key, "Prefer", "respond-async");
    }
    return response;
  }

  /** Polls until the work has ended, and retries when its status is unavailable. */
  String atLocation(HttpResponse<String> accepted) throws Exception {
    String location = accepted.headers().firstValue("Location").orElseThrow();
    URI at = api("/event/" + location.substring(location.lastIndexOf('/') + 1));
    HttpResponse<String> answer = get(at);
    while (answer.statusCode() == 202 || answer.statusCode() == 503 || ofTheGateway(answer)) {
      Thread.sleep(20);
      answer = get(at);
    }
    return right(answer);
  }

  /** Whether the gateway answered for the bridge: it was killed, or the machine is too busy. */
  static boolean ofTheGateway(HttpResponse<String> answer) {
    return answer.statusCode() == 504
        || (answer.statusCode() == 502 && answer.body().contains("Internal server error"));
  }

  private static String right(HttpResponse<String> response) {
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return response.body();
  }

  /** Waits for a condition; the test's time-out bounds it. */
  static void until(Callable<Boolean> condition) throws Exception {
    while (!condition.call()) {
      Thread.sleep(20);
    }
  }

  static String person(String name, String surname) {
    return JSON.createObjectNode().put("name", name).put("surname", surname).toString();
  }

  static void assertFullName(HttpResponse<String> response, String fullName) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(json(response).path("fullName").asText()).isEqualTo(fullName);
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
