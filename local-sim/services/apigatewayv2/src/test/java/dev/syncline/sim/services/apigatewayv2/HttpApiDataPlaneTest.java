// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2;

import static dev.syncline.sim.services.apigatewayv2.HttpApiFixture.JSON;
import static dev.syncline.sim.services.apigatewayv2.HttpApiFixture.shown;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.http.HttpResponse;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpApiDataPlaneTest {
  @Test
  void aFunctionGetsPayloadFormat2() {
    try (var gateway = new HttpApiFixture()) {
      var event = new AtomicReference<@Nullable JsonNode>();
      gateway.functions.put(
          "f",
          in -> {
            event.set(in);
            return HttpApiFixture.json(
                "{'statusCode': 201, 'headers': {'x-a': 'b'}, 'cookies': ['c=d'], 'body': 'done'}");
          });
      String api = gateway.api("POST /pets/{id}", "2.0");
      HttpResponse response =
          gateway.send(
              api,
              "POST",
              "/pets/7%208?q=1&q=2",
              "{}",
              "Content-Type",
              "application/json",
              "Cookie",
              "s=1; t=2",
              "X-One",
              "1");
      assertThat(shown(response)).isEqualTo("201 done");
      assertThat(response.headers().first("x-a")).contains("b");
      assertThat(response.headers().first("set-cookie")).contains("c=d");
      JsonNode in = Objects.requireNonNull(event.get());
      assertThat(in.path("version").asText()).isEqualTo("2.0");
      assertThat(in.path("routeKey").asText()).isEqualTo("POST /pets/{id}");
      assertThat(in.path("rawPath").asText()).isEqualTo("/pets/7%208");
      assertThat(in.path("rawQueryString").asText()).isEqualTo("q=1&q=2");
      assertThat(in.path("queryStringParameters")).isEqualTo(HttpApiFixture.json("{'q': '1,2'}"));
      assertThat(in.path("cookies")).isEqualTo(HttpApiFixture.json("['s=1', 't=2']"));
      assertThat(in.path("headers").has("cookie")).isFalse();
      assertThat(in.at("/headers/x-one").asText()).isEqualTo("1");
      assertThat(in.path("pathParameters")).isEqualTo(HttpApiFixture.json("{'id': '7 8'}"));
      assertThat(in.path("body").asText()).isEqualTo("{}");
      assertThat(in.path("isBase64Encoded").asBoolean()).isFalse();
      assertThat(in.at("/requestContext/http/method").asText()).isEqualTo("POST");
      assertThat(in.at("/requestContext/time").asText()).isEqualTo("04/Mar/2026:05:06:07 +0000");
      assertThat(gateway.permitted)
          .containsExactly(
              "arn:aws:execute-api:us-east-1:111111111111:" + api + "/$default/POST/pets/{id}");
    }
  }

  @Test
  void aFunctionGetsPayloadFormat1() {
    try (var gateway = new HttpApiFixture()) {
      var event = new AtomicReference<@Nullable JsonNode>();
      gateway.functions.put(
          "f",
          in -> {
            event.set(in);
            return HttpApiFixture.json(
                "{'statusCode': '200', 'body': 'aGk=', 'isBase64Encoded': true}");
          });
      String api = gateway.api("ANY /{proxy+}", "1.0");
      assertThat(
              shown(
                  gateway.send(
                      api,
                      "PUT",
                      "/a/b",
                      "x=1",
                      "Content-Type",
                      "application/x-www-form-urlencoded")))
          .isEqualTo("200 hi");
      JsonNode in = Objects.requireNonNull(event.get());
      assertThat(in.path("version").asText()).isEqualTo("1.0");
      assertThat(in.path("resource").asText()).isEqualTo("/{proxy+}");
      assertThat(in.path("path").asText()).isEqualTo("/a/b");
      assertThat(in.path("httpMethod").asText()).isEqualTo("PUT");
      assertThat(in.path("pathParameters")).isEqualTo(HttpApiFixture.json("{'proxy': 'a/b'}"));
      assertThat(in.path("queryStringParameters").isNull()).isTrue();
      assertThat(in.path("isBase64Encoded").asBoolean()).isTrue();
      assertThat(in.path("body").asText()).isEqualTo("eD0x");
    }
  }

  @Test
  void aResultWithoutAStatusIsTheBodyInFormat2AndAnErrorInFormat1() {
    try (var gateway = new HttpApiFixture()) {
      gateway.functions.put("f", in -> HttpApiFixture.json("{'a': 1}"));
      String second = gateway.api("GET /", "2.0");
      HttpResponse response = gateway.send(second, "GET", "/", "");
      assertThat(shown(response)).isEqualTo("200 {\"a\":1}");
      assertThat(response.headers().first("content-type")).contains("application/json");
      String first = gateway.api("GET /", "1.0");
      assertThat(shown(gateway.send(first, "GET", "/", "")))
          .isEqualTo("500 {\"message\":\"Internal Server Error\"}");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /pets/dog/1, GET /pets/dog/1",
    "GET, /pets/dog/2, GET /pets/dog/{id}",
    "GET, /pets/cat/2, GET /pets/{proxy+}",
    "POST, /pets/dog/1, POST /pets/{proxy+}",
    "PUT, /pets/dog/1, ANY /{proxy+}",
    "GET, /, $default",
  })
  void theMostSpecificRouteIsTaken(String method, String path, String expected) {
    try (var gateway = new HttpApiFixture()) {
      gateway.functions.put("f", in -> in.get("routeKey"));
      String api = gateway.api("$default", "2.0");
      for (String key :
          new String[] {
            "ANY /{proxy+}",
            "GET /pets/{proxy+}",
            "POST /pets/{proxy+}",
            "GET /pets/dog/{id}",
            "GET /pets/dog/1"
          }) {
        gateway.route(api, key, "2.0", "");
      }
      assertThat(shown(gateway.send(api, method, path, ""))).isEqualTo("200 " + expected);
    }
  }

  @Test
  void failuresAreAnsweredInAwsWords() {
    try (var gateway = new HttpApiFixture()) {
      gateway.functions.put("f", in -> HttpApiFixture.json("{'errorMessage': 'x'}"));
      String api = gateway.api("GET /a", "2.0");
      String failed = "500 {\"message\":\"Internal Server Error\"}";
      assertThat(shown(gateway.send(api, "GET", "/a", ""))).isEqualTo(failed);
      assertThat(shown(gateway.send(api, "GET", "/b", "")))
          .isEqualTo("404 {\"message\":\"Not Found\"}");
      assertThat(shown(gateway.send("unknown123", "GET", "/", "")))
          .isEqualTo("403 {\"message\":\"Forbidden\"}");
      gateway.functions.put(
          "f",
          in -> {
            gateway.clock.pause(java.time.Duration.ofSeconds(31));
            return HttpApiFixture.json("{}");
          });
      assertThat(shown(gateway.send(api, "GET", "/a", "")))
          .isEqualTo("503 {\"message\":\"Service Unavailable\"}");
      gateway.forbid();
      assertThat(shown(gateway.send(api, "GET", "/a", ""))).isEqualTo(failed);
    }
  }

  @Test
  void anApiWithCorsAnswersPreflightAndReplacesHeaders() {
    try (var gateway = new HttpApiFixture()) {
      gateway.functions.put(
          "f",
          in ->
              HttpApiFixture.json(
                  "{'statusCode': 200, 'headers': {'Access-Control-Allow-Origin': 'own'}}"));
      String api = gateway.api("GET /", "2.0");
      gateway.call(
          "UpdateApi",
          "{'apiId': '%s', 'corsConfiguration': {'allowOrigins': ['https://a.example'], 'allowMethods': ['GET'], 'allowHeaders': ['x-a'], 'allowCredentials': true, 'maxAge': 9}}"
              .formatted(api));
      HttpResponse preflight =
          gateway.send(
              api,
              "OPTIONS",
              "/",
              "",
              "Origin",
              "https://a.example",
              "Access-Control-Request-Method",
              "GET");
      assertThat(preflight.status()).isEqualTo(204);
      assertThat(preflight.headers().byName())
          .containsEntry("access-control-allow-origin", "https://a.example")
          .containsEntry("access-control-allow-methods", "GET")
          .containsEntry("access-control-allow-headers", "x-a")
          .containsEntry("access-control-allow-credentials", "true")
          .containsEntry("access-control-max-age", "9");
      HttpResponse response = gateway.send(api, "GET", "/", "", "Origin", "https://a.example");
      assertThat(response.headers().all("access-control-allow-origin"))
          .containsExactly("https://a.example");
      HttpResponse other =
          gateway.send(
              api,
              "OPTIONS",
              "/",
              "",
              "Origin",
              "https://b.example",
              "Access-Control-Request-Method",
              "GET");
      assertThat(other.headers().first("access-control-allow-origin")).isEmpty();
    }
  }

  @Test
  void aRouteIsThrottledByItsSettings() {
    try (var gateway = new HttpApiFixture()) {
      gateway.functions.put("f", in -> HttpApiFixture.json("{}"));
      String api = gateway.api("GET /", "2.0");
      gateway.call(
          "UpdateStage",
          "{'apiId': '%s', 'stageName': '$default', 'routeSettings': {'GET /': {'throttlingRateLimit': 0.001, 'throttlingBurstLimit': 2}}}"
              .formatted(api));
      assertThat(gateway.send(api, "GET", "/", "").status()).isEqualTo(200);
      assertThat(gateway.send(api, "GET", "/", "").status()).isEqualTo(200);
      assertThat(shown(gateway.send(api, "GET", "/", "")))
          .isEqualTo("429 {\"message\":\"Too Many Requests\"}");
      gateway.clock.run(() -> gateway.clock.pause(java.time.Duration.ofSeconds(1001)));
      assertThat(gateway.send(api, "GET", "/", "").status()).isEqualTo(200);
    }
  }

  @Test
  void aStageServesItsDeploymentUntilTheNextOne() {
    try (var gateway = new HttpApiFixture()) {
      gateway.functions.put("f", in -> in.get("rawPath"));
      String api =
          gateway.call("CreateApi", "{'name': 'a', 'protocolType': 'HTTP'}").get("apiId").asText();
      gateway.route(api, "GET /a", "2.0", "");
      gateway.call("CreateStage", "{'apiId': '%s', 'stageName': 'dev'}".formatted(api));
      assertThat(gateway.send(api, "GET", "/dev/a", "").status()).isEqualTo(404);
      gateway.call("CreateDeployment", "{'apiId': '%s', 'stageName': 'dev'}".formatted(api));
      assertThat(shown(gateway.send(api, "GET", "/dev/a", ""))).isEqualTo("200 /dev/a");
      gateway.route(api, "GET /b", "2.0", "");
      assertThat(gateway.send(api, "GET", "/dev/b", "").status()).isEqualTo(404);
      gateway.call("CreateDeployment", "{'apiId': '%s', 'stageName': 'dev'}".formatted(api));
      assertThat(shown(gateway.send(api, "GET", "/dev/b", ""))).isEqualTo("200 /dev/b");
    }
  }

  @Test
  void anHttpIntegrationForwardsWithItsMappings() {
    try (var gateway = new HttpApiFixture()) {
      String api = gateway.api("GET /x", "2.0");
      String integration =
          gateway
              .call(
                  "CreateIntegration",
                  ("{'apiId': '%s', 'integrationType': 'HTTP_PROXY', 'integrationMethod': 'ANY',"
                          + " 'integrationUri': 'https://backend.local/base/{proxy}',"
                          + " 'requestParameters': {'append:header.x': '$request.path.proxy',"
                          + " 'overwrite:querystring.b': 'c', 'remove:querystring.a': ''},"
                          + " 'responseParameters': {'200': {'overwrite:statuscode': '202'}}}")
                      .formatted(api))
              .get("integrationId")
              .asText();
      gateway.call(
          "CreateRoute",
          "{'apiId': '%s', 'routeKey': 'ANY /{proxy+}', 'target': 'integrations/%s'}"
              .formatted(api, integration));
      assertThat(shown(gateway.send(api, "POST", "/k/l?a=1&d=2", "")))
          .isEqualTo("202 POST /base/k/l?d=2&b=c x=k/l");
    }
  }

  @Test
  void aServiceIntegrationCallsTheOperation() {
    try (var gateway = new HttpApiFixture()) {
      String api = gateway.api("GET /x", "2.0");
      String integration =
          gateway
              .call(
                  "CreateIntegration",
                  ("{'apiId': '%s', 'integrationType': 'AWS_PROXY', 'integrationSubtype':"
                       + " 'SQS-SendMessage', 'credentialsArn': 'arn:aws:iam::111111111111:role/r',"
                       + " 'payloadFormatVersion': '1.0', 'requestParameters': {'QueueUrl':"
                       + " 'http://q', 'MessageBody': '$request.body.a.b'}}")
                      .formatted(api))
              .get("integrationId")
              .asText();
      gateway.call(
          "CreateRoute",
          "{'apiId': '%s', 'routeKey': 'POST /send', 'target': 'integrations/%s'}"
              .formatted(api, integration));
      assertThat(shown(gateway.send(api, "POST", "/send", "{\"a\":{\"b\":\"hello\"}}")))
          .isEqualTo("200 {\"MessageId\":\"m-1\"}");
      assertThat(gateway.called)
          .containsExactly("SendMessage {\"QueueUrl\":\"http://q\",\"MessageBody\":\"hello\"}");
    }
  }

  @Test
  void anImportedDocumentMakesRoutesIntegrationsAndAuthorizers() {
    try (var gateway = new HttpApiFixture()) {
      gateway.functions.put("f", in -> in.get("routeKey"));
      String document =
          """
          {"openapi": "3.0.1", "info": {"title": "t", "version": "1"},
           "x-amazon-apigateway-cors": {"allowOrigins": ["*"]},
           "components": {"securitySchemes": {"jwt": {"type": "oauth2", "x-amazon-apigateway-authorizer":
             {"type": "jwt", "identitySource": "$request.header.Authorization",
              "jwtConfiguration": {"issuer": "https://i.example", "audience": ["app"]}}}}},
           "paths": {"/a": {"get": {"security": [{"jwt": []}], "x-amazon-apigateway-integration":
              {"type": "aws_proxy", "httpMethod": "POST", "payloadFormatVersion": "2.0", "uri": "%sf"}}},
            "/$default": {"x-amazon-apigateway-any-method": {"isDefaultRoute": true,
              "x-amazon-apigateway-integration":
              {"type": "aws_proxy", "httpMethod": "POST", "payloadFormatVersion": "2.0", "uri": "%sf"}}}}}
          """
              .formatted(HttpApiFixture.FUNCTION, HttpApiFixture.FUNCTION);
      String api =
          gateway
              .call(
                  "ImportApi",
                  JSON.createObjectNode().put("body", document).toString().replace("'", "\\u0027"))
              .get("apiId")
              .asText();
      gateway.call(
          "CreateStage",
          "{'apiId': '%s', 'stageName': '$default', 'autoDeploy': true}".formatted(api));
      assertThat(shown(gateway.send(api, "GET", "/zzz", ""))).isEqualTo("200 $default");
      assertThat(gateway.send(api, "GET", "/a", "").status()).isEqualTo(401);
      assertThat(shown(gateway.send(api, "GET", "/a", "", "Authorization", "ada:x")))
          .isEqualTo("200 GET /a");
    }
  }

  @Test
  void accessLogsHaveTheStagesFormat() {
    try (var gateway = new HttpApiFixture()) {
      gateway.functions.put("f", in -> HttpApiFixture.json("{}"));
      String api = gateway.api("GET /", "2.0");
      gateway.call(
          "UpdateStage",
          "{'apiId': '%s', 'stageName': '$default', 'accessLogSettings': {'destinationArn': 'arn:aws:logs:us-east-1:111111111111:log-group:access:*', 'format': '$context.httpMethod $context.routeKey $context.status $context.error.message'}}"
              .formatted(api));
      gateway.send(api, "GET", "/", "");
      assertThat(gateway.logs).containsExactly("access|GET GET / 200 -");
    }
  }
}
