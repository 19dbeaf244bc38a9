// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.testing.TestZip;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Runs state machines in a simulator, without a client. Thread-safe. */
public final class Workflows implements AutoCloseable {
  private static final Set<String> ENDS =
      Set.of(
          "states.ExecutionSucceeded",
          "states.ExecutionFailed",
          "states.ExecutionTimedOut",
          "states.ExecutionAborted");

  private final Simulator simulator;
  private final Map<String, CompletableFuture<Boolean>> ends = new ConcurrentHashMap<>();
  private final Map<String, String> arns = new ConcurrentHashMap<>();
  private final AutoCloseable listening;

  /** Runs in {@code simulator}. */
  public Workflows(Simulator simulator) {
    this.simulator = simulator;
    this.listening = simulator.journal().listen(this::heard);
  }

  private void heard(Journal.Entry entry) {
    String execution = entry.event().correlationId();
    if (execution != null && ENDS.contains(entry.event().type())) {
      end(execution).complete(true);
    }
  }

  private CompletableFuture<Boolean> end(String execution) {
    return ends.computeIfAbsent(execution, name -> new CompletableFuture<>());
  }

  /** One call of an operation. */
  public JsonNode call(String service, String operation, ObjectNode input) {
    return simulator.dispatcher().call(service, operation, input, simulator.internalCall()).json();
  }

  /** One member, a text, of what an operation answers. */
  public String text(String service, String operation, ObjectNode input, String member) {
    return call(service, operation, input).path(member).asText();
  }

  /** Creates a Standard state machine and gives its ARN. */
  public String create(String name, String definition) {
    ObjectNode input = Json.object().put("name", name).put("definition", definition);
    input.put("roleArn", "arn:aws:iam::111111111111:role/r");
    return text("states", "CreateStateMachine", input, "stateMachineArn");
  }

  /** Creates a state machine of one Task state called {@code T}. */
  public String task(String name, String resource, String parameters) {
    return create(
        name,
        "{\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"Resource\":\""
            + resource
            + "\",\"Parameters\":"
            + parameters.replace('\'', '"')
            + ",\"End\":true}}}");
  }

  /** Starts an execution, waits for its end and gives what DescribeExecution answers. */
  public JsonNode run(String target, String name, String input) throws Exception {
    JsonNode started =
        call(
            "states",
            "StartExecution",
            Json.object().put("stateMachineArn", target).put("name", name).put("input", input));
    arns.put(name, started.path("executionArn").asText());
    return ended(name);
  }

  private JsonNode ended(String name) throws Exception {
    end(name).get(60, TimeUnit.SECONDS);
    String arn = Objects.requireNonNull(arns.get(name));
    // The history is read first: it waits for the step that ended the execution.
    history(arn);
    return call("states", "DescribeExecution", Json.object().put("executionArn", arn));
  }

  /** Waits for the end of an execution that another one has started, and describes it. */
  public JsonNode ended(String machine, String name) throws Exception {
    arns.put(name, "arn:aws:states:us-east-1:111111111111:execution:" + machine + ":" + name);
    return ended(name);
  }

  /** Waits for the end of an execution that another caller starts. */
  public void awaitEnd(String name) {
    end(name).orTimeout(60, TimeUnit.SECONDS).join();
  }

  /** The output of a successful execution. */
  public JsonNode output(String target, String name, String input) throws Exception {
    JsonNode described = run(target, name, input);
    if (!described.path("status").asText().equals("SUCCEEDED")) {
      throw new AssertionError("the execution did not succeed: " + described);
    }
    return Json.MAPPER.readTree(described.path("output").asText());
  }

  /** The events of an execution. */
  public ArrayNode history(String executionArn) {
    return (ArrayNode)
        call(
                "states",
                "GetExecutionHistory",
                Json.object().put("executionArn", executionArn).put("maxResults", 1000))
            .path("events");
  }

  /** Creates a function that {@code InProcessFunctions} has a handler for. */
  public void function(String name) {
    ObjectNode input =
        Json.object()
            .put("FunctionName", name)
            .put("Runtime", "java21")
            .put("Handler", name)
            .put("Role", "arn:aws:iam::111111111111:role/r");
    input.putObject("Code").put("ZipFile", TestZip.of("empty.txt", ""));
    call("lambda", "CreateFunction", input);
  }

  /** Puts an object into a bucket, which comes into being. */
  public void object(String bucket, String key, byte[] content) {
    call("s3", "CreateBucket", Json.object().put("Bucket", bucket));
    put(simulator, bucket, key, content);
  }

  /** Puts an object into a bucket that exists. */
  public static void put(Simulator simulator, String bucket, String key, byte[] content) {
    CallContext call = simulator.internalCall();
    ObjectNode target = Json.object().put("Bucket", bucket).put("Key", key);
    var withBody = new CallContext(call.account(), call.region(), call.requestId(), "", content);
    simulator.dispatcher().call("s3", "PutObject", target, withBody);
  }

  @Override
  public void close() throws Exception {
    listening.close();
  }
}
