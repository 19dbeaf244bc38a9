// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input from outside: a documented error each time, and the process stays up. */
@Isolated("it measures this process's memory")
@Timeout(180)
class BadInputTest {
  private static Deployed deployed;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @BeforeAll
  static void deploy() throws Exception {
    deployed = Deployed.start(Deployed.config(), Map.of());
  }

  @AfterAll
  static void stop() {
    CLIENT.close();
    if (deployed != null) {
      deployed.close();
    }
  }

  @AfterEach
  void theSystemStillAnswers() throws Exception {
    HttpResponse<String> response = deployed.post(Deployed.person("Still", "Here"));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "not json", "{\"name\":", "{} {}", "\u0000", "{'a':1}", "NaN"})
  void aBodyThatIsNotJsonIsABadRequest(String body) throws Exception {
    long before = executionsStarted();
    assertProblem(deployed.post(body), 400);
    assertThat(executionsStarted()).isEqualTo(before);
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() throws Exception {
    assertProblem(deployed.post("\"" + "x".repeat(1_000_000) + "\""), 413);
  }

  @Test
  void aBodyLargerThanTheGatewayTakesIsRefusedByTheGateway() throws Exception {
    HttpResponse<String> response = deployed.post("\"" + "x".repeat(11_000_000) + "\"");

    assertThat(response.statusCode()).isEqualTo(413);
  }

  @Test
  void aDeeplyNestedBodyIsABadRequestOrAnAnswerNeverACrash() throws Exception {
    String body = "[".repeat(50_000) + "]".repeat(50_000);

    assertThat(deployed.post(body).statusCode()).isBetween(400, 502);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/xml", "multipart/form-data; boundary=x"})
  void aContentTypeThatIsNotJsonIsUnsupported(String type) throws Exception {
    assertProblem(deployed.post(Deployed.person("A", "B"), "Content-Type", type), 415);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exec-00000000000000000000000000000000",
        "unknown",
        "..%2F..%2Fetc",
        "exec-*",
        "exec-0000000000000000000000000000000Z",
        "arn:aws:states:us-east-1:111111111111:execution:x:y"
      })
  void anIdThatIsUnknownOrForgedIsNotFound(String id) throws Exception {
    assertProblem(deployed.get(deployed.api("/event/" + id)), 404);
  }

  @Test
  void aPathOrMethodThatIsNotThereIsForbiddenAsOnApiGateway() throws Exception {
    HttpResponse<String> noPath = deployed.get(deployed.api("/nothing"));
    HttpResponse<String> noMethod = deployed.get(deployed.api("/event"));

    for (HttpResponse<String> response : List.of(noPath, noMethod)) {
      assertThat(response.statusCode()).isEqualTo(403);
      assertThat(response.body()).contains("Missing Authentication Token");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "da2-wrongwrongwrongwrongwrongwr, /AsyncEvents/a, 401",
    "'', /AsyncEvents/a, 401",
    "KEY, /Elsewhere/a, 403",
    "KEY, /AsyncEvents/a/b/c/d/e/f, 400",
    "KEY, /AsyncEvents/*, 400",
    "KEY, /AsyncEvents//a, 400"
  })
  void aPublishWithAWrongKeyOrChannelIsRefused(String key, String channel, int status)
      throws Exception {
    String realKey = key.equals("KEY") ? apiKey() : key;
    var request =
        HttpRequest.newBuilder(eventsUri())
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"channel\":\"" + channel + "\",\"events\":[\"{}\"]}"));
    if (!realKey.isEmpty()) {
      request.header("x-api-key", realKey);
    }

    HttpResponse<String> response =
        CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());

    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.body()).contains("errorType");
  }

  @Test
  void malformedFramesAreAnsweredWithErrorsAndTheConnectionOrTheNextOneWorks() throws Exception {
    var frames =
        List.of(
            "not json",
            "{}",
            "[]",
            "{\"type\":7}",
            "{\"type\":\"nonsense\"}",
            "{\"type\":\"subscribe\"}",
            "{\"type\":\"subscribe\",\"id\":\"\",\"channel\":\"/AsyncEvents/a\"}",
            "{\"type\":\"subscribe\",\"id\":\"a\",\"channel\":\"/AsyncEvents/*/b\"}",
            "{\"type\":\"unsubscribe\",\"id\":\"never\"}",
            "{\"type\":\"publish\",\"id\":\"p\",\"channel\":\"/AsyncEvents/a\",\"events\":7}");
    List<String> answers = Collections.synchronizedList(new ArrayList<>());
    var answered = new CountDownLatch(frames.size());
    WebSocket socket =
        CLIENT
            .newWebSocketBuilder()
            .subprotocols("aws-appsync-event-ws", credentials())
            .buildAsync(realtimeUri(), new Collector(answers, answered))
            .get(30, TimeUnit.SECONDS);
    for (String frame : frames) {
      socket.sendText(frame, true).get(30, TimeUnit.SECONDS);
    }

    assertThat(answered.await(30, TimeUnit.SECONDS)).as("answers %s", answers).isTrue();
    assertThat(answers).allMatch(answer -> answer.contains("error"));
    socket.abort();
  }

  @Test
  void bytesThatAreNotHttpAreRefusedAndTheConnectionIsClosed() throws Exception {
    try (var socket = new Socket("127.0.0.1", deployed.simulator().port())) {
      socket.setSoTimeout(30_000);
      socket
          .getOutputStream()
          .write("\u0001\u0002 nonsense\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();

      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void tenThousandBadRequestsLeaveTheMemoryAsItWas() throws Exception {
    badRequests(2_000);
    long before = usedAfterCollection();
    badRequests(10_000);
    long after = usedAfterCollection();

    // The journal is full before the first measurement; what is left is noise, not growth.
    assertThat(after - before).isLessThan(16L * 1024 * 1024);
  }

  private static void badRequests(int count) throws Exception {
    URI publish = eventsUri();
    for (int i = 0; i < count; i++) {
      var request =
          HttpRequest.newBuilder(publish)
              .header("x-api-key", "da2-wrong" + i)
              .POST(HttpRequest.BodyPublishers.ofString("{\"channel\":" + i))
              .build();
      CLIENT.send(request, HttpResponse.BodyHandlers.discarding());
    }
  }

  private static long usedAfterCollection() throws Exception {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  private static long executionsStarted() {
    return deployed
        .simulator()
        .journal()
        .select(entry -> entry.event().type().equals("states.ExecutionStarted"))
        .size();
  }

  private static void assertProblem(HttpResponse<String> response, int status) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(Deployed.json(response).path("status").asInt()).isEqualTo(status);
    assertThat(Deployed.json(response).path("detail").asText()).isNotEmpty();
    assertThat(response.body()).doesNotContain("Exception", "\tat ");
  }

  private static String dnsId() {
    String host = deployed.output("AppSyncHost");
    return host.substring(0, host.indexOf('.'));
  }

  private static URI eventsUri() {
    return deployed.simulator().endpoint().resolve("/_aws/appsync-api/" + dnsId() + "/event");
  }

  private static URI realtimeUri() {
    return URI.create(
        "ws://127.0.0.1:"
            + deployed.simulator().port()
            + "/_aws/appsync-api/"
            + dnsId()
            + "/event/realtime");
  }

  private static String credentials() {
    String json =
        "{\"host\":\"" + deployed.output("AppSyncHost") + "\",\"x-api-key\":\"" + apiKey() + "\"}";
    return "header-"
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String apiKey() {
    var input =
        com.fasterxml.jackson.databind.node.JsonNodeFactory.instance
            .objectNode()
            .put("SecretId", deployed.output("SecretsManagerArn"));
    return deployed
        .simulator()
        .dispatcher()
        .call("secretsmanager", "GetSecretValue", input, deployed.simulator().internalCall())
        .json()
        .path("SecretString")
        .asText();
  }

  private record Collector(List<String> answers, CountDownLatch left)
      implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      answers.add(data.toString());
      left.countDown();
      socket.request(1);
      return java.util.concurrent.CompletableFuture.completedStage(null);
    }
  }
}
