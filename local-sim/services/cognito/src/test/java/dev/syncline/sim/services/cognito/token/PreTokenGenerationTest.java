// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.token;

import static dev.syncline.sim.services.cognito.token.TokenFixture.claims;
import static dev.syncline.sim.services.cognito.token.TokenFixture.error;
import static dev.syncline.sim.services.cognito.token.TokenFixture.returned;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The trigger before tokens are issued, in its three versions. */
class PreTokenGenerationTest {
  private final TokenFixture pool = new TokenFixture();

  @AfterEach
  void close() {
    pool.close();
  }

  private void answers(String member, String details) {
    pool.function =
        event -> {
          ((ObjectNode) event.path("response")).set(member, json(details));
          return returned(event);
        };
  }

  private static JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text.replace('\'', '"'));
    } catch (java.io.IOException malformed) {
      throw new AssertionError(malformed);
    }
  }

  @Test
  void eventOfTheFirstVersion() {
    pool.trigger(null);
    pool.join("alice", "owners", "arn:aws:iam::111111111111:role/owner", 1);
    pool.signIn();
    assertThat(pool.events)
        .singleElement()
        .isEqualTo(
            json(
                """
                {'version': '1', 'region': 'us-east-1', 'userPoolId': 'us-east-1_Ab1Cd2Ef3',
                 'userName': 'alice',
                 'callerContext': {'awsSdkVersion': 'aws-sdk-unknown-unknown',
                   'clientId': '1example23456789client0000'},
                 'triggerSource': 'TokenGeneration_Authentication',
                 'request': {
                   'userAttributes': {'sub': '64684428-c021-7049-51b0-alice',
                     'cognito:user_status': 'CONFIRMED',
                     'email': 'alice@example.com', 'email_verified': 'true'},
                   'groupConfiguration': {'groupsToOverride': ['owners'],
                     'iamRolesToOverride': ['arn:aws:iam::111111111111:role/owner'],
                     'preferredRole': 'arn:aws:iam::111111111111:role/owner'}},
                 'response': {'claimsOverrideDetails': null}}
                """));
  }

  @Test
  void theFirstVersionChangesTheIdTokenAndGroupsOfBoth() {
    pool.trigger(null);
    answers(
        "claimsOverrideDetails",
        "{'claimsToAddOrOverride': {'tier': 'gold', 'sub': 'x', 'cognito:username': 'x'},"
            + " 'claimsToSuppress': ['email', 'exp'],"
            + " 'groupOverrideDetails': {'groupsToOverride': ['a', 'b'],"
            + " 'iamRolesToOverride': ['r'], 'preferredRole': 'r'}}");
    ObjectNode result = pool.signIn();
    ObjectNode id = claims(result.path("IdToken").asText());
    assertThat(id.path("tier").asText()).isEqualTo("gold");
    assertThat(id.path("sub").asText()).endsWith("alice");
    assertThat(id.path("cognito:username").asText()).isEqualTo("alice");
    assertThat(id.has("email")).isFalse();
    assertThat(id.has("exp")).isTrue();
    assertThat(id.path("cognito:preferred_role").asText()).isEqualTo("r");
    ObjectNode access = claims(result.path("AccessToken").asText());
    assertThat(access.has("tier")).isFalse();
    assertThat(access.path("cognito:groups").toString()).isEqualTo("[\"a\",\"b\"]");
  }

  @Test
  void theSecondVersionChangesScopesAndAccessClaims() {
    pool.trigger("V2_0");
    answers(
        "claimsAndScopeOverrideDetails",
        "{'idTokenGeneration': {'claimsToAddOrOverride': {'family': {'size': 3}}},"
            + " 'accessTokenGeneration': {'claimsToAddOrOverride':"
            + " {'roles': ['x', 'y'], 'client_id': 'z', 'username': 'z'},"
            + " 'claimsToSuppress': ['username'],"
            + " 'scopesToAdd': ['api/read', 'bad one', 'aws.cognito.other'],"
            + " 'scopesToSuppress': ['aws.cognito.signin.user.admin']}}");
    ObjectNode result = pool.signIn();
    assertThat(pool.events.get(0).path("version").asText()).isEqualTo("2");
    assertThat(pool.events.get(0).at("/request/scopes").toString())
        .isEqualTo("[\"aws.cognito.signin.user.admin\"]");
    ObjectNode access = claims(result.path("AccessToken").asText());
    assertThat(access.path("scope").asText()).isEqualTo("api/read");
    assertThat(access.path("roles")).hasSize(2);
    assertThat(access.path("client_id").asText()).isEqualTo(TokenFixture.CLIENT);
    assertThat(access.path("username").asText()).isEqualTo("alice");
    assertThat(claims(result.path("IdToken").asText()).at("/family/size").asInt()).isEqualTo(3);
  }

  @Test
  void onlyTheThirdVersionSeesTokensOfClients() {
    pool.trigger("V2_0");
    clientToken();
    assertThat(pool.events).isEmpty();
    pool.trigger("V3_0");
    answers(
        "claimsAndScopeOverrideDetails",
        "{'accessTokenGeneration': {'claimsToAddOrOverride': {'tenant': 't'}}}");
    assertThat(clientToken().path("tenant").asText()).isEqualTo("t");
    assertThat(pool.events.get(0).path("triggerSource").asText())
        .isEqualTo("TokenGeneration_ClientCredentials");
    assertThat(pool.events.get(0).path("version").asText()).isEqualTo("3");
  }

  private ObjectNode clientToken() {
    return claims(
        pool.call(
            () -> pool.tokens.clientToken(pool.pool(), pool.client(), List.of("api/r"), Map.of())));
  }

  @Test
  void refreshHasItsOwnSource() {
    String token = pool.signIn().path("RefreshToken").asText();
    pool.trigger(null);
    pool.refresh(token);
    assertThat(pool.events.get(0).path("triggerSource").asText())
        .isEqualTo("TokenGeneration_RefreshTokens");
  }

  @Test
  void otherFormsOfTheAnswerAreRefused() {
    pool.trigger(null);
    for (String bad :
        new String[] {
          "'text'",
          "{'claimsToAddOrOverride': []}",
          "{'claimsToAddOrOverride':" + " {'a': {'b': 1}}}"
        }) {
      answers("claimsOverrideDetails", bad);
      assertThat(error(pool::signIn))
          .isEqualTo("InvalidLambdaResponseException: Unrecognizable lambda output");
    }
    answers("claimsOverrideDetails", "null");
    assertThat(pool.signIn().has("IdToken")).isTrue();
  }
}
