// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import static dev.syncline.sim.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths, mock integrations and refusals, as recorded on AWS or told in public reports. */
class GatewayRulesTest extends GatewayFixture {
  private String api;

  @BeforeEach
  void start() {
    api = gateway.api("");
  }

  @ParameterizedTest
  @CsvSource({
    "/proxy-value, /proxy-value, proxy-value, /dev/proxy-value",
    "/proxy-value/, /proxy-value/, proxy-value, /dev/proxy-value/",
    "/proxy-value//double-slash, /proxy-value//double-slash, proxy-value//double-slash,"
        + " /dev/proxy-value//double-slash",
    "//proxy-value, /proxy-value, proxy-value, /dev//proxy-value",
    "/v/u/ann%2Bx@example.com/plus/ann+x@example.com,"
        + " /v/u/ann%2Bx@example.com/plus/ann+x@example.com,"
        + " v/u/ann%2Bx@example.com/plus/ann+x@example.com,"
        + " /dev/v/u/ann%2Bx@example.com/plus/ann+x@example.com",
    "/a%2Fb/c%20d/%25, /a%2Fb/c%20d/%25, a%2Fb/c%20d/%25, /dev/a%2Fb/c%20d/%25",
  })
  void aProxyPathArrivesAsItWasSent(
      String sent, String path, String parameter, String contextPath) {
    proxy("{proxy+}");

    assertThat(gateway.send(api, "GET", sent, "").status()).isEqualTo(200);

    assertThat(event.get("path").asText()).isEqualTo(path);
    assertThat(event.get("pathParameters").get("proxy").asText()).isEqualTo(parameter);
    assertThat(event.get("requestContext").get("path").asText()).isEqualTo(contextPath);
    assertThat(event.get("requestContext").get("resourcePath").asText()).isEqualTo("/{proxy+}");
  }

  @Test
  void aSlashTooMuchBeforeTheStageOrTheResourceDoesNoHarm() {
    proxy("hardcoded");

    HttpResponse response =
        gateway.answer(
            new HttpRequest(
                "GET",
                "//dev//hardcoded",
                "",
                Headers.of("Host", api + ".execute-api.us-east-1.amazonaws.com"),
                new byte[0],
                "127.0.0.1",
                false));

    assertThat(response.status()).isEqualTo(200);
    assertThat(event.get("path").asText()).isEqualTo("/hardcoded");
    assertThat(event.get("pathParameters").isNull()).isTrue();
  }

  @Test
  void aVariableIsNotEmptyAndANameIsFoundByItsEscapes() {
    proxy("a", "{x}");
    proxy("%24b");

    assertThat(gateway.send(api, "GET", "/a//", "").status()).isEqualTo(403);
    assertThat(gateway.send(api, "GET", "/%61/y", "").status()).isEqualTo(200);
  }

  @Test
  void queryParametersAreDecodedAndTheLastOfANameIsTheSingleOne() {
    proxy("{proxy+}");

    gateway.send(api, "GET", "/p?email=a%2Bb@c.d&plus=a+b&x=1&x=2&flag", "");

    assertThat(event.get("queryStringParameters").toString())
        .isEqualTo("{\"email\":\"a+b@c.d\",\"plus\":\"a b\",\"x\":\"2\",\"flag\":\"\"}");
    assertThat(event.get("multiValueQueryStringParameters").get("x").toString())
        .isEqualTo("[\"1\",\"2\"]");
  }

  @Test
  void someHeadersAreRespelledAndTheOthersAreNot() {
    proxy("{proxy+}");

    gateway.send(api, "GET", "/p", "", "aUThorization", "t", "tEsT-HEADeR", "aValUE");

    assertThat(event.get("headers").path("Authorization").asText()).isEqualTo("t");
    assertThat(event.get("headers").path("tEsT-HEADeR").asText()).isEqualTo("aValUE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"statusCode\": 200}",
        "{ statusCode: 200 }",
        "{statusCode:200}",
        "{'statusCode': 200}",
        "{\n  statusCode: 200,\n  \"other\": 'text'\n}",
        "{statusCode: 200, super{ f}oo: [ba r]}",
        "{\"statusCode\": 200 , }",
        "{\"statusCode\": 200 ,, }",
        "{\"statusCode\": 200, null: null}",
      })
  void aMockTakesWhatAwsTakesForAStatusCode(String template) {
    assertThat(mocked(template).status()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"statusCode\": \"200\"}",
        "{\"statusCode': 200 }",
        "{'statusCode: 200 }",
        "statusCode: 200",
        "{statusCode: 200, {foo: [ba r]}",
        "{statusCode: abc}",
        "{\"statusCode\": 200",
        "{\"status\": 200}",
        "",
      })
  void aMockWithoutAStatusCodeIsAConfigurationError(String template) {
    HttpResponse response = mocked(template);

    assertThat(response.status()).isEqualTo(500);
    assertThat(Gateway.text(response)).contains("Internal server error");
  }

  @Test
  void aMockIsAnsweredByTheResponseOfItsStatusCode() {
    String resource = mock("{statusCode: 404}");
    methodResponse(resource, "404");
    put(resource, "404", ", 'selectionPattern': '4\\\\d{2}'");
    gateway.deploy(api);

    assertThat(gateway.send(api, "OPTIONS", "/mock", "").status()).isEqualTo(404);
  }

  @Test
  void theHeadersOfAPreflightAreThoseThatToolsConfigure() {
    HttpResponse response = mocked("{ statusCode: 200 }");

    assertThat(response.status()).isEqualTo(204);
    assertThat(response.headers().first("Access-Control-Allow-Origin")).contains("*");
  }

  @Test
  void oneSelectionPatternBelongsToOneResponse() {
    String resource = mock("{statusCode: 200}");
    methodResponse(resource, "202");
    methodResponse(resource, "203");

    refused(
        "PutIntegrationResponse",
        at(resource) + ", 'statusCode': '202'}",
        "ConflictException",
        "Integration response with selection pattern default already exists");
    put(resource, "202", ", 'selectionPattern': 'a.*'");
    refused(
        "PutIntegrationResponse",
        at(resource) + ", 'statusCode': '203', 'selectionPattern': 'a.*'}",
        "ConflictException",
        "Integration response with selection pattern a.* already exists");
    refused(
        "UpdateIntegrationResponse",
        at(resource)
            + ", 'statusCode': '202', 'patchOperations': [{'op': 'replace', 'path':"
            + " '/selectionPattern', 'value': ''}]}",
        "ConflictException",
        "Integration response with selection pattern default already exists");
    put(resource, "202", ", 'selectionPattern': 'a.*'");
    assertThat(integration(resource).path("integrationResponses").path("202").toString())
        .contains("a.*");
  }

  @Test
  void anIntegrationResponseNeedsItsMethodResponse() {
    String resource = mock("{statusCode: 200}");

    refused(
        "PutIntegrationResponse",
        at(resource) + ", 'statusCode': '404', 'selectionPattern': '404'}",
        "NotFoundException",
        "Invalid Response status code specified");
    methodResponse(resource, "404");
    refused(
        "PutMethodResponse",
        at(resource) + ", 'statusCode': '404'}",
        "ConflictException",
        "Response already exists for this resource");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'method.response.header.X': '\\u0027v\\u0027' | Invalid mapping expression parameter"
            + " specified: method.response.header.X",
        "'X-Other': '\\u0027v\\u0027' | Invalid mapping expression parameter specified: X-Other",
        "'method.response.header.Access-Control-Allow-Origin': 'v' | Invalid mapping expression"
            + " specified: v",
        "'method.response.header.Access-Control-Allow-Origin': 'method.request.header.Origin' |"
            + " Invalid mapping expression specified: method.request.header.Origin",
      })
  void aHeaderIsMappedFromSomethingToSomethingDeclared(String mapping, String error) {
    String resource = mock("{statusCode: 200}");
    JsonNode before = integration(resource);

    refused(
        "PutIntegrationResponse",
        at(resource) + ", 'statusCode': '204', 'responseParameters': {" + mapping + "}}",
        "BadRequestException",
        "Invalid mapping expression specified: Validation Result: warnings : [], errors : ["
            + error
            + "]");
    assertThat(integration(resource)).isEqualTo(before);
  }

  @Test
  void aRequestParameterIsMappedFromOneThatTheMethodDeclares() {
    String resource = mock("{statusCode: 200}");

    refused(
        "PutIntegration",
        at(resource)
            + ", 'type': 'MOCK', 'requestParameters': {'integration.request.path.id':"
            + " 'method.request.path.id'}}",
        "BadRequestException",
        "Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid"
            + " mapping expression parameter specified: method.request.path.id]");
  }

  @Test
  void aRefusedCallChangesNothing() {
    String resource = mock("{statusCode: 200}");
    put(resource, "204", ", 'responseTemplates': {'application/json': '{\\\"a\\\":1}'}");
    JsonNode before = gateway.gateway("GetMethod", at(resource) + "}");
    String replace = ", 'patchOperations': [{'op': 'replace', 'path': ";

    refused(
        "PutIntegrationResponse",
        at(resource)
            + ", 'statusCode': '204', 'responseTemplates': {'application/json': 'x'},"
            + " 'contentHandling': 'NONE'}");
    refused(
        "UpdateIntegrationResponse",
        at(resource)
            + ", 'statusCode': '204'"
            + replace
            + "'/responseTemplates/application~1json', 'value': 'x'}, {'op': 'replace',"
            + " 'path': '/contentHandling', 'value': 'NONE'}]}");
    refused(
        "UpdateIntegrationResponse",
        at(resource)
            + ", 'statusCode': '204'"
            + replace
            + "'/selectionPattern', 'value': 'x'}, {'op': 'replace', 'path': '/nowhere',"
            + " 'value': ''}]}");
    refused(
        "PutIntegration",
        at(resource)
            + ", 'type': 'MOCK', 'requestTemplates': {'application/json': 'x'},"
            + " 'passthroughBehavior': 'NONE'}");
    refused(
        "UpdateIntegration",
        at(resource)
            + replace
            + "'/requestTemplates/application~1json', 'value': 'x'}, {'op': 'replace',"
            + " 'path': '/passthroughBehavior', 'value': 'NONE'}]}");
    refused(
        "UpdateMethod",
        at(resource)
            + replace
            + "'/operationName', 'value': 'x'}, {'op': 'replace', 'path':"
            + " '/requestValidatorId', 'value': 'none'}]}");
    refused(
        "UpdateMethodResponse",
        at(resource)
            + ", 'statusCode': '204'"
            + replace
            + "'/responseModels/application~1json', 'value': 'None'}]}");
    refused(
        "PutMethod",
        at(resource).replace("OPTIONS", "GET")
            + ", 'authorizationType': 'NONE', 'requestModels': {'application/json': 'None'}}");

    assertThat(gateway.gateway("GetMethod", at(resource) + "}")).isEqualTo(before);
    gateway.deploy(api);
    assertThat(Gateway.text(gateway.send(api, "OPTIONS", "/mock", ""))).isEqualTo("{\"a\":1}");
  }

  @Test
  void aResourceDoesNotGoBelowItself() {
    String parent = gateway.resource(api, "a");
    String child = gateway.resource(api, "x", "b");
    String resource = "{'restApiId': '" + api + "', 'resourceId': '";
    String above =
        gateway.gateway("GetResource", resource + child + "'}").path("parentId").asText();
    String moved = "', 'patchOperations': [{'op': 'replace', 'path': '/parentId', 'value': '";

    refused(
        "UpdateResource",
        resource + above + moved + child + "'}]}",
        "BadRequestException",
        "Resources cannot be cyclical.");
    refused(
        "UpdateResource",
        resource
            + parent
            + "', 'patchOperations': [{'op': 'replace', 'path': '/pathPart', 'value': 'x'}]}",
        "ConflictException",
        "Another resource with the same parent already has this name: x");
    assertThat(gateway.gateway("GetResource", resource + parent + "'}").path("pathPart").asText())
        .isEqualTo("a");
  }

  private void proxy(String... parts) {
    String resource = gateway.resource(api, parts);
    gateway.invoking(api, resource, "ANY", "");
    gateway.deploy(api);
  }

  private HttpResponse mocked(String template) {
    mock(template);
    gateway.deploy(api);
    return gateway.send(api, "OPTIONS", "/mock", "");
  }

  /** OPTIONS /mock with that request template and the response 204. */
  private String mock(String template) {
    String resource = gateway.resource(api, "mock");
    String quoted = Gateway.JSON.getNodeFactory().textNode(template).toString();
    gateway.mock(
        api,
        resource,
        "OPTIONS",
        ", 'requestTemplates': {'application/json': " + quoted.replace("'", "\\u0027") + "}",
        "204",
        Map.of("Access-Control-Allow-Origin", "'*'"),
        "");
    return resource;
  }

  private void methodResponse(String resource, String status) {
    gateway.gateway("PutMethodResponse", at(resource) + ", 'statusCode': '" + status + "'}");
  }

  private void put(String resource, String status, String members) {
    gateway.gateway(
        "PutIntegrationResponse",
        at(resource) + ", 'statusCode': '" + status + "'" + members + "}");
  }

  private JsonNode integration(String resource) {
    return gateway.gateway("GetIntegration", at(resource) + "}");
  }

  private String at(String resource) {
    return Gateway.target(api, resource, "OPTIONS");
  }

  private void refused(String operation, String input) {
    assertThatThrownBy(() -> gateway.gateway(operation, input)).isInstanceOf(AwsException.class);
  }

  private void refused(String operation, String input, String code, String message) {
    assertRefused(() -> gateway.gateway(operation, input), code, message);
  }
}
