// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.contract.TokenChecks;
import dev.syncline.sim.service.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Authorizers of user pools: which tokens they take, and what reaches the function. */
class PoolAuthorizerTest extends GatewayFixture {
  private static final String POOL =
      "arn:aws:cognito-idp:us-east-1:111111111111:userpool/us-east-1_Ab1Cd2Ef3";
  private static final String ID =
      "{'sub': 's', 'cognito:groups': ['a', 'b'], 'aud': 'client1', 'token_use': 'id',"
          + " 'exp': 1772604367, 'iat': 1772600767, 'auth_time': 1772600767,"
          + " 'email_verified': true}";
  private static final String ACCESS =
      "{'sub': 's', 'client_id': 'client1', 'token_use': 'access', 'scope': 'api/read openid'}";

  private final List<String> asked = new ArrayList<>();
  private String api = "";
  private String resource = "";

  @BeforeEach
  void createApi() {
    api = gateway.api("");
    resource = gateway.resource(api, "items");
    gateway.tokens =
        (token, issuer) -> {
          asked.add(token + " " + issuer);
          return switch (token.replace("Bearer ", "")) {
            case "id" -> new TokenChecks.Result.Valid(json(ID));
            case "access" -> new TokenChecks.Result.Valid(json(ACCESS));
            case "old" -> new TokenChecks.Result.Invalid("the token is old", true);
            default -> new TokenChecks.Result.Invalid("forged");
          };
        };
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) Gateway.JSON.readTree(text.replace('\'', '"'));
    } catch (java.io.IOException malformed) {
      throw new AssertionError(malformed);
    }
  }

  private JsonNode authorizer(String members) {
    return gateway.gateway(
        "CreateAuthorizer",
        "{'restApiId': '"
            + api
            + "', 'name': 'pools', 'type': 'COGNITO_USER_POOLS'"
            + members
            + "}");
  }

  private String authorizer() {
    return authorizer(", 'providerARNs': ['" + POOL + "']").get("id").asText();
  }

  private void deploy(String authorizer, String more) {
    gateway.gateway(
        "PutMethod",
        Gateway.target(api, resource, "GET")
            + ", 'authorizationType': 'COGNITO_USER_POOLS', 'authorizerId': '"
            + authorizer
            + "'"
            + more
            + "}");
    gateway.proxy(api, resource, "GET", "f", "");
    gateway.deploy(api);
  }

  private HttpResponse get(String token) {
    return gateway.send(api, "GET", "/items", "", "Authorization", token);
  }

  @Test
  void anAuthorizerHasTheMembersOfAws() {
    assertThatThrownBy(() -> authorizer("")).hasMessageContaining("providerARNs");
    assertThatThrownBy(() -> authorizer(", 'providerARNs': ['arn:aws:sns:us-east-1:1:x']"))
        .hasMessageContaining("Invalid Cognito Provider ARN");
    JsonNode made = authorizer(", 'providerARNs': ['" + POOL + "']");
    assertThat(made.get("authType").asText()).isEqualTo("cognito_user_pools");
    assertThat(made.get("identitySource").asText())
        .isEqualTo("method.request.header.Authorization");
    assertThat(made.get("providerARNs")).hasSize(1);
  }

  @Test
  void anIdTokenLetsARequestInAndItsClaimsAreTexts() {
    deploy(authorizer(), "");

    for (String token : List.of("id", "Bearer id")) {
      HttpResponse response = get(token);
      assertThat(response.status()).as(Gateway.text(response)).isEqualTo(200);
    }
    assertThat(event.at("/requestContext/authorizer").toString().replace('"', '\''))
        .isEqualTo(
            "{'claims':{'sub':'s','cognito:groups':'a,b','aud':'client1','token_use':'id',"
                + "'exp':'Wed Mar 04 06:06:07 UTC 2026','iat':'Wed Mar 04 05:06:07 UTC 2026',"
                + "'auth_time':'1772600767','email_verified':'true'}}");
    assertThat(asked.get(0))
        .endsWith(" https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab1Cd2Ef3");
  }

  @Test
  void otherTokensAreUnauthorized() {
    deploy(authorizer(), "");

    for (String token : List.of("forged", "access", "", "Bearer forged")) {
      assertErrorResponse(get(token), 401, "Unauthorized", "UnauthorizedException");
    }
    assertErrorResponse(get("old"), 401, "The incoming token has expired", "UnauthorizedException");
    assertErrorResponse(
        gateway.send(api, "GET", "/items", ""), 401, "Unauthorized", "UnauthorizedException");
  }

  @Test
  void aMethodWithScopesTakesAccessTokensWithOneOfThem() {
    deploy(authorizer(), ", 'authorizationScopes': ['api/write', 'api/read']");

    assertThat(get("access").status()).isEqualTo(200);
    assertErrorResponse(get("id"), 401, "Unauthorized", "UnauthorizedException");

    gateway.gateway(
        "UpdateMethod",
        Gateway.target(api, resource, "GET")
            + ", 'patchOperations': [{'op': 'remove', 'path': '/authorizationScopes',"
            + " 'value': 'api/read'}]}");
    gateway.deploy(api);
    assertErrorResponse(get("access"), 401, "Unauthorized", "UnauthorizedException");
  }

  @Test
  void theAudienceMustMatchTheExpression() {
    String id = authorizer();
    deploy(id, "");
    gateway.gateway(
        "UpdateAuthorizer",
        "{'restApiId': '"
            + api
            + "', 'authorizerId': '"
            + id
            + "', 'patchOperations': [{'op': 'replace', 'path': '/identityValidationExpression',"
            + " 'value': 'client2'}]}");
    gateway.deploy(api);

    assertErrorResponse(get("id"), 401, "Unauthorized", "UnauthorizedException");
  }

  @Test
  void severalPoolsAreTried() {
    gateway.tokens =
        (token, issuer) ->
            issuer.endsWith("_Two")
                ? new TokenChecks.Result.Valid(json(ID))
                : new TokenChecks.Result.Invalid("another issuer");
    String two = "arn:aws:cognito-idp:us-east-1:111111111111:userpool/us-east-1_Two";
    deploy(authorizer(", 'providerARNs': ['" + POOL + "', '" + two + "']").get("id").asText(), "");

    assertThat(get("any").status()).isEqualTo(200);
  }

  @Test
  void aTestInvocationTellsTheClaims() {
    String id = authorizer();
    String target = "{'restApiId': '" + api + "', 'authorizerId': '" + id + "', 'headers': ";

    JsonNode good = gateway.gateway("TestInvokeAuthorizer", target + "{'Authorization': 'id'}}");
    assertThat(good.get("clientStatus").asInt()).isEqualTo(200);
    assertThat(good.at("/claims/sub").asText()).isEqualTo("s");

    JsonNode bad = gateway.gateway("TestInvokeAuthorizer", target + "{'Authorization': 'forged'}}");
    assertThat(bad.get("clientStatus").asInt()).isEqualTo(401);
    assertThat(bad.has("claims")).isFalse();
  }

  @Test
  void aMethodNeedsAnAuthorizerOfItsType() {
    assertThatThrownBy(() -> deploy("nobody", ""))
        .hasMessageContaining("Invalid authorizer ID specified");
    String id = authorizer();
    assertThatThrownBy(
            () ->
                gateway.gateway(
                    "PutMethod",
                    Gateway.target(api, resource, "GET")
                        + ", 'authorizationType': 'CUSTOM', 'authorizerId': '"
                        + id
                        + "'}"))
        .hasMessageContaining("Invalid authorizer ID specified");
  }

  @Test
  void openApiDocumentsNamePoolsAndScopes() {
    String document =
        "{'openapi': '3.0.1', 'info': {'title': 't', 'version': '1'}, 'paths': {'/x': {'get': {"
            + "'security': [{'pools': ['api/read']}], 'responses': {},"
            + " 'x-amazon-apigateway-integration': {'type': 'MOCK'}}}},"
            + " 'components': {'securitySchemes': {'pools': {'type': 'apiKey',"
            + " 'name': 'Authorization', 'in': 'header',"
            + " 'x-amazon-apigateway-authtype': 'cognito_user_pools',"
            + " 'x-amazon-apigateway-authorizer': {'type': 'cognito_user_pools',"
            + " 'providerARNs': ['"
            + POOL
            + "']}}}}}";
    String body = Gateway.JSON.getNodeFactory().textNode(document.replace('\'', '"')).toString();
    String imported = gateway.gateway("ImportRestApi", "{'body': " + body + "}").get("id").asText();

    JsonNode made =
        gateway.gateway("GetAuthorizers", "{'restApiId': '" + imported + "'}").at("/item/0");
    assertThat(made.path("type").asText()).isEqualTo("COGNITO_USER_POOLS");
    assertThat(made.path("authType").asText()).isEqualTo("cognito_user_pools");
    assertThat(made.at("/providerARNs/0").asText()).isEqualTo(POOL);
    JsonNode resources =
        gateway.gateway("GetResources", "{'restApiId': '" + imported + "', 'embed': ['methods']}");
    assertThat(resources.toString())
        .contains("\"authorizationType\":\"COGNITO_USER_POOLS\"")
        .contains("\"authorizationScopes\":[\"api/read\"]");
  }
}
