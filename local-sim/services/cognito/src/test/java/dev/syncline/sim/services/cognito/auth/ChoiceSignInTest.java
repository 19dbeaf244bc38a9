// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth;

import static dev.syncline.sim.services.cognito.auth.AuthFixture.PASSWORD;
import static dev.syncline.sim.services.cognito.auth.AuthFixture.WRONG;
import static dev.syncline.sim.services.cognito.auth.AuthFixture.error;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ChoiceSignInTest {
  @AutoClose
  private final AuthFixture room =
      new AuthFixture()
          .people(
              "'Policies': {'SignInPolicy': {'AllowedFirstAuthFactors': ['PASSWORD',"
                  + " 'EMAIL_OTP']}}",
              "'EnableTokenRevocation': true");

  private ObjectNode start(String name, String more) {
    return room.initiate("USER_AUTH", "'USERNAME': '" + name + "'" + more);
  }

  @Test
  void theUserSelectsAmongTheFactors() {
    room.user("ann");

    ObjectNode asked = start("ann", "");

    assertThat(asked.path("ChallengeName").asText()).isEqualTo("SELECT_CHALLENGE");
    assertThat(asked.path("AvailableChallenges").toString())
        .isEqualTo("[\"EMAIL_OTP\",\"PASSWORD_SRP\",\"PASSWORD\"]");
    assertThat(error(() -> room.respond(asked, "'USERNAME': 'ann', 'ANSWER': 'PASSWORD'")))
        .isEqualTo("InvalidParameterException: Missing required parameter PASSWORD");
    String right = "'USERNAME': 'ann', 'ANSWER': 'PASSWORD', 'PASSWORD': '" + PASSWORD + "'";
    assertThat(room.respond(asked, right).has("AuthenticationResult")).isTrue();
    ObjectNode second = start("ann", "");
    assertThat(
            error(
                () ->
                    room.respond(
                        second, "'USERNAME': 'ann', 'ANSWER': 'PASSWORD', 'PASSWORD': 'x'")))
        .isEqualTo(WRONG);
  }

  @Test
  void aPreferredCodeComesAtOnceAndAWrongOneLeavesTheSession() {
    room.user("ann");

    ObjectNode asked = start("ann", ", 'PREFERRED_CHALLENGE': 'EMAIL_OTP'");

    assertThat(asked.path("ChallengeName").asText()).isEqualTo("EMAIL_OTP");
    assertThat(asked.path("ChallengeParameters").toString())
        .isEqualTo(
            "{\"CODE_DELIVERY_DELIVERY_MEDIUM\":\"EMAIL\","
                + "\"CODE_DELIVERY_DESTINATION\":\"a***@e***\"}");
    assertThat(room.message().code()).matches("[0-9]{8}");
    for (int i = 0; i < 6; i++) {
      assertThat(error(() -> code(asked, "ann", room.wrongCode())))
          .isEqualTo("CodeMismatchException: Invalid code or auth state for the user.");
    }
    assertThat(code(asked, "ann", room.message().code()).has("AuthenticationResult")).isTrue();
  }

  private ObjectNode code(ObjectNode asked, String name, String code) {
    return room.respond(asked, "'USERNAME': '" + name + "', 'EMAIL_OTP_CODE': '" + code + "'");
  }

  @Test
  void aTemporaryPasswordLeavesPasswordsOnly() {
    room.admin(
        "AdminCreateUser",
        "ann",
        "'TemporaryPassword': 'Temp0rary!', 'MessageAction': 'SUPPRESS', 'UserAttributes':"
            + " [{'Name': 'email', 'Value': 'a@b.org'}, {'Name': 'email_verified', 'Value':"
            + " 'true'}]");

    ObjectNode asked = start("ann", ", 'PREFERRED_CHALLENGE': 'EMAIL_OTP'");

    assertThat(asked.path("AvailableChallenges").toString())
        .isEqualTo("[\"PASSWORD_SRP\",\"PASSWORD\"]");
  }

  @Test
  void aHiddenUserGetsACodeThatIsNeverSent() {
    assertThat(error(() -> start("nobody@home.org", "")))
        .isEqualTo("UserNotFoundException: User does not exist.");
    room.client = room.client("'PreventUserExistenceErrors': 'ENABLED'").path("ClientId").asText();

    ObjectNode asked = start("nobody@home.org", ", 'PREFERRED_CHALLENGE': 'EMAIL_OTP'");

    assertThat(asked.path("ChallengeName").asText()).isEqualTo("EMAIL_OTP");
    assertThat(asked.at("/ChallengeParameters/CODE_DELIVERY_DESTINATION").asText())
        .isEqualTo("n***@h***");
    assertThat(error(() -> code(asked, "nobody@home.org", "12345678")))
        .isEqualTo("CodeMismatchException: Invalid code or auth state for the user.");
    assertThat(room.messages()).isEmpty();
  }

  @Test
  void aHiddenUserGetsAPasswordChoiceWhereThePoolAllowsNoCodes() {
    room.people("'UserPoolTags': {}", "'PreventUserExistenceErrors': 'ENABLED'");

    ObjectNode asked = start("nobody", "");

    assertThat(asked.path("AvailableChallenges").toString())
        .isEqualTo("[\"PASSWORD_SRP\",\"PASSWORD\"]");
    ObjectNode other = start("nobody", "");
    assertThat(
            room.respond(asked, "'USERNAME': 'nobody', 'ANSWER': 'PASSWORD_SRP', 'SRP_A': 'abc'")
                .path("ChallengeName")
                .asText())
        .isEqualTo("PASSWORD_VERIFIER");
    assertThat(
            error(
                () ->
                    room.respond(
                        other, "'USERNAME': 'nobody', 'ANSWER': 'PASSWORD', 'PASSWORD': 'x'")))
        .isEqualTo(WRONG);
  }
}
