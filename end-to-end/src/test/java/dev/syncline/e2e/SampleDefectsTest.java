// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.kernel.Journal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The twenty defects of {@code aws-samples/AppSync_Sync_Async_Integration}, which this replaces,
 * one test each: what the sample does wrong is in the test's comment.
 */
@Timeout(300)
class SampleDefectsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static Deployed deployed;

  @BeforeAll
  static void deploy() throws Exception {
    deployed = Deployed.start(Deployed.config(), Map.of("Backend", "stepfunctions"));
  }

  @AfterAll
  static void stop() {
    CLIENT.close();
    if (deployed != null) {
      deployed.close();
    }
  }

  @AfterEach
  void clearFaults() {
    deployed.simulator().faults().clear();
  }

  /** Subscribes after StartExecution, so an event that comes fast is lost for ever. */
  @Test
  void defect01AnEventThatComesBeforeTheStartReturnsIsAnswered() throws Exception {
    plan("answer", "StartExecution", 1, new Fault.Delay(Duration.ofSeconds(15)));
    assertFullName(deployed.post(Deployed.person("Early", "Bird")), "Early Bird");
  }

  /** A socket that fails or closes becomes 200 with an empty name. */
  @Test
  void defect02AFailedSocketIsNeverAnEmptySuccess() throws Exception {
    deployed.simulator().faults().once("appsync.delivery", new Fault.Disconnect());
    assertFullName(deployed.post(Deployed.person("Cut", "Off")), "Cut Off");
  }

  /** No receive deadline: it hangs until the gateway gives up with 504. */
  @Test
  void defect03WithoutAnAnswerTheCallerIsTold202BeforeTheGatewayGivesUp() throws Exception {
    deployed.simulator().faults().once("appsync.delivery", new Fault.Drop());
    plan("call", "DescribeExecution", 100, refusal("ThrottlingException"));
    HttpResponse<String> response = deployed.post(Deployed.person("No", "Answer"));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    assertThat(response.headers().firstValue("Location")).isPresent();
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
      assertThat(count(fresh, "states.ExecutionStarted")).isZero();
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
    assertFullName(deployed.post(Deployed.person("\"Q\" \\ \\\"", "{}\n'")), "\"Q\" \\ \\\" {}\n'");
  }

  /** A bad or empty body fails after ten seconds, inside the workflow. */
  @Test
  void defect09ABadBodyIsRefusedAtOnceAndNothingIsStarted() throws Exception {
    long before = count(deployed, "states.ExecutionStarted");
    for (String body : List.of("", "{", "nome=Ricardo")) {
      assertThat(deployed.post(body).statusCode()).isEqualTo(400);
    }
    assertThat(count(deployed, "states.ExecutionStarted")).isEqualTo(before);
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
        aws(
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
    long before = count(deployed, "appsync.ConnectionOpened");
    for (int i = 0; i < 3; i++) {
      assertThat(deployed.post(Deployed.person("Reused", "" + i)).statusCode()).isEqualTo(200);
    }
    assertThat(count(deployed, "appsync.ConnectionOpened")).isEqualTo(before);
  }

  /** The socket leaks when the message never comes. */
  @Test
  void defect12AMessageThatNeverComesLeavesNoSocketBehind() throws Exception {
    deployed.post(Deployed.person("Warm", "Up"));
    long before = openConnections();
    for (int i = 0; i < 3; i++) {
      deployed.simulator().faults().once("appsync.delivery", new Fault.Drop());
      assertFullName(
          deployed.post(Deployed.person("Lost", "" + i), "Prefer", "wait=15"), "Lost " + i);
    }
    assertThat(openConnections()).isEqualTo(before);
  }

  /** Callbacks are overwritten and raise, and one bad message ends the connection. */
  @Test
  void defect13AMessageThatCannotBeReadHarmsNothing() throws Exception {
    long before = count(deployed, "appsync.ConnectionClosed");
    deployed.simulator().faults().once("appsync.delivery", new Fault.Corrupt("{\"id\": nonsense"));
    assertFullName(
        deployed.post(Deployed.person("Bad", "Frame"), "Prefer", "wait=15"), "Bad Frame");
    assertFullName(deployed.post(Deployed.person("Next", "One")), "Next One");
    assertThat(count(deployed, "appsync.ConnectionClosed")).isEqualTo(before);
  }

  /** Error texts go to callers; events and keys go to the log. */
  @Test
  void defect14NeitherCallerNorLogSeesASecretNorTheLogABody() throws Exception {
    assertFullName(deployed.post(Deployed.person("Confidential", "Body")), "Confidential Body");
    HttpResponse<String> failed = deployed.post("{\"name\":\"Confidential\"}");
    assertThat(failed.body()).doesNotContain("da2-", "arn:aws", "\tat ");
    HttpResponse<String> logs =
        aws(
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

  /** The key's expiry is a literal in the past, and the secret is read once for ever. */
  @Test
  void defect15AKeyThatIsReplacedIsFetchedAgainWithoutAFailedRequest() throws Exception {
    assertThat(Repository.text("cloudformation/template.yaml"))
        .doesNotContainPattern("Expires: \\d{6,}");
    try (var fresh = Deployed.start(Deployed.config(), Map.of())) {
      Rotation rotation = new Rotation(fresh);
      assertFullName(fresh.post(Deployed.person("Old", "Key")), "Old Key");
      rotation.replaceKeyAndCutConnections();
      assertFullName(fresh.post(Deployed.person("New", "Key")), "New Key");
    }
  }

  /** Anybody with the key can read everybody's results by a guess or a wildcard. */
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

  /** Replaces the API key as an operator does: a new one first, the old one away last. */
  private record Rotation(Deployed fresh) {
    void replaceKeyAndCutConnections() throws Exception {
      String api = eventsApi(fresh);
      JsonNode keys =
          JSON.readTree(
              aws(fresh, "appsync", "GET", "/v1/apis/" + api + "/apikeys", Map.of(), "").body());
      String old = keys.path("apiKeys").get(0).path("id").asText();
      String next =
          JSON.readTree(
                  aws(fresh, "appsync", "POST", "/v1/apis/" + api + "/apikeys", Map.of(), "{}")
                      .body())
              .path("apiKey")
              .path("id")
              .asText();
      assertThat(next).startsWith("da2-").isNotEqualTo(old);
      ok(
          json(
              "secretsmanager",
              "secretsmanager.PutSecretValue",
              JSON.createObjectNode()
                  .put("SecretId", fresh.output("SecretsManagerArn"))
                  .put("SecretString", next)));
      ObjectNode connection = JSON.createObjectNode();
      String arn = fresh.output("ConnectionArn");
      connection.put("Name", arn.split("/")[1]).put("AuthorizationType", "API_KEY");
      connection
          .putObject("AuthParameters")
          .putObject("ApiKeyAuthParameters")
          .put("ApiKeyName", "x-api-key")
          .put("ApiKeyValue", next);
      ok(json("events", "AWSEvents.UpdateConnection", connection));
      ok(aws(fresh, "appsync", "DELETE", "/v1/apis/" + api + "/apikeys/" + old, Map.of(), ""));
      // The living connection would go on with the old key; the next one may not.
      fresh.simulator().faults().once("appsync.delivery", new Fault.Disconnect());
      assertFullName(fresh.post(Deployed.person("In", "Between")), "In Between");
    }

    private static String eventsApi(Deployed fresh) throws Exception {
      return JSON.readTree(aws(fresh, "appsync", "GET", "/v2/apis", Map.of(), "").body())
          .path("apis")
          .get(0)
          .path("apiId")
          .asText();
    }

    private HttpResponse<String> json(String service, String target, ObjectNode input)
        throws Exception {
      return aws(
          fresh,
          service,
          "POST",
          "/",
          Map.of("X-Amz-Target", target, "Content-Type", "application/x-amz-json-1.1"),
          input.toString());
    }

    private static void ok(HttpResponse<String> response) {
      assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
    }
  }

  private static void plan(String place, String operation, int times, Fault fault) {
    deployed
        .simulator()
        .faults()
        .add(place, call -> operation.equals(call.get("operation")), 1, times, fault);
  }

  private static Fault refusal(String type) {
    return new Fault.Refuse(400, type, "Rate exceeded");
  }

  private static long count(Deployed where, String type) {
    return where
        .simulator()
        .journal()
        .select((Journal.Entry entry) -> entry.event().type().equals(type))
        .size();
  }

  private static long openConnections() {
    return count(deployed, "appsync.ConnectionOpened")
        - count(deployed, "appsync.ConnectionClosed");
  }

  private static HttpResponse<String> aws(
      String service, String method, String path, Map<String, String> headers, String body)
      throws Exception {
    return aws(deployed, service, method, path, headers, body);
  }

  /** Calls a service; which one is meant shows in the credential scope. */
  private static HttpResponse<String> aws(
      Deployed where,
      String service,
      String method,
      String path,
      Map<String, String> headers,
      String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(where.simulator().endpoint() + path))
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
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** The first number after a word that follows another. */
  private static int number(String text, String after, String word) {
    String rest = text.substring(text.indexOf(word, text.indexOf(after)) + word.length());
    return Integer.parseInt(rest.replaceFirst("(?s)[^0-9].*", ""));
  }

  private static void assertFullName(HttpResponse<String> response, String fullName)
      throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(JSON.readTree(response.body()).path("fullName").asText()).isEqualTo(fullName);
  }
}
