// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The event and response contract of Lambda proxy integrations, and the gateway's own answers. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class GatewayDataPlaneTest {
  @TempDir Path directory;
  private Gateway gateway;
  private volatile String answer = "{\"statusCode\":200,\"body\":\"ok\"}";
  private volatile JsonNode event = MissingNode.getInstance();

  @BeforeEach
  void start() {
    gateway = new Gateway(directory);
    gateway.function(
        "f",
        (in, out, context) -> {
          event = Gateway.JSON.readTree(in);
          String text = answer;
          if (text.equals("throw")) {
            throw new IllegalStateException("no");
          }
          if (text.equals("hang")) {
            await();
          }
          out.write(text.getBytes(StandardCharsets.UTF_8));
        });
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void theEventIsTheDocumentedOne() {
    String api = deployed("");

    HttpResponse response =
        gateway.send(
            api,
            "POST",
            "/event/a%20b/?x=1&x=2&y=",
            "{\"n\":\"\u00fc\"}",
            "Host",
            "localhost:4566",
            "content-type",
            "application/json",
            "user-agent",
            "curl/8",
            "authorization",
            "Bearer t",
            "X-Twice",
            "1",
            "X-Twice",
            "2",
            "Connection",
            "keep-alive",
            "Content-Length",
            "9",
            "TE",
            "trailers");

    assertThat(response.status()).isEqualTo(200);
    JsonNode seen = event;
    assertThat(seen.get("resource").asText()).isEqualTo("/event/{id}");
    assertThat(seen.get("path").asText()).isEqualTo("/event/a%20b/");
    assertThat(seen.get("httpMethod").asText()).isEqualTo("POST");
    assertThat(seen.get("pathParameters").get("id").asText()).isEqualTo("a%20b");
    assertThat(seen.get("queryStringParameters").toString()).isEqualTo("{\"x\":\"2\",\"y\":\"\"}");
    assertThat(seen.get("multiValueQueryStringParameters").toString())
        .isEqualTo("{\"x\":[\"1\",\"2\"],\"y\":[\"\"]}");
    JsonNode headers = seen.get("headers");
    assertThat(headers.get("Authorization").asText()).isEqualTo("Bearer t");
    assertThat(headers.get("User-Agent").asText()).isEqualTo("curl/8");
    assertThat(headers.get("X-Twice").asText()).isEqualTo("2");
    assertThat(headers.get("X-Forwarded-For").asText()).isEqualTo("127.0.0.1");
    assertThat(headers.has("Connection") || headers.has("Content-Length") || headers.has("TE"))
        .isFalse();
    assertThat(seen.get("multiValueHeaders").get("X-Twice").toString()).isEqualTo("[\"1\",\"2\"]");
    assertThat(seen.get("stageVariables").isNull()).isTrue();
    assertThat(seen.get("body").asText()).isEqualTo("{\"n\":\"\u00fc\"}");
    assertThat(seen.get("isBase64Encoded").asBoolean()).isFalse();
    JsonNode context = seen.get("requestContext");
    assertThat(context.get("path").asText()).isEqualTo("/dev/event/a%20b/");
    assertThat(context.get("requestTime").asText()).matches("04/Mar/2026:05:06:\\d\\d \\+0000");
    assertThat(context.get("identity").get("sourceIp").asText()).isEqualTo("127.0.0.1");
    assertThat(context.get("identity").get("caller").isNull()).isTrue();
    assertThat(context.get("domainName").asText())
        .isEqualTo(api + ".execute-api.us-east-1.amazonaws.com");
    assertThat(context.get("requestId").asText())
        .isEqualTo(response.headers().first("x-amzn-RequestId").orElseThrow());
    assertThat(response.headers().first("x-amz-apigw-id")).isPresent();
    assertThat(response.headers().first("X-Amzn-Trace-Id"))
        .contains(headers.get("X-Amzn-Trace-Id").asText());
  }

  @Test
  void absentMapsAndAnEmptyBodyAreNull() {
    String api = deployed("");

    gateway.send(api, "POST", "/event", "");

    for (String member :
        new String[] {
          "queryStringParameters",
          "multiValueQueryStringParameters",
          "pathParameters",
          "stageVariables",
          "body"
        }) {
      assertThat(event.get(member).isNull()).as(member).isTrue();
    }
  }

  @Test
  void aBodyThatIsNotTextArrivesAsBase64() {
    String api = deployed("");
    byte[] body = {(byte) 0xff, 0, 1};

    gateway.send(api, "POST", "/event", body);

    assertThat(event.get("isBase64Encoded").asBoolean()).isTrue();
    assertThat(Base64.getDecoder().decode(event.get("body").asText())).isEqualTo(body);
  }

  @Test
  void binaryMediaTypesAreBase64BothWays() {
    String api = deployed(", 'binaryMediaTypes': ['image/png']");
    answer =
        "{\"statusCode\":200,\"isBase64Encoded\":true,\"body\":\"AQID\","
            + "\"headers\":{\"Content-Type\":\"image/png\"}}";

    HttpResponse asked =
        gateway.send(
            api, "POST", "/event", "abc", "Content-Type", "image/png", "Accept", "image/png");
    HttpResponse notAsked = gateway.send(api, "POST", "/event", "abc", "Accept", "text/plain");

    assertThat(asked.body()).isEqualTo(new byte[] {1, 2, 3});
    assertThat(Gateway.text(notAsked)).isEqualTo("AQID");
    gateway.send(api, "POST", "/event", "abc", "Content-Type", "image/png");
    assertThat(event.get("body").asText()).isEqualTo("YWJj");
  }

  @Test
  void theHostFormLeadsToTheSameStage() {
    String api = deployed("");

    HttpResponse response =
        gateway.answer(
            new HttpRequest(
                "POST",
                "/dev/event",
                "",
                Headers.of("Host", api + ".execute-api.us-east-1.amazonaws.com:4566"),
                new byte[0],
                "127.0.0.1",
                true));

    assertThat(response.status()).isEqualTo(200);
    assertThat(event.get("headers").get("X-Forwarded-Proto").asText()).isEqualTo("https");
  }

  @Test
  void headersOfTheAnswerAreMergedAndReservedOnesRenamed() {
    String api = deployed("");
    answer =
        "{\"statusCode\":\"201\",\"headers\":{\"x-a\":\"1\",\"Server\":\"me\",\"x-b\":true},"
            + "\"multiValueHeaders\":{\"X-A\":[\"1\",\"2\"]}}";

    HttpResponse response = gateway.send(api, "POST", "/event", "{}");

    assertThat(response.status()).isEqualTo(201);
    assertThat(response.headers().all("X-A")).containsExactly("1", "2");
    assertThat(response.headers().first("x-b")).contains("true");
    assertThat(response.headers().first("Server")).isEmpty();
    assertThat(response.headers().first("x-amzn-Remapped-Server")).contains("me");
    assertThat(response.headers().first("Content-Type")).contains("application/json");
    assertThat(response.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "throw",
        "null",
        "\"text\"",
        "[]",
        "{\"statusCode\":200,\"body\":{}}",
        "{\"statusCode\":200,\"cookies\":[]}",
        "{\"statusCode\":\"OK\"}",
        "{\"statusCode\":200,\"headers\":{\"a\":1}}",
        "{\"statusCode\":200,\"multiValueHeaders\":{\"a\":\"1\"}}",
        "{\"statusCode\":200,\"isBase64Encoded\":\"yes\"}"
      })
  void aFunctionThatFailsOrAnswersInTheWrongShapeIs502(String returned) {
    String api = deployed("");
    answer = returned;

    HttpResponse response = gateway.send(api, "POST", "/event", "{}");

    assertThat(response.status()).isEqualTo(502);
    assertThat(Gateway.text(response)).isEqualTo("{\"message\":\"Internal server error\"}");
    assertThat(response.headers().first("x-amzn-ErrorType"))
        .contains("InternalServerErrorException");
  }

  @ParameterizedTest
  @CsvSource({"GET,/event", "POST,/nowhere", "POST,/", "POST,/event/1/2"})
  void anUnknownPathOrMethodIs403(String method, String path) {
    String api = deployed("");

    HttpResponse response = gateway.send(api, method, path, "");

    assertThat(response.status()).isEqualTo(403);
    assertThat(Gateway.text(response)).isEqualTo("{\"message\":\"Missing Authentication Token\"}");
    assertThat(response.headers().first("x-amzn-ErrorType"))
        .contains("MissingAuthenticationTokenException");
  }

  @Test
  void anUnknownStageOrApiIs403() {
    deployed("");

    HttpResponse response = gateway.send("nosuchapi1", "POST", "/event", "");

    assertThat(response.status()).isEqualTo(403);
    assertThat(Gateway.text(response)).isEqualTo("{\"message\":\"Forbidden\"}");
  }

  @Test
  void theIntegrationTimeoutIs504OnTheSimulatorsClock() {
    String api = deployed("");
    answer = "hang";

    HttpResponse response = gateway.send(api, "POST", "/event", "{}");

    assertThat(response.status()).isEqualTo(504);
    assertThat(Gateway.text(response)).isEqualTo("{\"message\":\"Endpoint request timed out\"}");
    assertThat(gateway.clock.skipped()).isGreaterThan(java.time.Duration.ofSeconds(28));
    assertThat(gateway.journal.select(entry -> entry.event() instanceof GatewayEvent.Responded))
        .singleElement()
        .satisfies(entry -> assertThat(entry.event().details()).containsEntry("status", "504"));
  }

  @Test
  void withoutPermissionTheGatewayAnswers500() {
    String api = api("");
    gateway.deploy(api);

    HttpResponse response = gateway.send(api, "POST", "/event", "{}");

    assertThat(response.status()).isEqualTo(500);
    assertThat(Gateway.text(response)).isEqualTo("{\"message\":\"Internal server error\"}");
    assertThat(event.isMissingNode()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:execute-api:us-east-1:111111111111:API/*/POST/event, 200",
    "arn:aws:execute-api:us-east-1:111111111111:API/*/*, 200",
    "arn:aws:execute-api:us-east-1:111111111111:API/*/GET/event, 500",
    "arn:aws:execute-api:us-east-1:111111111111:other/*/*, 500"
  })
  void thePermissionsSourceArnDecides(String sourceArn, int status) {
    String api = api("");
    gateway.deploy(api);
    gateway.call(
        "lambda",
        "AddPermission",
        "{'FunctionName': 'f', 'StatementId': 's', 'Action': 'lambda:InvokeFunction',"
            + " 'Principal': 'apigateway.amazonaws.com', 'SourceArn': '"
            + sourceArn.replace("API", api)
            + "'}");

    assertThat(gateway.send(api, "POST", "/event", "{}").status()).isEqualTo(status);
  }

  @Test
  void aBodyOverTheLimitIs413() {
    String api = deployed("");

    HttpResponse overTheGateways =
        gateway.send(api, "POST", "/event", new byte[10 * 1024 * 1024 + 1]);
    HttpResponse overLambdas = gateway.send(api, "POST", "/event", "x".repeat(7 * 1024 * 1024));

    assertThat(overTheGateways.status()).isEqualTo(413);
    assertThat(Gateway.text(overTheGateways)).isEqualTo("{\"message\":\"Request Too Long\"}");
    assertThat(overLambdas.status()).isEqualTo(413);
  }

  @Test
  void aDeploymentIsASnapshot() {
    String api = deployed("");
    String late = gateway.resource(api, "late");
    gateway.method(api, late, "POST", "");
    gateway.proxy(api, late, "POST", "f", "");

    assertThat(gateway.send(api, "POST", "/late", "{}").status()).isEqualTo(403);
    gateway.deploy(api);
    assertThat(gateway.send(api, "POST", "/late", "{}").status()).isEqualTo(200);
  }

  @Test
  void namesGoBeforeVariablesAndVariablesBeforeGreedyOnes() {
    String api = api("");
    for (String[] parts : new String[][] {{"a", "b"}, {"a2", "{x}"}, {"a3", "{proxy+}"}}) {
      String id = gateway.resource(api, parts);
      gateway.method(api, id, "ANY", "");
      gateway.proxy(api, id, "ANY", "f", "");
    }
    gateway.permit("f");
    gateway.deploy(api);

    gateway.send(api, "PUT", "/a3/x/y%2Fz", "");
    assertThat(event.get("resource").asText()).isEqualTo("/a3/{proxy+}");
    assertThat(event.get("pathParameters").get("proxy").asText()).isEqualTo("x/y%2Fz");
    gateway.send(api, "GET", "/a2/b", "");
    assertThat(event.get("resource").asText()).isEqualTo("/a2/{x}");
    assertThat(gateway.send(api, "GET", "/a/c", "").status()).isEqualTo(403);
  }

  @Test
  void stageVariablesReachTheFunctionAndTheUri() {
    String api = api("");
    String id = gateway.resource(api, "v");
    gateway.method(api, id, "POST", "");
    gateway.proxy(api, id, "POST", "${stageVariables.fn}", "");
    gateway.permit("f");
    gateway.deploy(api);
    gateway.gateway(
        "UpdateStage",
        "{'restApiId': '"
            + api
            + "', 'stageName': 'dev', 'patchOperations': [{'op': 'replace', 'path':"
            + " '/variables/fn', 'value': 'f'}]}");

    assertThat(gateway.send(api, "POST", "/v", "{}").status()).isEqualTo(200);
    assertThat(event.get("stageVariables").get("fn").asText()).isEqualTo("f");
  }

  @Test
  void aBodyIsCheckedAgainstItsModel() {
    String api = gateway.api("");
    gateway.gateway(
        "CreateModel",
        "{'restApiId': '"
            + api
            + "', 'name': 'Event', 'contentType': 'application/json', 'schema':"
            + " '{\\\"type\\\":\\\"object\\\",\\\"required\\\":[\\\"name\\\"]}'}");
    String validator =
        gateway
            .gateway(
                "CreateRequestValidator",
                "{'restApiId': '"
                    + api
                    + "', 'name': 'v', 'validateRequestBody': true,"
                    + " 'validateRequestParameters': true}")
            .get("id")
            .asText();
    String id = gateway.resource(api, "event");
    gateway.method(
        api,
        id,
        "POST",
        ", 'requestModels': {'application/json': 'Event'}, 'requestValidatorId': '"
            + validator
            + "', 'requestParameters': {'method.request.querystring.q': true,"
            + " 'method.request.header.X-H': true}");
    gateway.proxy(api, id, "POST", "f", "");
    gateway.permit("f");
    gateway.deploy(api);

    HttpResponse parameters = gateway.send(api, "POST", "/event", "{\"name\":1}");
    HttpResponse model = gateway.send(api, "POST", "/event?q=1", "{}", "X-H", "1");
    HttpResponse empty = gateway.send(api, "POST", "/event?q=1", "", "X-H", "1");
    HttpResponse good = gateway.send(api, "POST", "/event?q=1", "{\"name\":1}", "X-H", "1");

    assertThat(parameters.status()).isEqualTo(400);
    assertThat(Gateway.text(parameters))
        .isEqualTo("{\"message\":\"Missing required request parameters: [q, X-H]\"}");
    assertThat(model.status()).isEqualTo(400);
    assertThat(Gateway.text(model)).isEqualTo("{\"message\":\"Invalid request body\"}");
    assertThat(model.headers().first("x-amzn-ErrorType")).contains("BadRequestException");
    assertThat(empty.status()).isEqualTo(400);
    assertThat(good.status()).isEqualTo(200);
  }

  @Test
  void aGatewayResponseIsConfigured() {
    String api = api("");
    gateway.gateway(
        "PutGatewayResponse",
        "{'restApiId': '"
            + api
            + "', 'responseType': 'MISSING_AUTHENTICATION_TOKEN', 'statusCode': '404',"
            + " 'responseParameters': {'gatewayresponse.header.X-Why': '\\u0027no\\u0027'},"
            + " 'responseTemplates': {'application/problem+json':"
            + " '{\\\"title\\\":$context.error.messageString,\\\"id\\\":\\\"$context.requestId\\\"}'}}");
    gateway.permit("f");
    gateway.deploy(api);

    HttpResponse response = gateway.send(api, "POST", "/nowhere", "");

    assertThat(response.status()).isEqualTo(404);
    assertThat(response.headers().first("Content-Type")).contains("application/problem+json");
    assertThat(response.headers().first("X-Why")).contains("no");
    assertThat(Gateway.text(response))
        .isEqualTo(
            "{\"title\":\"Missing Authentication Token\",\"id\":\""
                + response.headers().first("x-amzn-RequestId").orElseThrow()
                + "\"}");
  }

  @Test
  void aMockAnswersFromItsConfiguration() {
    String api = api("");
    String id = gateway.resource(api, "mock");
    gateway.method(api, id, "OPTIONS", "");
    gateway.gateway(
        "PutIntegration",
        Gateway.target(api, id, "OPTIONS")
            + ", 'type': 'MOCK', 'requestTemplates': {'application/json':"
            + " '{\\\"statusCode\\\": 204}'}}");
    gateway.gateway(
        "PutMethodResponse",
        Gateway.target(api, id, "OPTIONS")
            + ", 'statusCode': '204', 'responseParameters':"
            + " {'method.response.header.Access-Control-Allow-Origin': true}}");
    gateway.gateway(
        "PutIntegrationResponse",
        Gateway.target(api, id, "OPTIONS")
            + ", 'statusCode': '204', 'responseParameters':"
            + " {'method.response.header.Access-Control-Allow-Origin': '\\u0027*\\u0027'}}");
    gateway.deploy(api);

    HttpResponse response = gateway.send(api, "OPTIONS", "/mock", "");

    assertThat(response.status()).isEqualTo(204);
    assertThat(response.headers().first("Access-Control-Allow-Origin")).contains("*");
  }

  @Test
  void aThrottledMethodAnswers429UntilTimeHasPassed() {
    String api = deployed("");
    gateway.gateway(
        "UpdateStage",
        "{'restApiId': '"
            + api
            + "', 'stageName': 'dev', 'patchOperations': ["
            + "{'op': 'replace', 'path': '/~1event/POST/throttling/burstLimit', 'value': '1'},"
            + "{'op': 'replace', 'path': '/~1event/POST/throttling/rateLimit', 'value':"
            + " '0.001'}]}");

    assertThat(gateway.send(api, "POST", "/event", "{}").status()).isEqualTo(200);
    HttpResponse throttled = gateway.send(api, "POST", "/event", "{}");
    assertThat(throttled.status()).isEqualTo(429);
    assertThat(Gateway.text(throttled)).isEqualTo("{\"message\":\"Too Many Requests\"}");
  }

  @Test
  void accessAndExecutionLogsAreWrittenWhenTheStageAsks() {
    String api = deployed("");
    gateway.gateway(
        "UpdateStage",
        "{'restApiId': '"
            + api
            + "', 'stageName': 'dev', 'patchOperations': ["
            + "{'op': 'replace', 'path': '/accessLogSettings/destinationArn', 'value':"
            + " 'arn:aws:logs:us-east-1:111111111111:log-group:/access'},"
            + "{'op': 'replace', 'path': '/accessLogSettings/format', 'value':"
            + " '$context.httpMethod $context.resourcePath $context.status $context.nothing'},"
            + "{'op': 'replace', 'path': '/*/*/logging/loglevel', 'value': 'INFO'}]}");

    gateway.send(api, "POST", "/event/7", "{}");

    assertThat(gateway.logs)
        .contains("/access|POST /event/{id} 200 -")
        .anyMatch(
            line ->
                line.startsWith("API-Gateway-Execution-Logs_" + api + "/dev|(")
                    && line.endsWith("Method completed with status: 200"));
  }

  @Test
  void theGatewayClaimsNothingElse() {
    assertThat(
            gateway
                .service
                .endpoints()
                .getFirst()
                .claims(
                    new HttpRequest(
                        "GET",
                        "/restapis/abc/stages/dev",
                        "",
                        Headers.of("Host", "localhost:4566"),
                        new byte[0],
                        "127.0.0.1",
                        false)))
        .isFalse();
  }

  private String deployed(String members) {
    String api = api(members);
    gateway.permit("f");
    gateway.deploy(api);
    return api;
  }

  /** An API with POST /event and POST /event/{id}, not deployed. */
  private String api(String members) {
    String api = gateway.api(members);
    String leaf = gateway.resource(api, "event", "{id}");
    String event =
        gateway
            .gateway("GetResource", "{'restApiId': '" + api + "', 'resourceId': '" + leaf + "'}")
            .get("parentId")
            .asText();
    for (String resource : new String[] {event, leaf}) {
      gateway.method(api, resource, "POST", "");
      gateway.proxy(api, resource, "POST", "f", "");
    }
    return api;
  }

  private static void await() throws IOException {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException killed) {
      throw new IOException(killed);
    }
  }
}
