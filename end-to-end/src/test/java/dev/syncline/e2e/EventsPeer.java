// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.lambda.inprocess.InProcessFunctions;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import dev.syncline.testing.TestTls;
import dev.syncline.testing.TestZip;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A simulator on real time with one Event API that takes every mode, the namespace {@code default},
 * a key and a Lambda authorizer that lets {@code let-me-in} in.
 */
final class EventsPeer implements AutoCloseable {
  static final String POOL = "us-east-1_Pool";
  static final String LAMBDA_TOKEN = "let-me-in";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Simulator simulator;
  private final String apiId;
  private final String httpHost;
  private final String realtimeHost;
  private final String apiKey;
  private final HttpClient http = HttpClient.newHttpClient();

  private EventsPeer(Simulator simulator) throws Exception {
    this.simulator = simulator;
    createAuthorizer();
    JsonNode api = createApi();
    this.apiId = api.path("apiId").asText();
    this.httpHost = api.at("/dns/HTTP").asText();
    this.realtimeHost = api.at("/dns/REALTIME").asText();
    call("CreateChannelNamespace", input().put("name", "default"));
    this.apiKey = call("CreateApiKey", input()).at("/apiKey/id").asText();
  }

  /**
   * Starts it.
   *
   * @param secondTlsPort -1 for none
   */
  static EventsPeer start(Path work, int secondTlsPort) throws Exception {
    Simulator simulator =
        Simulator.start(
            SimulatorConfig.defaults(work)
                .withClock(new ClockMode.Real())
                .withExecutor(FunctionExecutor.IN_PROCESS, 4)
                .withSecondTlsPort(secondTlsPort));
    try {
      return new EventsPeer(simulator);
    } catch (Exception failure) {
      simulator.close();
      throw failure;
    }
  }

  Simulator simulator() {
    return simulator;
  }

  String httpHost() {
    return httpHost;
  }

  String realtimeHost() {
    return realtimeHost;
  }

  String apiKey() {
    return apiKey;
  }

  Path authority() {
    return simulator.caFile().orElseThrow();
  }

  /** Where it publishes over TLS, without DNS. */
  URI publishing() {
    return URI.create(
        "https://localhost:" + simulator.tlsPort() + "/_aws/appsync-api/" + apiId + "/event");
  }

  /** Where it is subscribed to over TLS, without DNS. */
  URI realtime() {
    return URI.create(publishing().toString().replace("https:", "wss:") + "/realtime");
  }

  /** A client that trusts the simulator's authority and no other. */
  HttpClient trusting() throws Exception {
    return HttpClient.newBuilder().sslContext(TestTls.trusting(authority())).build();
  }

  /** A token of the user pool. */
  String userPoolToken() throws Exception {
    return token(
        JSON.createObjectNode()
            .put("userPoolId", POOL)
            .put("clientId", "web")
            .put("use", "access"));
  }

  /** A token of the issuer built in. */
  String openIdToken() throws Exception {
    return token(JSON.createObjectNode().put("subject", "ana").put("audience", "web"));
  }

  private String token(ObjectNode body) throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(simulator.endpoint() + "/_syncline/issuer/token"))
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    return JSON.readTree(answer.body()).path("token").asText();
  }

  private void createAuthorizer() throws Exception {
    simulator
        .contracts()
        .get(InProcessFunctions.class)
        .register("authorizer", environment -> (input, output, context) -> decide(input, output));
    ObjectNode function =
        JSON.createObjectNode()
            .put("FunctionName", "authorizer")
            .put("Runtime", "java21")
            .put("Handler", "any.Handler")
            .put("Role", "arn:aws:iam::111111111111:role/any");
    function.putObject("Code").put("ZipFile", TestZip.base64("empty", ""));
    call("lambda", "CreateFunction", function);
  }

  private static void decide(InputStream input, OutputStream output) throws IOException {
    boolean good = JSON.readTree(input).path("authorizationToken").asText().equals(LAMBDA_TOKEN);
    output.write(("{\"isAuthorized\":" + good + "}").getBytes(StandardCharsets.UTF_8));
  }

  private JsonNode createApi() throws Exception {
    ObjectNode api = JSON.createObjectNode().put("name", "every mode");
    ObjectNode config = api.putObject("eventConfig");
    config.set(
        "authProviders",
        JSON.readTree(
            """
            [{"authType":"API_KEY"},
             {"authType":"AWS_IAM"},
             {"authType":"AMAZON_COGNITO_USER_POOLS","cognitoConfig":
               {"userPoolId":"%s","awsRegion":"us-east-1"}},
             {"authType":"OPENID_CONNECT","openIDConnectConfig":
               {"issuer":"%s/_syncline/issuer","clientId":"web"}},
             {"authType":"AWS_LAMBDA","lambdaAuthorizerConfig":
               {"authorizerUri":"arn:aws:lambda:us-east-1:111111111111:function:authorizer"}}]
            """
                .formatted(POOL, simulator.endpoint())));
    for (String member :
        List.of("connectionAuthModes", "defaultPublishAuthModes", "defaultSubscribeAuthModes")) {
      var modes = config.putArray(member);
      for (JsonNode provider : config.path("authProviders")) {
        modes.addObject().put("authType", provider.path("authType").asText());
      }
    }
    return call("CreateApi", api).path("api");
  }

  private ObjectNode input() {
    return JSON.createObjectNode().put("apiId", apiId);
  }

  /** Calls an operation of AppSync. */
  JsonNode call(String operation, ObjectNode input) throws Exception {
    return call("appsync", operation, input);
  }

  private JsonNode call(String service, String operation, ObjectNode input) throws Exception {
    CallContext caller = simulator.internalCall();
    return simulator
        .clock()
        .call(() -> simulator.dispatcher().call(service, operation, input, caller).json());
  }

  @Override
  public void close() {
    http.close();
    simulator.close();
  }
}
