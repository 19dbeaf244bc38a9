// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth;

import static dev.syncline.sim.services.cognito.auth.AuthFixture.PASSWORD;
import static dev.syncline.sim.services.cognito.auth.AuthFixture.WRONG;
import static dev.syncline.sim.services.cognito.auth.AuthFixture.error;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class CustomSignInTest {
  @AutoClose
  private final AuthFixture room =
      new AuthFixture()
          .people(
              AuthFixture.triggers(
                  "DefineAuthChallenge",
                  "CreateAuthChallenge",
                  "VerifyAuthChallengeResponse",
                  "PreAuthentication",
                  "PostAuthentication"),
              "'EnableTokenRevocation': true");

  /** Asks for "blue", up to three times. */
  private ObjectNode riddle(ObjectNode event) {
    JsonNode session = event.at("/request/session");
    ObjectNode response = (ObjectNode) event.path("response");
    switch (event.path("triggerSource").asText()) {
      case "DefineAuthChallenge_Authentication" -> {
        JsonNode last = session.path(session.size() - 1);
        response.put("issueTokens", last.path("challengeResult").asBoolean(false));
        response.put("failAuthentication", session.size() >= 3);
        response.put("challengeName", "CUSTOM_CHALLENGE");
      }
      case "CreateAuthChallenge_Authentication" -> {
        response.putObject("publicChallengeParameters").put("question", "colour?");
        response.putObject("privateChallengeParameters").put("answer", "blue");
        response.put("challengeMetadata", "RIDDLE");
      }
      case "VerifyAuthChallengeResponse_Authentication" ->
          response.put(
              "answerCorrect",
              event
                  .at("/request/privateChallengeParameters/answer")
                  .equals(event.at("/request/challengeAnswer")));
      default -> {
        // The triggers around a sign-in have no response.
      }
    }
    return event;
  }

  private ObjectNode answer(ObjectNode asked, String answer) {
    return room.respond(asked, "'USERNAME': 'ann', 'ANSWER': '" + answer + "'");
  }

  @Test
  void theTriggersAskUntilTheAnswerIsRight() {
    room.user("ann");
    room.function = this::riddle;

    ObjectNode first = room.initiate("CUSTOM_AUTH", "'USERNAME': 'ann'");
    assertThat(first.path("ChallengeName").asText()).isEqualTo("CUSTOM_CHALLENGE");
    assertThat(first.path("ChallengeParameters").toString())
        .isEqualTo("{\"question\":\"colour?\",\"USERNAME\":\"ann\"}");
    ObjectNode second = answer(first, "red");
    assertThat(second.path("ChallengeName").asText()).isEqualTo("CUSTOM_CHALLENGE");
    assertThat(second.path("Session")).isNotEqualTo(first.path("Session"));
    assertThat(error(() -> answer(first, "blue")))
        .isEqualTo(
            "NotAuthorizedException: Invalid session for the user, session can only be used"
                + " once.");

    assertThat(answer(second, "blue").has("AuthenticationResult")).isTrue();

    List<String> sources =
        room.events.stream().map(event -> event.path("triggerSource").asText()).toList();
    assertThat(sources)
        .containsExactly(
            "PreAuthentication_Authentication",
            "DefineAuthChallenge_Authentication",
            "CreateAuthChallenge_Authentication",
            "VerifyAuthChallengeResponse_Authentication",
            "DefineAuthChallenge_Authentication",
            "CreateAuthChallenge_Authentication",
            "VerifyAuthChallengeResponse_Authentication",
            "DefineAuthChallenge_Authentication",
            "PostAuthentication_Authentication");
    assertThat(room.events.get(7).at("/request/session").toString())
        .isEqualTo(
            "[{\"challengeName\":\"CUSTOM_CHALLENGE\",\"challengeResult\":false,"
                + "\"challengeMetadata\":\"RIDDLE\"},{\"challengeName\":\"CUSTOM_CHALLENGE\","
                + "\"challengeResult\":true,\"challengeMetadata\":\"RIDDLE\"}]");
  }

  @Test
  void tooManyWrongAnswersFailTheSignIn() {
    room.user("ann");
    room.function = this::riddle;
    ObjectNode asked = room.initiate("CUSTOM_AUTH", "'USERNAME': 'ann'");
    ObjectNode second = answer(asked, "red");
    ObjectNode third = answer(second, "green");

    assertThat(error(() -> answer(third, "red"))).isEqualTo(WRONG);
  }

  @Test
  void aPasswordMayComeFirst() {
    room.user("ann");
    room.function =
        event -> {
          JsonNode session = event.at("/request/session");
          ObjectNode response = (ObjectNode) event.path("response");
          if (event.path("triggerSource").asText().startsWith("Define")) {
            boolean proved = session.size() == 2;
            response.put(
                "issueTokens", proved && session.path(1).path("challengeResult").asBoolean());
            response.put("failAuthentication", false);
            response.put("challengeName", "PASSWORD_VERIFIER");
          }
          return event;
        };
    AuthSrpClient srp = AuthSrpClient.ofPool(room.pool);

    ObjectNode asked =
        room.initiate(
            "CUSTOM_AUTH",
            "'USERNAME': 'ann', 'CHALLENGE_NAME': 'SRP_A', 'SRP_A': '" + srp.publicNumber() + "'");

    assertThat(asked.path("ChallengeName").asText()).isEqualTo("PASSWORD_VERIFIER");
    String proof = srp.proof(asked.path("ChallengeParameters"), "ann", PASSWORD, room.clock.now());
    assertThat(room.respond(asked, "'USERNAME': 'ann', " + proof).has("AuthenticationResult"))
        .isTrue();
  }

  @Test
  void aPoolWithoutTheTriggersHasNoSuchFlow() {
    room.people();
    room.user("ann");

    assertThat(error(() -> room.initiate("CUSTOM_AUTH", "'USERNAME': 'ann'")))
        .endsWith(": Custom auth lambda trigger is not configured for the user pool.");
  }

  @Test
  void aHiddenUserNeverGetsTokens() {
    room.client = room.client("'PreventUserExistenceErrors': 'ENABLED'").path("ClientId").asText();
    room.function = this::riddle;

    ObjectNode asked = room.initiate("CUSTOM_AUTH", "'USERNAME': 'nobody'");

    assertThat(room.events.getLast().at("/request/userNotFound").asBoolean()).isTrue();
    assertThat(error(() -> room.respond(asked, "'USERNAME': 'nobody', 'ANSWER': 'blue'")))
        .isEqualTo(WRONG);
  }
}
