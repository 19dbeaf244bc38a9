// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2;

import static dev.syncline.sim.services.apigatewayv2.HttpApiFixture.shown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.service.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HttpApiAuthorizersTest {
  @Test
  void aJwtAuthorizerChecksTokenAudienceAndScope() {
    try (var gateway = new HttpApiFixture()) {
      gateway.functions.put("f", in -> in.at("/requestContext/authorizer/jwt"));
      String api = gateway.api("GET /open", "2.0");
      String authorizer =
          gateway
              .call(
                  "CreateAuthorizer",
                  "{'apiId': '%s', 'name': 'jwt', 'authorizerType': 'JWT', 'identitySource': ['$request.header.Authorization'], 'jwtConfiguration': {'audience': ['app'], 'issuer': 'https://i.example'}}"
                      .formatted(api))
              .get("authorizerId")
              .asText();
      gateway.route(
          api,
          "GET /closed",
          "2.0",
          ", 'authorizationType': 'JWT', 'authorizerId': '%s', 'authorizationScopes': ['read']"
              .formatted(authorizer));
      HttpResponse without = gateway.send(api, "GET", "/closed", "");
      assertThat(shown(without)).isEqualTo("401 {\"message\":\"Unauthorized\"}");
      assertThat(without.headers().first("www-authenticate")).contains("Bearer");
      HttpResponse broken = gateway.send(api, "GET", "/closed", "", "Authorization", "nothing");
      assertThat(broken.status()).isEqualTo(401);
      assertThat(broken.headers().first("www-authenticate").orElse(""))
          .contains("error=\"invalid_token\"", "the token is broken");
      assertThat(
              shown(gateway.send(api, "GET", "/closed", "", "Authorization", "Bearer ada:write")))
          .isEqualTo("403 {\"message\":\"Forbidden\"}");
      assertThat(
              shown(gateway.send(api, "GET", "/closed", "", "Authorization", "Bearer ada:read x")))
          .isEqualTo(
              "200 {\"claims\":{\"sub\":\"ada\",\"iss\":\"https://i.example\",\"aud\":\"app\","
                  + "\"scope\":\"read x\",\"cognito:groups\":\"[a b]\"},\"scopes\":[\"read\"]}");
    }
  }

  @Test
  void anAuthorizerFunctionIsAskedOnceForAnIdentityUntilItsAnswerExpires() {
    try (var gateway = new HttpApiFixture()) {
      var asked = new AtomicInteger();
      gateway.functions.put(
          "auth",
          in -> {
            asked.incrementAndGet();
            boolean allowed = in.path("identitySource").path(0).asText().equals("good");
            return HttpApiFixture.json(
                "{'isAuthorized': %s, 'context': {'who': 'ada'}}".formatted(allowed));
          });
      gateway.functions.put("f", in -> in.at("/requestContext/authorizer/lambda/who"));
      String api = gateway.api("GET /open", "2.0");
      String authorizer =
          gateway
              .call(
                  "CreateAuthorizer",
                  ("{'apiId': '%s', 'name': 'f', 'authorizerType': 'REQUEST',"
                       + " 'authorizerPayloadFormatVersion': '2.0', 'enableSimpleResponses': true,"
                       + " 'authorizerResultTtlInSeconds': 60, 'identitySource':"
                       + " ['$request.header.x-key'], 'authorizerUri':"
                       + " 'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/%sauth/invocations'}")
                      .formatted(api, HttpApiFixture.FUNCTION))
              .get("authorizerId")
              .asText();
      gateway.route(
          api,
          "GET /closed",
          "2.0",
          ", 'authorizationType': 'CUSTOM', 'authorizerId': '%s'".formatted(authorizer));
      assertThat(gateway.send(api, "GET", "/closed", "").status()).isEqualTo(401);
      assertThat(asked).hasValue(0);
      assertThat(shown(gateway.send(api, "GET", "/closed", "", "x-key", "good")))
          .isEqualTo("200 ada");
      assertThat(shown(gateway.send(api, "GET", "/closed", "", "x-key", "good")))
          .isEqualTo("200 ada");
      assertThat(asked).hasValue(1);
      assertThat(shown(gateway.send(api, "GET", "/closed", "", "x-key", "bad")))
          .isEqualTo("403 {\"message\":\"Forbidden\"}");
      gateway.clock.run(() -> gateway.clock.pause(java.time.Duration.ofSeconds(61)));
      assertThat(shown(gateway.send(api, "GET", "/closed", "", "x-key", "good")))
          .isEqualTo("200 ada");
      assertThat(asked).hasValue(3);
      gateway.call(
          "ResetAuthorizersCache", "{'apiId': '%s', 'stageName': '$default'}".formatted(api));
      gateway.send(api, "GET", "/closed", "", "x-key", "good");
      assertThat(asked).hasValue(4);
    }
  }

  @Test
  void aPolicyWithAConditionFailsTheRequest() {
    try (var gateway = new HttpApiFixture()) {
      gateway.functions.put(
          "auth",
          in ->
              HttpApiFixture.json(
                  "{'policyDocument': {'Statement': [{'Effect': 'Allow', 'Action': '*', 'Resource':"
                      + " '*', 'Condition': {'Bool': {'aws:SecureTransport': 'true'}}}]}}"));
      gateway.functions.put("f", in -> HttpApiFixture.json("{}"));
      String api = gateway.api("GET /open", "2.0");
      gateway.forbid();
      gateway.route(
          api,
          "GET /closed",
          "2.0",
          ", 'authorizationType': 'CUSTOM', 'authorizerId': '%s'"
              .formatted(authorizer(gateway, api, "r")));
      assertThat(shown(gateway.send(api, "GET", "/closed", "")))
          .isEqualTo("500 {\"message\":\"Internal Server Error\"}");
      assertThat(gateway.permitted).as("the role stands for the resource policy").isEmpty();
      assertThat(gateway.reasons()).last().asString().contains("Condition");
    }
  }

  @Test
  void anAuthorizerWhoseRoleDoesNotExistFailsTheRequest() {
    try (var gateway = new HttpApiFixture()) {
      String api = gateway.api("GET /open", "2.0");
      gateway.route(
          api,
          "GET /closed",
          "2.0",
          ", 'authorizationType': 'CUSTOM', 'authorizerId': '%s'"
              .formatted(authorizer(gateway, api, "missing")));
      assertThat(gateway.send(api, "GET", "/closed", "").status()).isEqualTo(500);
      assertThat(gateway.reasons()).last().asString().contains("missing", "cannot be assumed");
    }
  }

  private static String authorizer(HttpApiFixture gateway, String api, String role) {
    return gateway
        .call(
            "CreateAuthorizer",
            ("{'apiId': '%s', 'name': 'f', 'authorizerType': 'REQUEST', 'authorizerUri': '%sauth',"
                    + " 'authorizerPayloadFormatVersion': '2.0',"
                    + " 'authorizerCredentialsArn': 'arn:aws:iam::111111111111:role/%s'}")
                .formatted(api, HttpApiFixture.FUNCTION, role))
        .get("authorizerId")
        .asText();
  }

  @Test
  void anAuthorizerPolicyDecidesByTheRequestsArn() {
    try (var gateway = new HttpApiFixture()) {
      gateway.functions.put(
          "auth",
          in ->
              HttpApiFixture.json(
                  "{'principalId': 'p', 'policyDocument': {'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Action': 'execute-api:Invoke', 'Resource': '%s'}]}}"
                      .formatted(
                          in.path("methodArn").asText().replaceFirst("/GET/.*", "/GET/a*"))));
      gateway.functions.put("f", in -> in.at("/requestContext/authorizer/principalId"));
      String api = gateway.api("GET /open", "2.0");
      String authorizer =
          gateway
              .call(
                  "CreateAuthorizer",
                  "{'apiId': '%s', 'name': 'f', 'authorizerType': 'REQUEST', 'authorizerPayloadFormatVersion': '1.0', 'authorizerUri': '%sauth'}"
                      .formatted(api, HttpApiFixture.FUNCTION))
              .get("authorizerId")
              .asText();
      gateway.route(
          api,
          "GET /{proxy+}",
          "2.0",
          ", 'authorizationType': 'CUSTOM', 'authorizerId': '%s'".formatted(authorizer));
      assertThat(shown(gateway.send(api, "GET", "/abc", ""))).isEqualTo("200 p");
      assertThat(gateway.send(api, "GET", "/bcd", "").status()).isEqualTo(403);
    }
  }
}
