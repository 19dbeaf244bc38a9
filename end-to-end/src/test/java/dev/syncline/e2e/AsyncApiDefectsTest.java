// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.settings.SqsSettings;
import dev.syncline.sim.service.settings.Tolerance;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import dev.syncline.sim.simulator.deploy.StackDeployer;
import dev.syncline.sim.simulator.deploy.StackFailedException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A template with mistakes that AWS refuses, and mistakes that AWS does not see: it is refused in
 * AWS's words, and where that is tolerated it misbehaves as on AWS.
 */
@Timeout(300)
class AsyncApiDefectsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String JOB = "{\"task\":\"a\",\"data\":{\"input\":\"b & c\"}}";

  private static SimulatorConfig config(Set<Tolerance> tolerated) throws Exception {
    return Deployed.config().withTolerances(tolerated);
  }

  /** Deploys the template and adds what is said of its resources. */
  private static Map<String, String> deploy(Simulator simulator, List<String> said)
      throws Exception {
    String template;
    try (var resource =
        Objects.requireNonNull(
            AsyncApiDefectsTest.class.getResourceAsStream("/async-api-defects.yaml"))) {
      template = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    }
    try (var pollClock = new SimClock(new ClockMode.Real())) {
      return new StackDeployer(simulator.dispatcher(), simulator.internalCall(), pollClock)
          .create(
              "jobs",
              template,
              Map.of(),
              step -> {
                if (!step.reason().isEmpty() && !step.status().endsWith("IN_PROGRESS")) {
                  said.add(step.logicalId() + " " + step.status() + " " + step.reason());
                }
              });
    }
  }

  private static HttpResponse<String> submit(
      Simulator simulator, HttpClient http, Map<String, String> outputs) throws Exception {
    String url = simulator.endpoint() + "/restapis/" + outputs.get("ApiId") + "/v1/_user_request_";
    return http.send(
        HttpRequest.newBuilder(URI.create(url + "/submit"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JOB))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode queue(Simulator simulator, String url, String attribute) {
    ObjectNode get = JSON.createObjectNode().put("QueueUrl", url);
    get.putArray("AttributeNames").add("All");
    return simulator
        .dispatcher()
        .call("sqs", "GetQueueAttributes", get, simulator.internalCall())
        .json()
        .path("Attributes")
        .path(attribute);
  }

  @Test
  void awsRefusesTheFirstResourceWhosePropertyIsUnknown() throws Exception {
    try (Simulator simulator = Simulator.start(config(Set.of()))) {
      var said = new ArrayList<String>();
      assertThatThrownBy(() -> deploy(simulator, said)).isInstanceOf(StackFailedException.class);
      assertThat(said)
          .contains(
              "Results CREATE_FAILED Properties validation failed for resource Results with"
                  + " message: #/NotificationConfiguration: extraneous key"
                  + " [CloudWatchConfigurations] is not permitted");
    }
  }

  @Test
  void awsRefusesTheDeadLetterTargetOfARoleThatMayNotSend() throws Exception {
    Set<Tolerance> others =
        EnumSet.of(Tolerance.UNKNOWN_PROPERTIES, Tolerance.UNKNOWN_MANAGED_POLICIES);
    try (Simulator simulator = Simulator.start(config(others))) {
      var said = new ArrayList<String>();
      assertThatThrownBy(() -> deploy(simulator, said)).isInstanceOf(StackFailedException.class);
      assertThat(said)
          .contains(
              "Process CREATE_FAILED The provided execution role does not have permissions to call"
                  + " SendMessage on SQS (Status Code: 400; Error Code:"
                  + " InvalidParameterValueException)");
    }
  }

  @Test
  void toleratedItDeploysAndItsJobsGoToTheDeadLetterQueue() throws Exception {
    AwsCli.requireCommand("python3");
    try (Simulator simulator = Simulator.start(config(EnumSet.allOf(Tolerance.class)));
        HttpClient http = HttpClient.newHttpClient()) {
      var said = new ArrayList<String>();
      Map<String, String> outputs = deploy(simulator, said);
      assertThat(said)
          .contains(
              "Results CREATE_COMPLETE Tolerated unknown-properties in line 12:"
                  + " #/NotificationConfiguration: extraneous key [CloudWatchConfigurations] is not"
                  + " permitted",
              "Queue CREATE_COMPLETE Tolerated unknown-properties in line 21: #: extraneous key"
                  + " [VisibilityTimeoutSeconds] is not permitted",
              "FunctionRole CREATE_COMPLETE Tolerated unknown-managed-policies in line 38: Policy"
                  + " arn:aws:iam::aws:policy/service-role/AWSLambdaQueueRole does not exist or is"
                  + " not attachable.",
              "Process CREATE_COMPLETE Tolerated unknown-properties in line 47: #: extraneous key"
                  + " [ReservedConcurrencyLimit] is not permitted; Tolerated dead-letter-permission"
                  + " in line 48: The provided execution role does not have permissions to call"
                  + " SendMessage on SQS",
              "ProcessQueue CREATE_COMPLETE Tolerated visibility-timeout in line 65: Queue"
                  + " visibility timeout: 30 seconds is less than Function timeout: 60 seconds");

      HttpResponse<String> accepted = submit(simulator, http, outputs);
      assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(200);
      assertThat(JSON.readTree(accepted.body()).path("status").asText()).isEqualTo("queued");
      String dead = Objects.requireNonNull(outputs.get("DeadLetterQueueUrl"));
      Deployed.until(
          () -> queue(simulator, dead, "ApproximateNumberOfMessages").asText().equals("1"));
      ObjectNode receive = JSON.createObjectNode().put("QueueUrl", dead);
      JsonNode message =
          simulator
              .dispatcher()
              .call("sqs", "ReceiveMessage", receive, simulator.internalCall())
              .json()
              .at("/Messages/0/Body");
      // The raw body is in the queue: the template's text is in the body, which SQS does not read.
      assertThat(message.asText()).isEqualTo(JOB);
      assertThat(logs(simulator)).contains("Error processing job: 'jobId'", "UnboundLocalError");
    }
  }

  private static String logs(Simulator simulator) {
    ObjectNode groups = JSON.createObjectNode();
    var lines = new StringBuilder();
    var context = simulator.internalCall();
    for (JsonNode group :
        simulator
            .dispatcher()
            .call("logs", "DescribeLogGroups", groups, context)
            .json()
            .path("logGroups")) {
      ObjectNode filter =
          JSON.createObjectNode().put("logGroupName", group.path("logGroupName").asText());
      simulator
          .dispatcher()
          .call("logs", "FilterLogEvents", filter, context)
          .json()
          .path("events")
          .forEach(event -> lines.append(event.path("message").asText()).append('\n'));
    }
    return lines.toString();
  }

  @Test
  void whereSqsRefusesJsonWithoutATargetTheClientIsToldTheSame() throws Exception {
    SimulatorConfig config = config(EnumSet.allOf(Tolerance.class)).withSqs(new SqsSettings(true));
    try (Simulator simulator = Simulator.start(config);
        HttpClient http = HttpClient.newHttpClient()) {
      Map<String, String> outputs = deploy(simulator, new ArrayList<>());
      HttpResponse<String> accepted = submit(simulator, http, outputs);
      assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(200);
      assertThat(JSON.readTree(accepted.body()).path("status").asText()).isEqualTo("queued");
      String url = Objects.requireNonNull(outputs.get("QueueUrl"));
      for (String state : List.of("", "NotVisible", "Delayed")) {
        assertThat(queue(simulator, url, "ApproximateNumberOfMessages" + state).asText())
            .isEqualTo("0");
      }
    }
  }
}
