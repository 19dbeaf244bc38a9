// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.http.HttpResponse;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * REST APIs as a client sees them, beyond {@link GatewayDataPlaneTest}. Expected: API Gateway's
 * documentation of gateway responses, passthrough behaviours and {@code $context} variables; the
 * wording of findings is that of the validator it uses.
 */
class GatewayContractTest extends GatewayFixture {
  private String api = "";
  private String resource = "";

  @BeforeEach
  void start() {
    api = gateway.api("");
    resource = gateway.resource(api, "event");
  }

  @Test
  void anIntegrationHasATimeoutOfItsOwn() {
    gateway.method(api, resource, "POST", "");
    gateway.proxy(api, resource, "POST", "f", ", 'timeoutInMillis': 500");
    gateway.deploy(api);
    answer = "hang";

    HttpResponse response = gateway.send(api, "POST", "/event", "{}");

    assertThat(response.status()).isEqualTo(504);
    assertThat(response.headers().first("x-amzn-ErrorType"))
        .contains("InternalServerErrorException");
    assertThat(gateway.clock.skipped()).isLessThan(java.time.Duration.ofSeconds(28));
  }

  @Test
  void aFunctionThatTimesOutByItselfIs502() {
    gateway.call("lambda", "UpdateFunctionConfiguration", "{'FunctionName': 'f', 'Timeout': 5}");
    proxied("");
    answer = "hang";

    HttpResponse response = gateway.send(api, "POST", "/event", "{}");

    assertThat(response.status()).isEqualTo(502);
    assertThat(Gateway.text(response)).isEqualTo("{\"message\":\"Internal server error\"}");
  }

  @Test
  void aFunctionWithoutRoomIs500AndNot429() {
    gateway.call(
        "lambda",
        "PutFunctionConcurrency",
        "{'FunctionName': 'f', 'ReservedConcurrentExecutions': 0}");
    proxied("");

    HttpResponse response = gateway.send(api, "POST", "/event", "{}");

    assertThat(response.status()).isEqualTo(500);
    assertThat(Gateway.text(response)).isEqualTo("{\"message\":\"Internal server error\"}");
  }

  @Test
  void tenMegabytesAreTakenAndAByteMoreIsNot() {
    mock("{'application/octet-stream': '{\\\"statusCode\\\": 200}'}", "NEVER");

    assertThat(octets(10 * 1024 * 1024).status()).isEqualTo(200);
    HttpResponse over = octets(10 * 1024 * 1024 + 1);
    assertThat(over.status()).isEqualTo(413);
    assertThat(over.headers().first("x-amzn-ErrorType")).contains("RequestTooLargeException");
  }

  @ParameterizedTest
  @CsvSource({
    "NEVER, application/json, 200",
    "NEVER, text/plain, 415",
    "WHEN_NO_TEMPLATES, text/plain, 415",
    "WHEN_NO_MATCH, text/plain, 200"
  })
  void thePassthroughBehaviourDecidesOnAMediaTypeWithoutATemplate(
      String behaviour, String type, int status) {
    mock("{'application/json': '{\\\"statusCode\\\": 200}'}", behaviour);

    HttpResponse response =
        gateway.send(api, "POST", "/event", "{\"statusCode\": 200}", "Content-Type", type);

    assertThat(response.status()).isEqualTo(status);
    if (status == 415) {
      assertThat(Gateway.text(response)).isEqualTo("{\"message\":\"Unsupported Media Type\"}");
      assertThat(response.headers().first("x-amzn-ErrorType"))
          .contains("UnsupportedMediaTypeException");
    }
  }

  @Test
  void withoutAnyTemplateABodyPassesThrough() {
    mock("{}", "WHEN_NO_TEMPLATES");

    HttpResponse response =
        gateway.send(api, "POST", "/event", "{\"statusCode\": 200}", "Content-Type", "text/plain");

    assertThat(response.status()).isEqualTo(200);
  }

  @Test
  void aPreflightIsAnsweredByAMock() {
    gateway.mock(
        api,
        resource,
        "OPTIONS",
        ", 'requestTemplates': {'application/json': '{\\\"statusCode\\\": 200}'}",
        "200",
        Map.of(
            "Access-Control-Allow-Origin",
            "context.stage",
            "Access-Control-Allow-Methods",
            "'POST,OPTIONS'",
            "X-Not-There",
            "integration.response.header.Nothing"),
        "");
    gateway.deploy(api);

    HttpResponse response =
        gateway.send(api, "OPTIONS", "/event", "", "Origin", "https://example.org");

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers().first("Access-Control-Allow-Origin")).contains("dev");
    assertThat(response.headers().first("Access-Control-Allow-Methods")).contains("POST,OPTIONS");
    assertThat(response.headers().first("X-Not-There")).isEmpty();
    assertThat(response.body()).isEmpty();
  }

  @Test
  void theDefaultResponsesStandForAllOfTheirKind() {
    gateway.gateway(
        "PutGatewayResponse",
        "{'restApiId': '"
            + api
            + "', 'responseType': 'DEFAULT_4XX', 'responseParameters': {"
            + "'gatewayresponse.header.Access-Control-Allow-Origin':"
            + " 'method.request.header.Origin',"
            + "'gatewayresponse.header.X-Request': 'context.requestId'}}");
    gateway.gateway(
        "PutGatewayResponse",
        "{'restApiId': '" + api + "', 'responseType': 'DEFAULT_5XX', 'statusCode': '503'}");
    proxied("");
    answer = "\"wrong\"";

    HttpResponse unknown = gateway.send(api, "GET", "/none", "", "Origin", "https://example.org");
    HttpResponse broken = gateway.send(api, "POST", "/event", "{}");

    assertThat(unknown.status()).isEqualTo(403);
    assertThat(unknown.headers().first("Access-Control-Allow-Origin"))
        .contains("https://example.org");
    assertThat(unknown.headers().first("X-Request"))
        .isEqualTo(unknown.headers().first("x-amzn-RequestId"));
    assertThat(broken.status()).isEqualTo(503);
    assertThat(broken.headers().first("X-Request")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'age': 'x', 'name': 'n'} | [instance type (string) does not match any allowed primitive"
            + " type (allowed: [\"integer\",\"number\"])]",
        "{'age': 1} | [object has missing required properties ([\"name\"])]",
        "{'name': '', 'more': 1} | [string \"\" is too short (length: 0, required minimum: 1),"
            + " object instance has properties which are not allowed by the schema: [\"more\"]]",
        "{'name': 'n', 'kind': 'C'} | [instance value (\"C\") not found in enum (possible values:"
            + " [\"A\",\"B\"])]",
        "{'name': 'n', 'age': -1} | [numeric instance is lower than the required minimum (minimum:"
            + " 0, found: -1)]",
        "{'name': 'n', 'place': {}} | [object has missing required properties ([\"city\"])]",
        "no JSON | [Invalid JSON]"
      })
  void findingsOfAValidatorAreInTheGatewaysAnswer(String body, String findings) {
    validated();

    HttpResponse response = gateway.send(api, "POST", "/event", body.replace('\'', '"'));

    assertThat(response.status()).isEqualTo(400);
    assertThat(Gateway.text(response)).isEqualTo(findings);
  }

  @Test
  void aBodyAsTheModelAsksReachesTheFunction() {
    validated();

    String good = "{\"name\":\"n\",\"age\":1.5,\"kind\":\"A\",\"place\":{\"city\":\"c\"}}";

    assertThat(gateway.send(api, "POST", "/event", good).status()).isEqualTo(200);
    assertThat(event.get("body").asText()).isEqualTo(good);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'if': {}}",
        "{'properties': {'a': {'const': 1}}}",
        "{'$ref': 'https://example.org/schema'}",
        "{'pattern': '('}"
      })
  void aSchemaThatCannotBeCheckedIsRefusedWhenItIsMade(String schema) {
    assertThatThrownBy(() -> gateway.model(api, "M", schema))
        .isInstanceOf(AwsException.class)
        .hasMessageContaining("Invalid model schema specified.");
  }

  @Test
  void aSettingForAllMethodsLimitsEachMethodSeparately() {
    proxied("");
    gateway.invoking(api, resource, "PUT", "");
    gateway.deploy(api);
    gateway.patchStage(
        api, "/*/*/throttling/burstLimit", "1", "/*/*/throttling/rateLimit", "0.001");

    assertThat(gateway.send(api, "POST", "/event", "{}").status()).isEqualTo(200);
    assertThat(gateway.send(api, "POST", "/event", "{}").status()).isEqualTo(429);
    assertThat(gateway.send(api, "PUT", "/event", "{}").status()).isEqualTo(200);
  }

  @Test
  void theAccessLogShowsIntegrationAndError() {
    proxied("");
    gateway.patchStage(
        api,
        "/accessLogSettings/destinationArn",
        "arn:aws:logs:us-east-1:111111111111:log-group:/access",
        "/accessLogSettings/format",
        "$context.status $context.integration.status $context.integrationStatus"
            + " $context.error.responseType $context.error.messageString"
            + " $context.integration.requestId");
    answer = "{\"statusCode\":201}";

    gateway.send(api, "POST", "/event", "{}");
    gateway.send(api, "GET", "/none", "");

    assertThat(gateway.logs)
        .anyMatch(line -> line.matches("/access\\|201 201 200 - - [0-9a-f-]{36}"))
        .contains(
            "/access|403 - - MISSING_AUTHENTICATION_TOKEN \"Missing Authentication Token\" -");
  }

  @Test
  void theExecutionLogTellsBodiesOnlyWhenAskedToAndKeysNever() {
    proxied("");
    gateway.patchStage(api, "/*/*/logging/loglevel", "INFO", "/*/*/logging/dataTrace", "false");
    gateway.send(api, "POST", "/event", "secret body");
    assertThat(gateway.logs).noneMatch(line -> line.contains("secret body"));

    gateway.patchStage(api, "/*/*/logging/dataTrace", "true", "/*/*/logging/loglevel", "INFO");
    gateway.send(
        api, "POST", "/event", "x".repeat(5000), "Authorization", "hidden", "X-Shown", "shown");

    assertThat(gateway.logs)
        .anyMatch(line -> line.contains("Successfully completed execution"))
        .anyMatch(line -> line.contains("X-Shown=shown"))
        .noneMatch(line -> line.contains("hidden"))
        .anyMatch(line -> line.contains("before transformations: xxx") && line.endsWith("TED]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "Connection",
        "Content-Length",
        "Content-MD5",
        "Date",
        "Host",
        "Server",
        "Trailer",
        "Upgrade",
        "User-Agent",
        "WWW-Authenticate"
      })
  void aHeaderThatBelongsToTheGatewayIsRemapped(String name) {
    proxied("");
    answer = "{\"statusCode\":200,\"headers\":{\"" + name + "\":\"mine\"}}";

    HttpResponse response = gateway.send(api, "POST", "/event", "{}");

    assertThat(response.headers().first("x-amzn-Remapped-" + name)).contains("mine");
    assertThat(response.headers().first(name)).isEmpty();
  }

  @Test
  void withAllTypesBinaryEverythingIsBase64() {
    String binary = eventApi(", 'binaryMediaTypes': ['*/*']");
    answer = "{\"statusCode\":200,\"isBase64Encoded\":true,\"body\":\"AQID\"}";

    HttpResponse response = gateway.send(binary, "POST", "/event", "text");

    assertThat(event.get("isBase64Encoded").asBoolean()).isTrue();
    assertThat(Base64.getDecoder().decode(event.get("body").asText())).isEqualTo("text".getBytes());
    assertThat(response.body()).isEqualTo(new byte[] {1, 2, 3});
  }

  private void proxied(String members) {
    gateway.invoking(api, resource, "POST", members);
    gateway.deploy(api);
  }

  private void mock(String templates, String behaviour) {
    gateway.mock(
        api,
        resource,
        "POST",
        ", 'passthroughBehavior': '" + behaviour + "', 'requestTemplates': " + templates,
        "200",
        Map.of(),
        "");
    gateway.deploy(api);
  }

  private HttpResponse octets(int count) {
    return gateway.send(
        api, "POST", "/event", new byte[count], "Content-Type", "application/octet-stream");
  }

  /** POST /event with a model that refers to another and to itself; findings are the answer. */
  private void validated() {
    gateway.model(api, "Place", "{'type': 'object', 'required': ['city']}");
    gateway.model(
        api,
        "Person",
        "{'type': 'object', 'required': ['name'], 'additionalProperties': false,"
            + " 'definitions': {'kind': {'enum': ['A', 'B']}}, 'properties': {"
            + "'name': {'type': 'string', 'minLength': 1},"
            + "'age': {'type': ['integer', 'number'], 'minimum': 0},"
            + "'kind': {'$ref': '#/definitions/kind'},"
            + "'place': {'$ref': 'https://apigateway.amazonaws.com/restapis/"
            + api
            + "/models/Place'}}}");
    gateway.gateway(
        "PutGatewayResponse",
        "{'restApiId': '"
            + api
            + "', 'responseType': 'BAD_REQUEST_BODY', 'responseTemplates': {'application/json':"
            + " '$context.error.validationErrorString'}}");
    proxied(gateway.checkedBy(api, "Person", ""));
  }
}
