// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.syncline.sim.service.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lambda authorizers: who is let in, and what they give to the integration. */
class AuthorizerTest extends GatewayFixture {
  private static final String URI =
      "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
          + "arn:aws:lambda:us-east-1:111111111111:function:auth/invocations";

  private final AtomicInteger asked = new AtomicInteger();
  private volatile JsonNode question = MissingNode.getInstance();
  private volatile String verdict = allow("*");
  private String api = "";
  private String resource = "";

  private static String policy(String effect, String resource) {
    return "{\"principalId\":\"me\",\"policyDocument\":{\"Version\":\"2012-10-17\",\"Statement\":"
        + "[{\"Action\":\"execute-api:Invoke\",\"Effect\":\""
        + effect
        + "\",\"Resource\":\""
        + resource
        + "\"}]},\"context\":{\"tenant\":\"t1\",\"level\":7,\"admin\":true}}";
  }

  private static String allow(String resource) {
    return policy("Allow", resource);
  }

  @BeforeEach
  void createAuthorizerFunction() {
    gateway.function(
        "auth",
        (in, out, context) -> {
          asked.incrementAndGet();
          question = Gateway.JSON.readTree(in);
          if (verdict.equals("unauthorized")) {
            throw new IllegalStateException("Unauthorized");
          }
          if (verdict.equals("broken")) {
            throw new IllegalStateException("broken");
          }
          out.write(verdict.getBytes(StandardCharsets.UTF_8));
        });
    gateway.permit("auth");
    api = gateway.api("");
    resource = gateway.resource(api, "items", "{id}");
  }

  private String authorizer(String members) {
    return gateway
        .gateway(
            "CreateAuthorizer",
            "{'restApiId': '"
                + api
                + "', 'name': 'a', 'authorizerUri': '"
                + URI
                + "', "
                + members
                + "}")
        .get("id")
        .asText();
  }

  private void deploy(String authorizer) {
    gateway.gateway(
        "PutMethod",
        Gateway.target(api, resource, "GET")
            + ", 'authorizationType': 'CUSTOM', 'authorizerId': '"
            + authorizer
            + "'}");
    gateway.proxy(api, resource, "GET", "f", "");
    gateway.deploy(api);
  }

  private HttpResponse get(String path, String... headers) {
    return gateway.send(api, "GET", path, "", headers);
  }

  @Test
  void aTokenLetsARequestInAndItsContextReachesTheFunction() {
    deploy(authorizer("'type': 'TOKEN'"));

    HttpResponse response = get("/items/7", "authorization", "Bearer x");

    assertThat(response.status()).as(Gateway.text(response)).isEqualTo(200);
    assertThat(question.toString())
        .isEqualTo(
            "{\"type\":\"TOKEN\",\"methodArn\":\"arn:aws:execute-api:us-east-1:111111111111:"
                + api
                + "/dev/GET/items/7\",\"authorizationToken\":\"Bearer x\"}");
    JsonNode given = event.at("/requestContext/authorizer");
    assertThat(given.get("principalId").asText()).isEqualTo("me");
    assertThat(given.get("tenant").asText()).isEqualTo("t1");
    assertThat(given.get("level").isTextual()).isTrue();
    assertThat(given.get("admin").asText()).isEqualTo("true");
    assertThat(given.has("integrationLatency")).isTrue();
  }

  @Test
  void aRequestWithoutATokenOrWithAMalformedOneIsUnauthorizedWithoutAQuestion() {
    deploy(authorizer("'type': 'TOKEN', 'identityValidationExpression': 'Bearer [a-z]+'"));

    assertErrorResponse(get("/items/7"), 401, "Unauthorized", "UnauthorizedException");
    assertErrorResponse(
        get("/items/7", "Authorization", "Bearer 1"), 401, "Unauthorized", "UnauthorizedException");
    assertThat(asked).hasValue(0);
    assertThat(get("/items/7", "Authorization", "Bearer abc").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Deny|*|with an explicit deny",
        "Allow|arn:aws:execute-api:us-east-1:111111111111:*/dev/GET/other/*|access this resource",
        "Allow|arn:aws:execute-api:us-east-1:111111111111:*/dev/POST/*|access this resource"
      })
  void aPolicyThatDoesNotAllowIs403(String effect, String resources, String message) {
    verdict = policy(effect, resources);
    deploy(authorizer("'type': 'TOKEN'"));

    HttpResponse response = get("/items/7", "Authorization", "x");

    assertThat(response.status()).isEqualTo(403);
    assertThat(Gateway.text(response))
        .startsWith("{\"Message\":\"User is not authorized to access this resource")
        .contains(message);
    assertThat(response.headers().first("x-amzn-ErrorType")).contains("AccessDeniedException");
  }

  @Test
  void aPolicyWithWildcardsAllows() {
    verdict = allow("arn:aws:execute-api:*:*:" + "*/d?v/GET/items/*");
    deploy(authorizer("'type': 'TOKEN'"));
    assertThat(get("/items/7", "Authorization", "x").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "broken",
        "{}",
        "[]",
        "no",
        "{\"principalId\":\"a\"}",
        "{\"principalId\":\"a\",\"policyDocument\":{\"Statement\":[{\"Effect\":\"Maybe\"}]}}",
        "{\"principalId\":\"a\",\"policyDocument\":{\"Statement\":[]},\"context\":{\"a\":[]}}"
      })
  void anAuthorizerThatFailsIs500WithoutAMessage(String result) {
    verdict = result;
    deploy(authorizer("'type': 'TOKEN'"));

    HttpResponse response = get("/items/7", "Authorization", "x");

    assertThat(response.status()).isEqualTo(500);
    assertThat(Gateway.text(response)).isEqualTo("{\"message\":null}");
    assertThat(invocations).hasValue(0);
  }

  @Test
  void theErrorUnauthorizedIs401() {
    verdict = "unauthorized";
    deploy(authorizer("'type': 'TOKEN'"));
    assertErrorResponse(
        get("/items/7", "Authorization", "x"), 401, "Unauthorized", "UnauthorizedException");
  }

  @Test
  void aResultIsKeptByItsIdentityForItsTime() {
    String id = authorizer("'type': 'TOKEN', 'authorizerResultTtlInSeconds': 60");
    deploy(id);

    get("/items/1", "Authorization", "x");
    get("/items/2", "Authorization", "x");
    assertThat(asked).hasValue(1);
    get("/items/1", "Authorization", "y");
    assertThat(asked).hasValue(2);
    gateway.clock.run(() -> gateway.clock.pause(Duration.ofSeconds(61)));
    get("/items/1", "Authorization", "x");
    assertThat(asked).hasValue(3);
    gateway.gateway(
        "FlushStageAuthorizersCache", "{'restApiId': '" + api + "', 'stageName': 'dev'}");
    get("/items/1", "Authorization", "x");
    assertThat(asked).hasValue(4);
  }

  @Test
  void aRequestAuthorizerSeesTheRequest() {
    deploy(
        authorizer(
            "'type': 'REQUEST', 'identitySource':"
                + " 'method.request.header.X-Who, method.request.querystring.q'"));

    assertThat(get("/items/7", "X-Who", "me").status()).isEqualTo(401);
    assertThat(get("/items/7?q=1", "X-Who", "me").status()).isEqualTo(200);
    assertThat(question.get("type").asText()).isEqualTo("REQUEST");
    assertThat(question.get("methodArn").asText()).endsWith("/dev/GET/items/7");
    assertThat(question.at("/pathParameters/id").asText()).isEqualTo("7");
    assertThat(question.at("/queryStringParameters/q").asText()).isEqualTo("1");
    assertThat(question.at("/headers/X-Who").asText()).isEqualTo("me");
    assertThat(question.get("stageVariables").isObject()).isTrue();
    assertThat(question.has("body")).isFalse();
    get("/items/7?q=1", "X-Who", "me");
    assertThat(asked).hasValue(1);
  }

  @Test
  void aMethodNeedsAnAuthorizerThatExistsAndOneInUseIsNotDeleted() {
    assertThatThrownBy(() -> deploy("none")).hasMessageContaining("requires a valid authorizer");
    String id = authorizer("'type': 'TOKEN'");
    assertThatThrownBy(() -> authorizer("'type': 'TOKEN'"))
        .hasMessageContaining("Authorizer name must be unique");
    assertThatThrownBy(() -> authorizer("'type': 'COGNITO_USER_POOLS', 'name': 'c'"))
        .hasMessageContaining("COGNITO_USER_POOLS");
    assertThatThrownBy(() -> authorizer("'type': 'REQUEST', 'name': 'r'"))
        .hasMessageContaining("Identity sources are required");
    deploy(id);
    String target = "{'restApiId': '" + api + "', 'authorizerId': '" + id + "'";
    assertThatThrownBy(() -> gateway.gateway("DeleteAuthorizer", target + "}"))
        .hasMessageContaining("referenced in method: GET /items/{id}");
    gateway.gateway(
        "UpdateAuthorizer",
        target
            + ", 'patchOperations': [{'op': 'replace', 'path': '/authorizerResultTtlInSeconds',"
            + " 'value': '0'}]}");
    assertThat(gateway.gateway("GetAuthorizer", target + "}").get("authorizerResultTtlInSeconds"))
        .hasToString("0");
    assertThat(gateway.gateway("GetAuthorizers", "{'restApiId': '" + api + "'}").get("item"))
        .hasSize(1);
  }

  @Test
  void aMethodAndAnAuthorizerAreTestedWithoutADeployment() {
    String id = authorizer("'type': 'TOKEN'");
    String target = "{'restApiId': '" + api + "', 'authorizerId': '" + id + "'";
    JsonNode let =
        gateway.gateway("TestInvokeAuthorizer", target + ", 'headers': {'Authorization': 'x'}}");
    assertThat(let.get("clientStatus").asInt()).isEqualTo(200);
    assertThat(let.get("principalId").asText()).isEqualTo("me");
    assertThat(let.get("policy").asText()).contains("execute-api:Invoke");
    assertThat(gateway.gateway("TestInvokeAuthorizer", target + "}").get("clientStatus").asInt())
        .isEqualTo(401);

    gateway.gateway(
        "PutMethod",
        Gateway.target(api, resource, "GET")
            + ", 'authorizationType': 'CUSTOM', 'authorizerId': '"
            + id
            + "'}");
    gateway.proxy(api, resource, "GET", "f", "");
    JsonNode tested =
        gateway.gateway(
            "TestInvokeMethod",
            Gateway.target(api, resource, "GET")
                + ", 'pathWithQueryString': '/items/7?q=1', 'headers': {'X-A': 'b'}}");
    assertThat(tested.get("status").asInt()).isEqualTo(200);
    assertThat(tested.get("body").asText()).isEqualTo("ok");
    assertThat(tested.get("log").asText())
        .startsWith("Execution log for request ")
        .contains("UTC 2026 : Method completed with status: 200");
    assertThat(event.at("/pathParameters/id").asText()).isEqualTo("7");
    assertThat(event.at("/requestContext/stage").asText()).isEqualTo("test-invoke-stage");
  }
}
