// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.deploy.StackDeployer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example {@code examples/async-api}, deployed and used as its README says. */
@Timeout(300)
class AsyncApiExampleTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BUCKET = "artifacts";
  private static final String PACKAGE = "async-api-functions.zip";

  @TempDir private Path scratch = Path.of(".");

  /** The deployed example, and an HTTP client for it. */
  private record Example(Simulator simulator, Map<String, String> outputs, HttpClient http) {
    private String output(String name) {
      return Objects.requireNonNull(outputs.get(name), name);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
      return HttpRequest.newBuilder(
          URI.create(
              simulator.endpoint()
                  + "/restapis/"
                  + output("ApiId")
                  + "/"
                  + output("StageName")
                  + "/_user_request_"
                  + path));
    }

    private HttpResponse<String> submit(String type, String job) throws Exception {
      return send(
          request("/submit")
              .header("Content-Type", type)
              .POST(HttpRequest.BodyPublishers.ofString(job)));
    }

    private String queued(String job) throws Exception {
      HttpResponse<String> accepted = submit("application/json", job);
      assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
      JsonNode answer = JSON.readTree(accepted.body());
      assertThat(answer.path("status").asText()).isEqualTo("queued");
      assertThat(accepted.headers().firstValue("x-amzn-requestid"))
          .hasValue(answer.path("id").asText());
      return answer.path("id").asText();
    }

    private HttpResponse<String> status(String id) throws Exception {
      return send(request("/status/" + id));
    }

    /** Polls until the job has the status and the number of attempts. */
    private JsonNode until(String id, String status, int attempts) throws Exception {
      JsonNode[] job = new JsonNode[1];
      Deployed.until(
          () -> {
            HttpResponse<String> answer = status(id);
            assertThat(answer.statusCode()).as(answer.body()).isIn(200, 404);
            job[0] = JSON.readTree(answer.body());
            return job[0].path("status").asText().equals(status)
                && job[0].path("attempts").asInt() == attempts;
          });
      return job[0];
    }

    private JsonNode call(String service, String operation, ObjectNode input) {
      return simulator
          .dispatcher()
          .call(service, operation, input, simulator.internalCall())
          .json();
    }

    private String object(String uri) {
      String key = uri.substring(("s3://" + output("BucketName") + "/").length());
      ObjectNode get = JSON.createObjectNode().put("Bucket", output("BucketName")).put("Key", key);
      CallContext context = simulator.internalCall();
      byte[] content = simulator.dispatcher().call("s3", "GetObject", get, context).raw();
      return new String(Objects.requireNonNull(content), StandardCharsets.UTF_8);
    }

    private int count(String queueOutput) {
      ObjectNode get = JSON.createObjectNode().put("QueueUrl", output(queueOutput));
      get.putArray("AttributeNames").add("ApproximateNumberOfMessages");
      return call("sqs", "GetQueueAttributes", get)
          .at("/Attributes/ApproximateNumberOfMessages")
          .asInt();
    }

    private JsonNode messages(String queueOutput) {
      ObjectNode receive =
          JSON.createObjectNode()
              .put("QueueUrl", output(queueOutput))
              .put("MaxNumberOfMessages", 10)
              .put("VisibilityTimeout", 0);
      receive.putArray("AttributeNames").add("All");
      receive.putArray("MessageAttributeNames").add("All");
      return call("sqs", "ReceiveMessage", receive).path("Messages");
    }
  }

  @Test
  void jobsInPython() throws Exception {
    Functions.requireBoto3();
    jobs("python", Functions.python("examples/async-api/python"));
  }

  @Test
  void jobsInJava() throws Exception {
    jobs("java", Functions.java("examples/async-api/java", scratch));
  }

  private static void jobs(String language, byte[] functions) throws Exception {
    try (Simulator simulator = Simulator.start(Deployed.config());
        HttpClient http = HttpClient.newHttpClient()) {
      Example example = deploy(simulator, http, language, functions);
      aJobIsQueuedProcessedAndCompleted(example);
      aPoisonJobIsTriedThreeTimesAndGoesToTheDeadLetterQueue(example);
      whatIsNoJobIsRefusedByTheApi(example);
    }
  }

  private static Example deploy(
      Simulator simulator, HttpClient http, String language, byte[] functions) throws Exception {
    try (var pollClock = new SimClock(new ClockMode.Real())) {
      var deployer = new StackDeployer(simulator.dispatcher(), simulator.internalCall(), pollClock);
      deployer.upload(BUCKET, PACKAGE, functions);
      String template = Repository.text("examples/async-api/template.yaml");
      var parameters = Map.of("ArtifactBucket", BUCKET, "Language", language);
      return new Example(
          simulator, deployer.create("jobs", template, parameters, step -> {}), http);
    }
  }

  private static void aJobIsQueuedProcessedAndCompleted(Example example) throws Exception {
    String words = example.queued("{\"task\":\"count-words\",\"text\":\"a b & c=d +e %20\"}");
    String sum = example.queued("{\"task\":\"sum\",\"numbers\":[1,2,39]}");
    JsonNode job = example.until(words, "completed", 1);
    assertThat(job.path("createdAt").asText()).isNotEmpty();
    assertThat(job.has("error")).isFalse();
    JsonNode result = JSON.readTree(example.object(job.path("result").asText()));
    assertThat(result)
        .isEqualTo(
            JSON.readTree(
                "{\"id\":\"" + words + "\",\"task\":\"count-words\",\"result\":{\"words\":6}}"));
    String other = example.until(sum, "completed", 1).path("result").asText();
    assertThat(JSON.readTree(example.object(other)).at("/result/total").asInt()).isEqualTo(42);
    assertThat(example.status("unknown-job").statusCode()).isEqualTo(404);
  }

  private static void aPoisonJobIsTriedThreeTimesAndGoesToTheDeadLetterQueue(Example example)
      throws Exception {
    String id = example.queued("{\"task\":\"explode\"}");
    // The clock skips to the next attempt while no request is answered, so it waits for the queue.
    Deployed.until(() -> example.count("DeadLetterQueueUrl") == 1);
    JsonNode job = example.until(id, "failed", 3);
    assertThat(job.path("error").asText()).isEqualTo("there is no task 'explode'");
    JsonNode dead = example.messages("DeadLetterQueueUrl").path(0);
    assertThat(dead.path("Body").asText()).isEqualTo("{\"task\":\"explode\"}");
    assertThat(dead.at("/MessageAttributes/jobId/StringValue").asText()).isEqualTo(id);
    assertThat(example.messages("QueueUrl")).isEmpty();
  }

  private static void whatIsNoJobIsRefusedByTheApi(Example example) throws Exception {
    assertThat(example.submit("application/json", "{\"text\":\"a\"}").statusCode()).isEqualTo(400);
    assertThat(example.submit("application/json", "[").statusCode()).isEqualTo(400);
    assertThat(example.submit("text/plain", "{\"task\":\"sum\"}").statusCode()).isEqualTo(415);
    assertThat(example.messages("QueueUrl")).isEmpty();
  }
}
