// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.settings.AllowedHost;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import dev.syncline.sim.testing.Workflows;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP Tasks against a real server, by the rules of the Step Functions guide. */
@Timeout(120)
class HttpTaskTest {
  private static final String HTTP = "arn:aws:states:::http:invoke";

  private record Seen(String method, String uri, Map<String, List<String>> headers, String body) {
    String header(String name) {
      return String.join(",", headers.getOrDefault(name, List.of()));
    }
  }

  @TempDir private Path directory;
  private final List<Seen> seen = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private Simulator simulator;
  private Workflows workflows;
  private volatile String validToken = "Bearer t1";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    int port = server.getAddress().getPort();
    simulator =
        Simulator.start(
            SimulatorConfig.defaults(directory)
                .withAllowedHosts(
                    List.of(
                        AllowedHost.parse("api.example=http://127.0.0.1:" + port),
                        AllowedHost.parse("gone.example=http://127.0.0.1:1"))));
    workflows = new Workflows(simulator);
  }

  @AfterEach
  void stop() throws Exception {
    workflows.close();
    simulator.close();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String uri = exchange.getRequestURI().toString();
    seen.add(
        new Seen(exchange.getRequestMethod(), uri, Map.copyOf(exchange.getRequestHeaders()), body));
    String path = exchange.getRequestURI().getPath();
    int status = 200;
    String type = "application/json";
    String answer = "{\"ok\":true}";
    if (path.startsWith("/status/")) {
      status = Integer.parseInt(path.substring("/status/".length()));
      answer = "{\"why\":\"so\"}";
    } else if (path.equals("/text")) {
      type = "text/plain";
      answer = "plain text";
    } else if (path.equals("/image")) {
      type = "image/png";
    } else if (path.equals("/large")) {
      answer = "\"" + "x".repeat(300_000) + "\"";
    } else if (path.equals("/token")) {
      answer = "{\"access_token\":\"t" + count("/token") + "\",\"expires_in\":3600}";
    } else if (path.equals("/guarded")
        && !validToken.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      status = 401;
    }
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private long count(String path) {
    return seen.stream().filter(one -> one.uri().startsWith(path)).count();
  }

  private String connection(String name, String type, String auth) throws Exception {
    ObjectNode input = Json.object().put("Name", name).put("AuthorizationType", type);
    input.set("AuthParameters", Json.MAPPER.readTree(auth.replace('\'', '"')));
    return workflows.call("events", "CreateConnection", input).path("ConnectionArn").asText();
  }

  private String apiKey(String more) throws Exception {
    return connection(
        "key",
        "API_KEY",
        "{'ApiKeyAuthParameters':{'ApiKeyName':'x-key','ApiKeyValue':'secret'}" + more + "}");
  }

  private JsonNode run(String connection, String fields) throws Exception {
    String machine =
        workflows.task(
            "m", HTTP, "{'Authentication':{'ConnectionArn':'" + connection + "'}," + fields + "}");
    return workflows.run(machine, "e", "{}");
  }

  @Test
  void anAllowedHostDoesNotLeadToTheSimulatorsOwnPaths() throws Exception {
    JsonNode run =
        run(apiKey(""), "'ApiEndpoint':'https://api.example/_syncline/shutdown','Method':'POST'");

    assertThat(run.path("error").asText()).isEqualTo("States.Http.Socket");
    assertThat(run.path("cause").asText()).contains("/_syncline/shutdown");
    assertThat(seen).isEmpty();
  }

  @Test
  void theRequestCarriesWhatStepFunctionsSendsAndTheResultTellsOfTheAnswer() throws Exception {
    JsonNode run =
        run(
            apiKey(""),
            "'ApiEndpoint':'https://api.example/orders?a=1','Method':'POST',"
                + "'Headers':{'X-One':'1','X-Many':['2','3']},"
                + "'QueryParameters':{'q':'a b','list':['x','y'],'o':{'k':1}},"
                + "'RequestBody':{'n':1}");

    JsonNode output = Json.MAPPER.readTree(run.path("output").asText());
    assertThat(output.path("ResponseBody")).hasToString("{\"ok\":true}");
    assertThat(output.path("StatusCode").asInt()).isEqualTo(200);
    assertThat(output.path("StatusText").asText()).isEqualTo("OK");
    assertThat(output.at("/Headers/content-type/0").asText()).isEqualTo("application/json");
    Seen request = seen.get(0);
    assertThat(request.uri()).isEqualTo("/orders?a=1&q=a%20b&list=x&list=y&o=%7B%22k%22%3A1%7D");
    assertThat(request.body()).isEqualTo("{\"n\":1}");
    assertThat(request.header("X-key")).isEqualTo("secret");
    assertThat(request.header("X-one")).isEqualTo("1");
    assertThat(request.header("X-many")).isEqualTo("2,3");
    assertThat(request.header("Content-type")).isEqualTo("application/json; charset=UTF-8");
    assertThat(request.header("User-agent")).isEqualTo("Amazon|StepFunctions|HttpInvoke|us-east-1");
    assertThat(request.header("Range")).isEqualTo("bytes=0-262144");
  }

  @Test
  void theConnectionsParametersWinOverTheTasks() throws Exception {
    String connection =
        apiKey(
            ",'InvocationHttpParameters':{"
                + "'HeaderParameters':[{'Key':'X-One','Value':'theirs'}],"
                + "'QueryStringParameters':[{'Key':'q','Value':'theirs'}],"
                + "'BodyParameters':[{'Key':'n','Value':'theirs'}]}");

    run(
        connection,
        "'ApiEndpoint':'https://api.example/','Method':'PUT','Headers':{'x-one':'mine'},"
            + "'QueryParameters':{'q':'mine','r':'mine'},'RequestBody':{'n':'mine','m':1}");

    assertThat(seen.get(0).header("X-one")).isEqualTo("theirs");
    assertThat(seen.get(0).uri()).isEqualTo("/?r=mine&q=theirs");
    assertThat(seen.get(0).body()).isEqualTo("{\"n\":\"theirs\",\"m\":1}");
  }

  @Test
  void aTextBodyDoesNotGoWithAConnectionThatAddsToIt() throws Exception {
    String connection =
        apiKey(",'InvocationHttpParameters':{'BodyParameters':[{'Key':'n','Value':'1'}]}");

    JsonNode run =
        run(
            connection,
            "'ApiEndpoint':'https://api.example/','Method':'POST','RequestBody':'text'");

    assertThat(run.path("error").asText()).isEqualTo("States.Runtime");
    assertThat(run.path("cause").asText()).contains("RequestBody");
    assertThat(seen).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
                                                     | a%5B0%5D=x&a%5B1%5D=y&m%5Bn%20o%5D=1%202
          ,'RequestEncodingOptions':{'ArrayFormat':'INDICES'}  | a%5B0%5D=x&a%5B1%5D=y&m%5Bn%20o%5D=1%202
          ,'RequestEncodingOptions':{'ArrayFormat':'REPEAT'}   | a=x&a=y&m%5Bn%20o%5D=1%202
          ,'RequestEncodingOptions':{'ArrayFormat':'BRACKETS'} | a%5B%5D=x&a%5B%5D=y&m%5Bn%20o%5D=1%202
          ,'RequestEncodingOptions':{'ArrayFormat':'COMMAS'}   | a=x,y&m%5Bn%20o%5D=1%202
          """)
  void aFormWritesArraysAsAsked(String options, String form) throws Exception {
    run(
        apiKey(""),
        "'ApiEndpoint':'https://api.example/','Method':'POST',"
            + "'Headers':{'content-type':'application/x-www-form-urlencoded'},"
            + "'RequestBody':{'a':['x','y'],'m':{'n o':'1 2'}},"
            + "'Transform':{'RequestBodyEncoding':'URL_ENCODED'"
            + (options == null ? "" : options)
            + "}");

    assertThat(seen.get(0).body()).isEqualTo(form);
    assertThat(seen.get(0).header("Content-type")).isEqualTo("application/x-www-form-urlencoded");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "host",
        "X-Forwarded-For",
        "x-amz-date",
        "Via",
        "X-Amzn-Trace-Id"
      })
  void headersThatAwsKeepsToItselfAreRefused(String header) throws Exception {
    JsonNode run =
        run(
            apiKey(""),
            "'ApiEndpoint':'https://api.example/','Method':'GET','Headers':{'" + header + "':'v'}");

    assertThat(run.path("error").asText()).isEqualTo("States.Runtime");
    assertThat(run.path("cause").asText()).contains(header);
    assertThat(seen).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/status/404,States.Http.StatusCode.404,Not Found",
    "/status/429,States.Http.StatusCode.429,Too Many Requests",
    "/status/503,States.Http.StatusCode.503,Service Unavailable",
    "/image,States.Runtime,image/png",
    "/large,States.DataLimitExceeded,exceeding the maximum number of bytes",
  })
  void answersThatDoNotServeAreErrors(String path, String error, String cause) throws Exception {
    JsonNode run =
        run(apiKey(""), "'ApiEndpoint':'https://api.example" + path + "','Method':'GET'");

    assertThat(run.path("error").asText()).isEqualTo(error);
    assertThat(run.path("cause").asText()).contains(cause);
  }

  @Test
  void anAnswerThatIsNotJsonIsAText() throws Exception {
    JsonNode run = run(apiKey(""), "'ApiEndpoint':'https://api.example/text','Method':'GET'");

    assertThat(Json.MAPPER.readTree(run.path("output").asText()).path("ResponseBody").asText())
        .isEqualTo("plain text");
  }

  @ParameterizedTest
  @CsvSource({
    "https://other.example/,States.Http.Socket,--allow-host other.example",
    "https://api.example:8443/,States.Http.Socket,--allow-host api.example",
    "https://gone.example/,States.Http.Socket,gone.example",
    "http://api.example/,States.Runtime,https",
    "not a url,States.Runtime,ApiEndpoint",
  })
  void hostsOutsideAreRefusedUnlessAllowed(String endpoint, String error, String cause)
      throws Exception {
    JsonNode run = run(apiKey(""), "'ApiEndpoint':'" + endpoint + "','Method':'GET'");

    assertThat(run.path("error").asText()).isEqualTo(error);
    assertThat(run.path("cause").asText()).contains(cause);
    assertThat(seen).isEmpty();
  }

  @Test
  void aConnectionThatIsNotThereOrNotAuthorizedIsNamed() throws Exception {
    String connection = apiKey("");
    JsonNode missing = run(connection + "x", "'ApiEndpoint':'https://api.example/','Method':'GET'");
    workflows.call("events", "DeauthorizeConnection", Json.object().put("Name", "key"));
    String again =
        workflows.task(
            "n",
            HTTP,
            "{'InvocationConfig':{'ConnectionArn':'"
                + connection
                + "'},'ApiEndpoint':'https://api.example/','Method':'GET'}");

    assertThat(missing.path("error").asText())
        .isEqualTo("Events.ConnectionResource.ResourceNotFound");
    assertThat(workflows.run(again, "f", "{}").path("error").asText())
        .isEqualTo("Events.ConnectionResource.InvalidConnectionState");
  }

  @Test
  void anOAuthTokenIsFetchedOnceAndAgainAfterARefusal() throws Exception {
    String connection =
        connection(
            "oauth",
            "OAUTH_CLIENT_CREDENTIALS",
            "{'OAuthParameters':{'AuthorizationEndpoint':'https://api.example/token',"
                + "'HttpMethod':'POST',"
                + "'ClientParameters':{'ClientID':'me','ClientSecret':'hush & more'},"
                + "'OAuthHttpParameters':{'BodyParameters':[{'Key':'scope','Value':'a b'}]}}}");
    String machine =
        workflows.task(
            "m",
            HTTP,
            "{'Authentication':{'ConnectionArn':'"
                + connection
                + "'},'ApiEndpoint':'https://api.example/guarded','Method':'GET'}");

    assertThat(workflows.run(machine, "a", "{}").path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(workflows.run(machine, "b", "{}").path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(count("/token")).isEqualTo(1);
    assertThat(seen.get(0).body())
        .isEqualTo(
            "grant_type=client_credentials&client_id=me&client_secret=hush%20%26%20more"
                + "&scope=a%20b");

    validToken = "Bearer t2";
    assertThat(workflows.run(machine, "c", "{}").path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(count("/token")).isEqualTo(2);

    validToken = "Bearer other";
    assertThat(workflows.run(machine, "d", "{}").path("error").asText())
        .isEqualTo("States.Http.StatusCode.401");
    assertThat(count("/token")).isEqualTo(3);
  }

  private JsonNode tested(String connection, boolean revealSecrets) throws Exception {
    ObjectNode state = Json.object().put("Type", "Task").put("Resource", HTTP).put("End", true);
    ObjectNode parameters = state.putObject("Parameters");
    parameters.put("ApiEndpoint", "https://api.example/guarded?a=1").put("Method", "POST");
    parameters.putObject("Authentication").put("ConnectionArn", connection);
    parameters.putObject("Headers").put("X-One", "1");
    parameters.putObject("RequestBody").put("n", 1);
    ObjectNode input =
        Json.object()
            .put("definition", state.toString())
            .put("roleArn", "arn:aws:iam::000000000000:role/r")
            .put("inspectionLevel", "TRACE")
            .put("revealSecrets", revealSecrets);
    return workflows.call("states", "TestState", input).path("inspectionData");
  }

  @Test
  void aTestedStateTellsItsRequestAndTheAnswerWithoutWhatTheConnectionAdds() throws Exception {
    JsonNode data =
        tested(
            apiKey(
                ",'InvocationHttpParameters':{'QueryStringParameters':"
                    + "[{'Key':'q','Value':'hidden'}]}"),
            false);

    JsonNode request = data.path("request");
    assertThat(request.path("protocol").asText()).isEqualTo("https");
    assertThat(request.path("method").asText()).isEqualTo("POST");
    assertThat(request.path("url").asText()).isEqualTo("https://api.example/guarded?a=1");
    assertThat(request.path("headers").asText()).startsWith("[X-One: 1, ").doesNotContain("secret");
    assertThat(request.path("body").asText()).isEqualTo("{\"n\":1}");
    JsonNode response = data.path("response");
    assertThat(response.path("statusCode").asText()).isEqualTo("401");
    assertThat(response.path("statusMessage").asText()).isEqualTo("Unauthorized");
    assertThat(response.path("headers").asText().toLowerCase(Locale.ROOT))
        .contains("content-type: application/json");
    assertThat(response.path("body").asText()).isEqualTo("{\"ok\":true}");
  }

  @Test
  void aTestedStateTellsTheSecretsOfItsRequestWhenAskedTo() throws Exception {
    JsonNode key = tested(apiKey(""), true);
    assertThat(key.path("request").path("headers").asText()).contains("x-key: secret");

    String oauth =
        connection(
            "oauth",
            "OAUTH_CLIENT_CREDENTIALS",
            "{'OAuthParameters':{'AuthorizationEndpoint':'https://api.example/token',"
                + "'HttpMethod':'POST','ClientParameters':{'ClientID':'i','ClientSecret':'s'}}}");
    JsonNode token = tested(oauth, true);
    assertThat(token.path("request").path("headers").asText()).contains("Authorization: Bearer t1");
    assertThat(token.path("response").path("statusCode").asText()).isEqualTo("200");
    assertThat(tested(oauth, false).path("request").path("headers").asText())
        .doesNotContain("Bearer");
  }
}
