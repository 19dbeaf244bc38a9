// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Routes and the gateway's own answers: limits, models, gateway responses, throttles and logs. */
class GatewayDataPlaneTest extends ProxyApiFixture {
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
  void anApiAnswersAtThePathThatHttpApisHave() {
    String api = deployed("");

    HttpResponse response =
        gateway.answer(
            new HttpRequest(
                "POST",
                "/_aws/execute-api/" + api + "/dev/event",
                "",
                Headers.EMPTY,
                new byte[0],
                "127.0.0.1",
                false));

    assertThat(response.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"GET,/event", "POST,/nowhere", "POST,/", "POST,/event/1/2"})
  void anUnknownPathOrMethodIs403(String method, String path) {
    String api = deployed("");

    HttpResponse response = gateway.send(api, method, path, "");

    assertErrorResponse(
        response, 403, "Missing Authentication Token", "MissingAuthenticationTokenException");
  }

  @Test
  void anUnknownStageOrApiIs403() {
    deployed("");

    HttpResponse response = gateway.send("nosuchapi1", "POST", "/event", "");

    assertThat(response.status()).isEqualTo(403);
    assertThat(Gateway.text(response)).isEqualTo("{\"message\":\"Forbidden\"}");
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
    gateway.invoking(api, late, "POST", "");

    assertThat(gateway.send(api, "POST", "/late", "{}").status()).isEqualTo(403);
    gateway.deploy(api);
    assertThat(gateway.send(api, "POST", "/late", "{}").status()).isEqualTo(200);
  }

  @Test
  void namesGoBeforeVariablesAndVariablesBeforeGreedyOnes() {
    String api = api("");
    for (String[] parts : new String[][] {{"a", "b"}, {"a2", "{x}"}, {"a3", "{proxy+}"}}) {
      String id = gateway.resource(api, parts);
      gateway.invoking(api, id, "ANY", "");
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
  void aBodyIsCheckedAgainstItsModel() {
    String api = gateway.api("");
    gateway.model(api, "Event", "{'type':'object','required':['name']}");
    gateway.invoking(
        api,
        gateway.resource(api, "event"),
        "POST",
        gateway.checkedBy(api, "Event", ", 'validateRequestParameters': true")
            + ", 'requestParameters': {'method.request.querystring.q': true,"
            + " 'method.request.header.X-H': true}");
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
    gateway.mock(
        api,
        id,
        "OPTIONS",
        ", 'requestTemplates': {'application/json': '{\\\"statusCode\\\": 204}'}",
        "204",
        Map.of("Access-Control-Allow-Origin", "'*'"),
        "");
    gateway.deploy(api);

    HttpResponse response = gateway.send(api, "OPTIONS", "/mock", "");

    assertThat(response.status()).isEqualTo(204);
    assertThat(response.headers().first("Access-Control-Allow-Origin")).contains("*");
  }

  @Test
  void aThrottledMethodAnswers429UntilTimeHasPassed() {
    String api = deployed("");
    gateway.patchStage(
        api,
        "/~1event/POST/throttling/burstLimit",
        "1",
        "/~1event/POST/throttling/rateLimit",
        "0.001");

    assertThat(gateway.send(api, "POST", "/event", "{}").status()).isEqualTo(200);
    HttpResponse throttled = gateway.send(api, "POST", "/event", "{}");
    assertThat(throttled.status()).isEqualTo(429);
    assertThat(Gateway.text(throttled)).isEqualTo("{\"message\":\"Too Many Requests\"}");
  }

  @Test
  void accessAndExecutionLogsAreWrittenWhenTheStageAsks() {
    String api = deployed("");
    gateway.patchStage(
        api,
        "/accessLogSettings/destinationArn",
        "arn:aws:logs:us-east-1:111111111111:log-group:/access",
        "/accessLogSettings/format",
        "$context.httpMethod $context.resourcePath $context.status $context.nothing",
        "/*/*/logging/loglevel",
        "INFO");

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
}
