// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Fault;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The twenty defects of {@code aws-samples/AppSync_Sync_Async_Integration}, which this project
 * replaces, one test each. The comment of a test describes the defect of the sample. Three of them
 * are in {@link LostReplyDefectsTest}.
 */
@Timeout(300)
class SampleDefectsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @RegisterExtension static final SharedDeployment SHARED = SharedDeployment.stepFunctions();

  private final Deployed deployed = SHARED.get();

  /** Subscribes after StartExecution, so an early event is lost. */
  @Test
  void defect01AnEventThatComesBeforeTheStartReturnsIsAnswered() throws Exception {
    deployed.planCallFault("answer", "StartExecution", 1, new Fault.Delay(Duration.ofSeconds(15)));
    Deployed.assertFullName(deployed.post(Deployed.person("Early", "Bird")), "Early Bird");
  }

  /** A socket that fails or closes becomes 200 with an empty name. */
  @Test
  void defect02AFailedSocketIsNeverAnEmptySuccess() throws Exception {
    deployed.simulator().faults().once("appsync.delivery", new Fault.Disconnect());
    Deployed.assertFullName(deployed.post(Deployed.person("Cut", "Off")), "Cut Off");
  }

  /** The function's time-out, 40 s, is longer than the integration's, 29 s. */
  @Test
  void defect04TheFunctionEndsBeforeTheGatewayDoes() throws Exception {
    String template = Repository.text("cloudformation/template.yaml");
    assertThat(number(template, "BridgeFunction:", "Timeout: ")).isLessThan(29).isGreaterThan(20);
    assertThat(number(template, "Resources:", "TimeoutInMillis: ")).isEqualTo(29_000);
    assertThat(Repository.text("terraform/main.tf"))
        .contains("timeout = floor(var.integration_timeout_ms / 1000) - 1");
  }

  /** subscribe_error, error and connection_error are ignored, and the request hangs. */
  @Test
  void defect05ARefusedSubscriptionIsSaidAtOnceAndNothingIsStarted() throws Exception {
    try (var fresh = Deployed.start(Deployed.config(), Map.of())) {
      fresh
          .simulator()
          .faults()
          .once("appsync.subscribe", new Fault.Refuse(400, "LimitExceededError", "too many"));
      HttpResponse<String> response = fresh.postOnce(Deployed.person("Never", "Started"));
      assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
      assertThat(response.body()).contains("LimitExceededError", "Nothing was started");
      assertThat(fresh.count("states.ExecutionStarted")).isZero();
    }
  }

  /** A workflow's failure is never published, and looks like a time-out. */
  @Test
  void defect06AFailureIsPublishedAndAnsweredWithItsReason() throws Exception {
    HttpResponse<String> response = deployed.post("{\"name\":1,\"surname\":2}");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(502);
    assertThat(JSON.readTree(response.body()).path("error").asText()).isEqualTo("InvalidEvent");
  }

  /** Publishing counts as a success although the answer lists the event under "failed". */
  @Test
  void defect07APublishThatTheServiceRefusedIsNoSuccess() throws Exception {
    JsonNode states = JSON.readTree(Repository.text("cloudformation/workflow.asl.json"));
    JsonNode check = states.path("States").path("Check publish").path("Choices").get(0);
    assertThat(check.path("Variable").asText()).isEqualTo("$.publish.ResponseBody.failed[0]");
    assertThat(states.path("States").path(check.path("Next").asText()).path("Type").asText())
        .isEqualTo("Fail");
  }

  /** The event's JSON is made by formatting text: a quote or backslash breaks it. */
  @Test
  void defect08QuotesAndBackslashesArriveUnharmed() throws Exception {
    Deployed.assertFullName(
        deployed.post(Deployed.person("\"Q\" \\ \\\"", "{}\n'")), "\"Q\" \\ \\\" {}\n'");
  }

  /** A bad or empty body fails after ten seconds, inside the workflow. */
  @Test
  void defect09ABadBodyIsRefusedAtOnceAndNothingIsStarted() throws Exception {
    long before = deployed.count("states.ExecutionStarted");
    for (String body : List.of("", "{", "nome=Ricardo")) {
      assertThat(deployed.post(body).statusCode()).isEqualTo(400);
    }
    assertThat(deployed.count("states.ExecutionStarted")).isEqualTo(before);
  }

  /** isBase64Encoded is ignored. */
  @Test
  void defect10ABase64BodyIsDecoded() throws Exception {
    ObjectNode event = JSON.createObjectNode();
    event.put("resource", "/event").put("path", "/event").put("httpMethod", "POST");
    event.putObject("headers").put("Content-Type", "application/json");
    event.putObject("requestContext").put("path", "/dev/event").put("requestId", "r-1");
    event.put("isBase64Encoded", true);
    event.put(
        "body",
        Base64.getEncoder()
            .encodeToString(Deployed.person("Base", "64").getBytes(StandardCharsets.UTF_8)));
    String function = deployed.output("LambdaFunctionArn").replaceFirst(".*:", "");
    HttpResponse<String> answer =
        deployed.send(
            "lambda",
            "POST",
            "/2015-03-31/functions/" + function + "/invocations",
            Map.of(),
            event.toString());
    JsonNode proxy = JSON.readTree(answer.body());
    assertThat(proxy.path("statusCode").asInt()).as(answer.body()).isEqualTo(200);
    assertThat(proxy.path("body").asText()).contains("Base 64");
  }

  /** A new socket and TLS handshake for each request; nothing is reused. */
  @Test
  void defect11OneConnectionServesManyRequests() throws Exception {
    deployed.post(Deployed.person("Warm", "Up"));
    long before = deployed.count("appsync.ConnectionOpened");
    for (int i = 0; i < 3; i++) {
      assertThat(deployed.post(Deployed.person("Reused", "" + i)).statusCode()).isEqualTo(200);
    }
    assertThat(deployed.count("appsync.ConnectionOpened")).isEqualTo(before);
  }

  /** Error texts go to callers; events and keys go to the log. */
  @Test
  void defect14NeitherCallerNorLogSeesASecretNorTheLogABody() throws Exception {
    Deployed.assertFullName(
        deployed.post(Deployed.person("Confidential", "Body")), "Confidential Body");
    HttpResponse<String> failed = deployed.post("{\"name\":\"Confidential\"}");
    assertThat(failed.body()).doesNotContain("da2-", "arn:aws", "\tat ");
    HttpResponse<String> logs =
        deployed.send(
            "logs",
            "POST",
            "/",
            Map.of(
                "X-Amz-Target", "Logs_20140328.FilterLogEvents",
                "Content-Type", "application/x-amz-json-1.1"),
            "{\"logGroupName\":\"/aws/lambda/"
                + deployed.output("LambdaFunctionArn").replaceFirst(".*:", "")
                + "\"}");
    assertThat(logs.statusCode()).as(logs.body()).isEqualTo(200);
    assertThat(logs.body())
        .contains("request answered", "correlationId")
        // A request's id may have these characters inside.
        .doesNotContainPattern("\\bda2-[a-z0-9]{26}")
        .doesNotContain("Confidential");
  }

  /** The key's expiry is a literal in the past, and the secret is read only once. */
  @Test
  void defect15AKeyThatIsReplacedIsFetchedAgainWithoutAFailedRequest() throws Exception {
    assertThat(Repository.text("cloudformation/template.yaml"))
        .doesNotContainPattern("Expires: \\d{6,}");
    try (var fresh = Deployed.start(Deployed.config(), Map.of())) {
      Deployed.assertFullName(fresh.post(Deployed.person("Old", "Key")), "Old Key");
      KeyRotation.replaceKeyAndCutConnections(fresh);
      Deployed.assertFullName(fresh.post(Deployed.person("New", "Key")), "New Key");
    }
  }

  /** Any client with the key can read all results by a guess or a wildcard. */
  @Test
  void defect16ChannelsAndIdsCannotBeGuessed() throws Exception {
    HttpResponse<String> response = deployed.post(Deployed.person("Un", "Guessable"));
    assertThat(JSON.readTree(response.body()).path("id").asText()).matches("exec-[0-9a-f]{32}");
    List<String> channels =
        deployed
            .simulator()
            .journal()
            .select(entry -> entry.event().type().equals("appsync.Subscribed"))
            .stream()
            .map(entry -> String.valueOf(entry.event().details().get("channel")))
            .toList();
    assertThat(channels)
        .isNotEmpty()
        .allMatch(channel -> channel.matches("/AsyncEvents/env-[0-9a-f]{32}/\\*"));
  }

  /** 3,000 MB to hold a socket. */
  @Test
  void defect17TheBridgeMakesDoWithFiveHundredMegabytes() throws Exception {
    assertThat(
            number(
                Repository.text("cloudformation/template.yaml"), "BridgeMemorySize:", "Default: "))
        .isLessThanOrEqualTo(512);
  }

  /** The code's hash is that of its path, and a deployment follows only one of its parts. */
  @Test
  void defect18NewCodeAndNewRoutesAreDeployed() throws Exception {
    assertThat(Repository.text("terraform/main.tf"))
        .contains("source_code_hash = filebase64sha256(var.lambda_file)");
    assertThat(Repository.text("terraform/apigateway.tf"))
        .contains("triggers = {")
        .contains("sha1(");
  }

  /** Account numbers, regions and home directories are written into the code. */
  @Test
  void defect19NothingOfOneAccountOrMachineIsInTheDeployment() throws Exception {
    try (Stream<Path> files = Files.list(Repository.path("terraform"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".tf")).toList()) {
        assertThat(Files.readString(file))
            .as(file.toString())
            .doesNotContainPattern("\\b\\d{12}\\b")
            .doesNotContain("/home/", "/Users/", "shared_credentials_file", "*:*/*");
      }
    }
    assertThat(Repository.text("cloudformation/template.yaml")).contains("ApiGatewayLogRole");
  }

  /** The documented commands do not work, and an output is misspelt. */
  @Test
  void defect20TheDocumentedCommandsAreRealOnes() throws Exception {
    for (String page : List.of("README.md", "terraform/README.md", "cloudformation/README.md")) {
      assertThat(Repository.text(page))
          .as(page)
          .doesNotContainPattern("terraform plan[^\\n]*-auto-approve")
          .doesNotContain("sate_machine");
    }
    assertThat(Repository.text("terraform/outputs.tf")).doesNotContain("sate_machine");
  }

  /** The first number after a word that follows another. */
  private static int number(String text, String after, String word) {
    String rest = text.substring(text.indexOf(word, text.indexOf(after)) + word.length());
    return Integer.parseInt(rest.replaceFirst("(?s)[^0-9].*", ""));
  }
}
