// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The roles of the shipped template are least-privileged, for each backend that has a role. */
@Timeout(600)
class EnforcedDeploymentTest {
  private static final int MAX_TRIES = 20;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final AtomicInteger REQUESTS = new AtomicInteger();

  @TempDir private Path scratch = Path.of(".");

  @ParameterizedTest
  @ValueSource(strings = {"stepfunctions", "express", "worker", "sqs"})
  void theRolesOfTheShippedTemplateAreLeastPrivileged(String backend) throws Exception {
    var uploads = new LinkedHashMap<String, byte[]>();
    uploads.put("bridge-lambda.jar", Repository.bytes("bridge-lambda/target/bridge-lambda.jar"));
    uploads.put("backend-worker.jar", Repository.bytes("backend-worker/target/backend-worker.jar"));
    for (String definition : new String[] {"workflow.asl.json", "express.asl.json"}) {
      uploads.put(definition, Repository.bytes("cloudformation/" + definition));
    }
    var earlier = new ArrayDeque<String>();
    EnforcedSystem.leastPrivileged(
        scratch.resolve("data"),
        "cloudformation/template.yaml",
        Map.of(
            "Backend",
            backend,
            "SnapStart",
            "None",
            "SubscribeTimeoutMs",
            "20000",
            "WorkerDelayMs",
            // A long delay is waited for in the queue.
            backend.equals("sqs") ? "60000" : "0"),
        uploads,
        (outputs, http) -> system -> useOf(system, outputs, http, backend, earlier));
  }

  /**
   * The story of one backend.
   *
   * @param earlier the ids of work that ended in earlier stories
   */
  private static void useOf(
      EnforcedSystem system,
      Map<String, String> outputs,
      HttpClient http,
      String backend,
      Deque<String> earlier)
      throws Exception {
    updateMachine(system, outputs);
    forgetStreams(system);
    if (!earlier.isEmpty()) {
      // A bridge that has not received the reply looks the execution up.
      HttpResponse<String> found =
          sent(
              system,
              http,
              HttpRequest.newBuilder(api(system, outputs, "/event/" + earlier.getLast())));
      assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
      assertThat(found.body()).contains("A B");
    }
    String key = "key-" + REQUESTS.incrementAndGet();
    HttpResponse<String> answer = posted(system, outputs, http, key);
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 202);
    if (answer.statusCode() == 202) {
      // The clock skips the time in which a real worker would answer.
      system.until("the result", () -> system.happened("appsync.Published"));
    }
    if (outputs.containsKey("ConnectionArn")) {
      if (backend.equals("stepfunctions")) {
        system.until("the execution", () -> executions(system, outputs, "RUNNING") == 0);
      }
      // The work of a known key is not started again.
      HttpResponse<String> again = posted(system, outputs, http, key);
      assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
      assertThat(again.body()).contains("A B");
      if (backend.equals("stepfunctions")) {
        earlier.add(JSON.readTree(again.body()).path("id").asText());
      }
    }
    system.until("the logs", () -> hasStream(system, "/aws/lambda/enforced-bridge"));
    if (outputs.containsKey("WorkerFunctionArn")) {
      system.until("the worker's logs", () -> hasStream(system, "/aws/lambda/enforced-worker"));
    }
    if (outputs.containsKey("WorkQueueUrl")) {
      String url = Objects.requireNonNull(outputs.get("WorkQueueUrl"));
      system.until("the queue", () -> isEmpty(system, url));
    }
  }

  private static int executions(EnforcedSystem system, Map<String, String> outputs, String status) {
    ObjectNode input =
        EnforcedSystem.input("{}")
            .put("stateMachineArn", outputs.get("StateMachineArn"))
            .put("statusFilter", status);
    return system.call("states", "ListExecutions", input).path("executions").size();
  }

  private static HttpResponse<String> posted(
      EnforcedSystem system, Map<String, String> outputs, HttpClient http, String key)
      throws Exception {
    HttpResponse<String> answer;
    int tries = 0;
    do {
      answer =
          sent(
              system,
              http,
              HttpRequest.newBuilder(api(system, outputs, "/event"))
                  .header("Content-Type", "application/json")
                  .header("Idempotency-Key", key)
                  .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"A\",\"surname\":\"B\"}")));
      tries++;
      // On a busy machine the bridge may not be able to subscribe in time.
    } while (Deployed.nothingWasStarted(answer) && tries < MAX_TRIES && system.refused().isEmpty());
    return answer;
  }

  private static HttpResponse<String> sent(
      EnforcedSystem system, HttpClient http, HttpRequest.Builder request) throws Exception {
    CompletableFuture<HttpResponse<String>> answer =
        http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    system.until("the answer", answer::isDone);
    return answer.get();
  }

  private static URI api(EnforcedSystem system, Map<String, String> outputs, String path) {
    return URI.create(
        system.simulator().endpoint()
            + "/restapis/"
            + outputs.get("ApiId")
            + "/"
            + outputs.get("StageName")
            + "/_user_request_"
            + path);
  }

  /** An update needs what the creation needed. */
  private static void updateMachine(EnforcedSystem system, Map<String, String> outputs) {
    String arn = outputs.get("StateMachineArn");
    if (arn != null) {
      ObjectNode named = EnforcedSystem.input("{}").put("stateMachineArn", arn);
      JsonNode machine = system.call("states", "DescribeStateMachine", named.deepCopy());
      system.call(
          "states",
          "UpdateStateMachine",
          named.put("definition", machine.path("definition").asText()));
    }
  }

  private static void forgetStreams(EnforcedSystem system) {
    for (JsonNode group :
        system.call("logs", "DescribeLogGroups", EnforcedSystem.input("{}")).path("logGroups")) {
      ObjectNode named =
          EnforcedSystem.input("{}").put("logGroupName", group.path("logGroupName").asText());
      for (JsonNode stream :
          system.call("logs", "DescribeLogStreams", named.deepCopy()).path("logStreams")) {
        system.call(
            "logs",
            "DeleteLogStream",
            named.deepCopy().put("logStreamName", stream.path("logStreamName").asText()));
      }
    }
  }

  private static boolean hasStream(EnforcedSystem system, String group) {
    return !system
        .call("logs", "DescribeLogStreams", EnforcedSystem.input("{}").put("logGroupName", group))
        .path("logStreams")
        .isEmpty();
  }

  private static boolean isEmpty(EnforcedSystem system, String url) {
    JsonNode attributes =
        system
            .call(
                "sqs",
                "GetQueueAttributes",
                EnforcedSystem.input("{'AttributeNames': ['All']}").put("QueueUrl", url))
            .path("Attributes");
    return attributes.path("ApproximateNumberOfMessages").asInt()
            + attributes.path("ApproximateNumberOfMessagesNotVisible").asInt()
        == 0;
  }
}
