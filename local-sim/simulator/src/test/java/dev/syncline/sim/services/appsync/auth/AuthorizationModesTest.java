// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.lambda.inprocess.InProcessFunctions;
import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.service.settings.IdentitySettings;
import dev.syncline.sim.service.settings.SignatureCheck;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import dev.syncline.sim.testing.EventApiCalls;
import dev.syncline.testing.TestZip;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every mode over HTTP, as a client on another port sees it. */
class AuthorizationModesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String POOL = "us-east-1_Pool";
  private static final String AUTHORIZER =
      "arn:aws:lambda:us-east-1:111111111111:function:authorizer";

  private static final Map<String, String> SMALL_CONTEXTS =
      Map.of("authorizer-context-bytes", "32");

  @TempDir Path directory;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<JsonNode> asked = new CopyOnWriteArrayList<>();
  private Simulator simulator;
  private String apiId = "";

  @BeforeEach
  void start() throws Exception {
    start(IdentitySettings.DEFAULT, SMALL_CONTEXTS);
  }

  private void start(IdentitySettings identity, Map<String, String> limits) throws Exception {
    simulator =
        Simulator.start(
            SimulatorConfig.defaults(directory)
                .withExecutor(FunctionExecutor.IN_PROCESS, 4)
                .withEventsLimits(limits)
                .withIdentity(identity));
    apiId = createApi();
  }

  @AfterEach
  void stop() {
    simulator.close();
    http.close();
  }

  @Test
  void aTokenOfTheUserPoolPublishes() throws Exception {
    for (String use : List.of("id", "access")) {
      String token = cognito(Map.of("use", use, "groups", List.of("admins")));

      assertThat(publish("authorization", token).statusCode()).as(use).isEqualTo(200);
      assertThat(publish("authorization", "Bearer " + token).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aTokenOfAnotherPoolClientKeyOrTimeDoesNot() throws Exception {
    assertRefused(cognito(Map.of("userPoolId", "us-east-1_Other")));
    assertRefused(cognito(Map.of("clientId", "desktop")));
    String expired = cognito(Map.of("expiresInSeconds", 60));
    pass(Duration.ofSeconds(61));
    assertRefused(expired);
    String good = cognito(Map.of());
    assertRefused(good.substring(0, good.length() - 8) + "AAAAAAAA");
    String[] parts = good.split("\\.");
    String none =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
    assertRefused(none + "." + parts[1] + ".");
  }

  @Test
  void aTokenOfTheBuiltInIssuerPublishesWhereTheApiTrustsIt() throws Exception {
    assertThat(publish("authorization", openId(Map.of("audience", "web"))).statusCode())
        .isEqualTo(200);
    assertRefused(openId(Map.of("audience", "other")));
  }

  @Test
  void aTokenThatIsTooOldForTheApiIsRefusedBeforeItExpires() throws Exception {
    String token = openId(Map.of("audience", "web", "expiresInSeconds", 3600));
    pass(Duration.ofMinutes(11));

    assertRefused(token);
  }

  @Test
  void anyOtherTokenGoesToTheAuthorizer() throws Exception {
    assertThat(publish("authorization", "let-me-in").statusCode()).isEqualTo(200);

    JsonNode event = asked.getFirst();
    assertThat(event.path("authorizationToken").asText()).isEqualTo("let-me-in");
    assertThat(event.at("/requestContext/operation").asText()).isEqualTo("EVENT_PUBLISH");
    assertThat(event.at("/requestContext/channel").asText()).isEqualTo("/default/a");
    assertThat(event.at("/requestContext/channelNamespaceName").asText()).isEqualTo("default");
    assertThat(event.at("/requestContext/apiId").asText()).isEqualTo(apiId);
    assertThat(event.at("/requestHeaders/content-type").asText()).isEqualTo("application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"let-me-not", "let-it-fail", "let-it-babble", "something else"})
  void accessWithoutTheAuthorizersGrantIsRefused(String token) throws Exception {
    assertRefused(token);
    // The expression of the API keeps what is no token at all from the function.
    assertThat(asked).hasSize(token.startsWith("let-") ? 1 : 0);
  }

  @Test
  void anAnswerIsKeptAsLongAsItSays() throws Exception {
    publish("authorization", "let-me-in");
    publish("authorization", "let-me-in");
    assertThat(asked).hasSize(1);

    pass(Duration.ofSeconds(31));
    publish("authorization", "let-me-in");
    assertThat(asked).hasSize(2);
  }

  @Test
  void aSignatureOfAnUnknownKeyIsRefusedUnlessOnlyTheStructureCounts() throws Exception {
    String authorization =
        "AWS4-HMAC-SHA256 Credential=AKIANOBODY/20260301/us-east-1/appsync/aws4_request,"
            + " SignedHeaders=host;x-amz-date, Signature="
            + "0".repeat(64);
    assertThat(signed(authorization, "20260301T000000Z").statusCode()).isEqualTo(401);

    simulator.close();
    start(new IdentitySettings(SignatureCheck.STRUCTURE, Map.of()), SMALL_CONTEXTS);
    assertThat(signed(authorization, "20260301T000000Z").statusCode()).isEqualTo(200);
    assertThat(signed(authorization, "20260302T000000Z").statusCode()).isEqualTo(400);
    assertThat(signed(authorization.replace("appsync", "sqs"), "20260301T000000Z").statusCode())
        .isEqualTo(401);
  }

  @Test
  void aWrongSignatureOfAKnownKeyIsAMismatch() throws Exception {
    HttpResponse<String> answer =
        signed(
            "AWS4-HMAC-SHA256 Credential=test/20260301/us-east-1/appsync/aws4_request,"
                + " SignedHeaders=host;x-amz-date, Signature="
                + "0".repeat(64),
            "20260301T000000Z");

    assertThat(JSON.readTree(answer.body()).at("/errors/0/message").asText())
        .isEqualTo("signature mismatch");
  }

  private void pass(Duration time) throws Exception {
    var passed = new CompletableFuture<Boolean>();
    simulator.clock().schedule(time, () -> passed.complete(true));
    assertThat(simulator.clock().call(() -> simulator.clock().await(passed))).isTrue();
  }

  private void assertRefused(String token) throws Exception {
    HttpResponse<String> answer = publish("authorization", token);
    assertThat(answer.statusCode()).isEqualTo(401);
    JsonNode error = JSON.readTree(answer.body()).at("/errors/0");
    assertThat(error.path("errorType").asText()).isEqualTo("UnauthorizedException");
    assertThat(error.path("message").asText())
        .isEqualTo("You are not authorized to make this call.");
  }

  private HttpResponse<String> signed(String authorization, String date) throws Exception {
    return publish("authorization", authorization, "x-amz-date", date);
  }

  private HttpResponse<String> publish(String... headers) throws Exception {
    var all = new ArrayList<>(List.of("content-type", "application/json"));
    all.addAll(List.of(headers));
    return post(
        "/_aws/appsync-api/" + apiId + "/event",
        "{\"channel\":\"default/a\",\"events\":[\"1\"]}",
        all.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"omitted", "null"})
  @Timeout(120)
  void anAuthorizerIsShownTheChannelOfAConnectionAsChosen(String shown) throws Exception {
    simulator.close();
    start(IdentitySettings.DEFAULT, Map.of("authorizer-connect-channel", shown));
    var answered = new CompletableFuture<String>();
    WebSocket socket =
        http.newWebSocketBuilder()
            .subprotocols("aws-appsync-event-ws")
            .header("authorization", "let-me-in")
            .buildAsync(
                EventApiCalls.realtime(simulator, apiId),
                new WebSocket.Listener() {
                  @Override
                  public @Nullable CompletionStage<?> onText(
                      WebSocket from, CharSequence text, boolean last) {
                    answered.complete(text.toString());
                    return null;
                  }
                })
            .join();
    socket.sendText("{\"type\":\"connection_init\"}", true).join();

    assertThat(answered.join()).contains("connection_ack");
    JsonNode context = asked.getLast().path("requestContext");
    assertThat(context.path("operation").asText()).isEqualTo("EVENT_CONNECT");
    assertThat(context.has("channel")).isEqualTo(shown.equals("null"));
    assertThat(context.path("channel").asText("")).isIn("", "null");
    socket.abort();
  }

  @Test
  void anAuthorizersContextHasALimit() throws Exception {
    assertThat(publish("authorization", "let-me-bring-much").statusCode()).isEqualTo(200);
    assertRefused("let-me-bring-too-much");
  }

  private String cognito(Map<String, Object> over) throws Exception {
    ObjectNode body = JSON.createObjectNode().put("userPoolId", POOL).put("clientId", "web-1");
    over.forEach((name, value) -> body.set(name, JSON.valueToTree(value)));
    return token(body);
  }

  private String openId(Map<String, Object> members) throws Exception {
    return token(JSON.valueToTree(members));
  }

  private String token(JsonNode body) throws Exception {
    HttpResponse<String> answer = post(TokenIssuer.PATH + "/token", body.toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body()).path("token").asText();
  }

  private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(simulator.endpoint() + path))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private String createApi() throws Exception {
    simulator
        .contracts()
        .get(InProcessFunctions.class)
        .register("authorizer", environment -> (input, output, context) -> decide(input, output));
    String function =
        """
        {"FunctionName": "authorizer", "Runtime": "java21", "Handler": "any.Handler",
         "Role": "arn:aws:iam::111111111111:role/any", "Code": {"ZipFile": "%s"}}
        """
            .formatted(TestZip.base64("empty", ""));
    call("lambda", "CreateFunction", (ObjectNode) JSON.readTree(function));
    String providers =
        """
        [{"authType":"AWS_IAM"},
         {"authType":"AMAZON_COGNITO_USER_POOLS","cognitoConfig":
           {"userPoolId":"%s","awsRegion":"us-east-1","appIdClientRegex":"web-.*"}},
         {"authType":"OPENID_CONNECT","openIDConnectConfig":
           {"issuer":"%s%s","clientId":"web","iatTTL":600000}},
         {"authType":"AWS_LAMBDA","lambdaAuthorizerConfig":
           {"authorizerUri":"%s","authorizerResultTtlInSeconds":0,
            "identityValidationExpression":"^let-"}}]
        """
            .formatted(POOL, simulator.endpoint(), TokenIssuer.PATH, AUTHORIZER);
    String modes =
        "[{\"authType\":\"AWS_IAM\"},{\"authType\":\"AMAZON_COGNITO_USER_POOLS\"},"
            + "{\"authType\":\"OPENID_CONNECT\"},{\"authType\":\"AWS_LAMBDA\"}]";
    ObjectNode api = JSON.createObjectNode().put("name", "every");
    ObjectNode config = api.putObject("eventConfig");
    config.set("authProviders", JSON.readTree(providers));
    for (String member :
        List.of("connectionAuthModes", "defaultPublishAuthModes", "defaultSubscribeAuthModes")) {
      config.set(member, JSON.readTree(modes));
    }
    String id = call("appsync", "CreateApi", api).at("/api/apiId").asText();
    call(
        "appsync",
        "CreateChannelNamespace",
        JSON.createObjectNode().put("apiId", id).put("name", "default"));
    return id;
  }

  private void decide(java.io.InputStream input, java.io.OutputStream output) throws IOException {
    JsonNode event = JSON.readTree(input);
    asked.add(event);
    String token = event.path("authorizationToken").asText();
    switch (token) {
      case "let-me-in" ->
          output.write(
              "{\"isAuthorized\":true,\"ttlOverride\":30}".getBytes(StandardCharsets.UTF_8));
      case "let-me-bring-much", "let-me-bring-too-much" ->
          output.write(
              ("{\"isAuthorized\":true,\"handlerContext\":{\"" + token + "\":\"1234567\"}}")
                  .getBytes(StandardCharsets.UTF_8));
      case "let-it-fail" -> throw new IllegalStateException("broken");
      case "let-it-babble" -> output.write("babble".getBytes(StandardCharsets.UTF_8));
      default -> output.write("{\"isAuthorized\":false}".getBytes(StandardCharsets.UTF_8));
    }
  }

  private JsonNode call(String service, String operation, ObjectNode input) throws Exception {
    return EventApiCalls.call(simulator, service, operation, input);
  }
}
