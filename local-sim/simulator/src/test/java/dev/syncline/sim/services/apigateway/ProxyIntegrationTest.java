// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.http.HttpResponse;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The event that a Lambda proxy integration sends, and the response that it returns. */
class ProxyIntegrationTest extends ProxyApiFixture {
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

    assertErrorResponse(response, 502, "Internal server error", "InternalServerErrorException");
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
  void stageVariablesReachTheFunctionAndTheUri() {
    String api = api("");
    String id = gateway.resource(api, "v");
    gateway.method(api, id, "POST", "");
    gateway.proxy(api, id, "POST", "${stageVariables.fn}", "");
    gateway.permit("f");
    gateway.deploy(api);
    gateway.patchStage(api, "/variables/fn", "f");

    assertThat(gateway.send(api, "POST", "/v", "{}").status()).isEqualTo(200);
    assertThat(event.get("stageVariables").get("fn").asText()).isEqualTo("f");
  }
}
