// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.sources;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.settings.AllowedHost;
import dev.syncline.sim.services.appsync.datasource.DataSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpSourceTest extends SourceFixture {
  private HttpServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", HttpSourceTest::answer);
    server.start();
    allowed =
        List.of(
            AllowedHost.parse("api.example=http://127.0.0.1:" + server.getAddress().getPort()),
            AllowedHost.parse("gone.example=http://127.0.0.1:1"));
    endpoint("api", "https://api.example");
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  private void endpoint(String name, String url) {
    source(name, DataSource.Type.HTTP, "{'httpConfig':{'endpoint':'" + url + "'}}");
  }

  /** Describes the request; the path gives the status, or asks for a large answer. */
  private static void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    ObjectNode seen =
        Json.object()
            .put("method", exchange.getRequestMethod())
            .put("uri", exchange.getRequestURI().toString())
            .put("header", exchange.getRequestHeaders().getFirst("X-Given"))
            .put(
                "body",
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    byte[] bytes = path.equals("/large") ? new byte[1024 * 1024 + 1] : Json.writeBytes(seen);
    exchange.getResponseHeaders().add("X-Answered", "yes");
    exchange.sendResponseHeaders(path.equals("/missing") ? 404 : 200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static JsonNode body(JsonNode result) throws IOException {
    return Json.MAPPER.readTree(result.path("body").asText());
  }

  @Test
  void aRequestHasItsQueryHeadersAndBody() throws IOException {
    JsonNode result =
        value(
            "api",
            "{'version':'2018-05-29','method':'POST','resourcePath':'/a/b?x=1','params':{'query':"
                + "{'q':'a b','n':2},'headers':{'X-Given':'h','Absent':null},'body':{'k':[1]}}}");
    assertThat(result.path("statusCode").asInt()).isEqualTo(200);
    assertThat(result.path("headers").toString()).contains("\"yes\"");
    assertThat(body(result))
        .isEqualTo(
            Json.object()
                .put("method", "POST")
                .put("uri", "/a/b?x=1&q=a%20b&n=2")
                .put("header", "h")
                .put("body", "{\"k\":[1]}"));
  }

  @Test
  void aBodyOfTextIsSentAsItIs() throws IOException {
    assertThat(
            body(value(
                    "api", "{'method':'PUT','resourcePath':'/','params':{'body':'plain, text'}}"))
                .path("body")
                .asText())
        .isEqualTo("plain, text");
  }

  @Test
  void anyStatusIsASuccess() {
    assertThat(
            value("api", "{'method':'GET','resourcePath':'/missing'}").path("statusCode").asInt())
        .isEqualTo(404);
  }

  @Test
  void aHostThatIsNotAllowedIsRefusedByName() {
    endpoint("other", "https://other.example");
    assertThat(failure("other", "{'method':'GET','resourcePath':'/'}"))
        .contains("does not call the host 'other.example'", "--allow-host other.example");
  }

  @Test
  void aPathCannotNameAnotherHost() throws IOException {
    assertThat(
            body(value("api", "{'method':'GET','resourcePath':'@other.example/'}"))
                .path("uri")
                .asText())
        .isEqualTo("/@other.example/");
  }

  @Test
  void aHostThatIsNotReachedIsAnError() {
    endpoint("gone", "https://gone.example");
    assertThat(failure("gone", "{'method':'GET','resourcePath':'/'}"))
        .startsWith("Http:HttpRequestException");
  }

  @Test
  void aHeaderThatCannotBeSentIsNamed() {
    assertThat(
            failure(
                "api",
                "{'method':'GET','resourcePath':'/','params':{'headers':{'X-A':'a\\r\\nX-B: b'}}}"))
        .isEqualTo("MappingTemplate: The header 'X-A' of '$[params][headers]' cannot be sent");
    assertThat(
            failure("api", "{'method':'GET','resourcePath':'/','params':{'headers':{'X A':'a'}}}"))
        .contains("The header 'X A'");
    assertThat(
            failure(
                "api", "{'method':'GET','resourcePath':'/','params':{'headers':{'Upgrade':'x'}}}"))
        .startsWith("Http:HttpRequestException: ")
        .contains("Upgrade");
  }

  @Test
  void anAnswerHasAtMostOneMebibyte() {
    assertThat(failure("api", "{'method':'GET','resourcePath':'/large'}"))
        .contains("more than 1048576 bytes");
  }

  @Test
  void theSimulatorsOwnPathsAreNotCalled() {
    assertThat(failure("api", "{'method':'GET','resourcePath':'/_syncline/journal'}"))
        .contains("/_syncline/journal");
  }

  @Test
  void aDocumentThatIsWrongIsAnErrorOfTheTemplate() {
    assertThat(failure("api", "{'resourcePath':'/'}"))
        .isEqualTo("MappingTemplate: Value for field '$[method]' not found.");
    assertThat(failure("api", "{'method':'GET'}"))
        .isEqualTo("MappingTemplate: Value for field '$[resourcePath]' not found.");
    assertThat(failure("api", "{'method':'FETCH','resourcePath':'/'}"))
        .startsWith("MappingTemplate: Value for field '$[method]' must be");
    assertThat(failure("api", "{'method':'GET','resourcePath':'/','params':{'headers':'x'}}"))
        .isEqualTo("MappingTemplate: Value for field '$[params][headers]' must be an object");
  }

  private void machines(String signing) {
    String role = whole.simulator.internalCall().arn("iam", "role/calls").replace(region(), "");
    source(
        "states",
        DataSource.Type.HTTP,
        "{'serviceRoleArn':'"
            + role
            + "','httpConfig':{'endpoint':'https://sync-states."
            + region()
            + ".amazonaws.com/','authorizationConfig':{'authorizationType':'AWS_IAM',"
            + "'awsIamConfig':{"
            + signing
            + "}}}}");
  }

  private String machine(String state) {
    ObjectNode input =
        Json.object()
            .put("name", "m")
            .put("type", "EXPRESS")
            .put("roleArn", "arn:aws:iam::111111111111:role/r")
            .put("definition", json("{'StartAt':'A','States':{'A':" + state + "}}").toString());
    return whole
        .call("states", "CreateStateMachine", input.toString())
        .path("stateMachineArn")
        .asText();
  }

  private String start(String machine) {
    return "{'version':'2018-05-29','method':'POST','resourcePath':'/','params':{'headers':"
        + "{'content-type':'application/x-amz-json-1.0','x-amz-target':"
        + "'AWSStepFunctions.StartSyncExecution'},'body':{'stateMachineArn':'"
        + machine
        + "','input':'{}'}}}";
  }

  @Test
  void aSignedRequestStartsAStateMachine() throws IOException {
    role("calls", "appsync.amazonaws.com");
    machines("'signingRegion':'" + region() + "','signingServiceName':'states'");
    String machine = machine("{'Type':'Pass','Result':{'done':true},'End':true}");
    JsonNode result = value("states", start(machine));
    assertThat(result.path("statusCode").asInt()).as(result.toString()).isEqualTo(200);
    assertThat(body(result).path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(body(result).path("output").asText()).isEqualTo("{\"done\":true}");
  }

  @Test
  void aRoleMustTrustTheService() {
    machines("'signingServiceName':'states'");
    assertThat(failure("states", start("arn:m"))).contains("Unable to assume role", "role/calls");
    role("calls", "lambda.amazonaws.com");
    assertThat(failure("states", start("arn:m"))).contains("Unable to assume role", "role/calls");
  }

  @Test
  void anAnswerThatTakesMoreThanTenSecondsIsNotAwaited() {
    role("calls", "appsync.amazonaws.com");
    machines("'signingServiceName':'states'");
    String machine = machine("{'Type':'Wait','Seconds':20,'End':true}");
    assertThat(failure("states", start(machine)))
        .isEqualTo("Http:ExecutionTimeoutException: Execution timed out.");
  }
}
