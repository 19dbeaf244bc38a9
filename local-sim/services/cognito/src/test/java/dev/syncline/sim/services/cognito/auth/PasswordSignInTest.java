// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth;

import static dev.syncline.sim.services.cognito.auth.AuthFixture.PASSWORD;
import static dev.syncline.sim.services.cognito.auth.AuthFixture.WRONG;
import static dev.syncline.sim.services.cognito.auth.AuthFixture.error;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class PasswordSignInTest {
  @AutoClose private final AuthFixture room = new AuthFixture().people();

  @Test
  void theAnswerHasTokensAndEmptyParameters() {
    room.user("ann");

    ObjectNode answer = room.signIn("ann", PASSWORD);

    assertThat(answer.path("ChallengeParameters").isObject()).isTrue();
    assertThat(answer.path("ChallengeParameters")).isEmpty();
    assertThat(answer.has("Session")).isFalse();
    var members = new ArrayList<String>();
    answer.path("AuthenticationResult").fieldNames().forEachRemaining(members::add);
    assertThat(members)
        .containsExactlyInAnyOrder(
            "AccessToken", "ExpiresIn", "IdToken", "RefreshToken", "TokenType");
    assertThat(answer.at("/AuthenticationResult/ExpiresIn").asInt()).isEqualTo(3600);
  }

  @Test
  void theChecksRunInAwsOrder() {
    String known = room.client;
    room.client = "unknown0000000000000000000";
    assertThat(error(() -> room.initiate("USER_PASSWORD_AUTH", "")))
        .isEqualTo(
            "ResourceNotFoundException: User pool client unknown0000000000000000000 does not"
                + " exist.");
    room.client =
        room.client("'GenerateSecret': true, 'ExplicitAuthFlows': ['ALLOW_USER_SRP_AUTH']")
            .path("ClientId")
            .asText();
    assertThat(error(() -> room.initiate("USER_PASSWORD_AUTH", "")))
        .isEqualTo(
            "InvalidParameterException: USER_PASSWORD_AUTH flow not enabled for this client");
    assertThat(error(() -> room.initiate("USER_SRP_AUTH", "'USERNAME': 'nobody'")))
        .isEqualTo("InvalidParameterException: Missing required parameter SRP_A");
    assertThat(error(() -> room.initiate("USER_SRP_AUTH", "'USERNAME': 'nobody', 'SRP_A': 'a'")))
        .isEqualTo(
            "NotAuthorizedException: Client "
                + room.client
                + " is configured with secret but SECRET_HASH was not received");
    room.client = known;
    assertThat(error(() -> room.signIn("nobody", PASSWORD)))
        .isEqualTo("UserNotFoundException: User does not exist.");
  }

  @Test
  void theStatusIsCheckedBeforeThePassword() {
    room.user("ann");
    room.admin("AdminDisableUser", "ann", "");
    assertThat(error(() -> room.signIn("ann", "wrong")))
        .isEqualTo("NotAuthorizedException: User is disabled.");
    room.admin("AdminEnableUser", "ann", "");
    room.admin("AdminResetUserPassword", "ann", "");
    assertThat(error(() -> room.signIn("ann", "wrong")))
        .isEqualTo("PasswordResetRequiredException: Password reset required for the user");
    room.ofClient("SignUp", "bob", "'Password': '" + PASSWORD + "'");
    assertThat(error(() -> room.signIn("bob", "wrong")))
        .isEqualTo("UserNotConfirmedException: User is not confirmed.");
  }

  @Test
  void theFlowOfAdministratorsIsForTheirOperationOnly() {
    room.user("ann");
    String parameters = "'USERNAME': 'ann', 'PASSWORD': '" + PASSWORD + "'";

    assertThat(error(() -> room.initiate("ADMIN_USER_PASSWORD_AUTH", parameters)))
        .isEqualTo("InvalidParameterException: Initiate Auth method not supported.");
    assertThat(admin(room.client, parameters).at("/AuthenticationResult/IdToken").asText())
        .isNotEmpty();
    String other = room.pool;
    room.people();
    String foreign = room.client;
    room.pool = other;
    assertThat(error(() -> admin(foreign, parameters)))
        .isEqualTo(
            "ResourceNotFoundException: User pool client "
                + foreign
                + " does not exist in user pool "
                + other
                + ".");
  }

  private ObjectNode admin(String client, String parameters) {
    return room.call(
        "AdminInitiateAuth",
        "{'UserPoolId': '"
            + room.pool
            + "', 'ClientId': '"
            + client
            + "', 'AuthFlow': 'ADMIN_NO_SRP_AUTH', 'AuthParameters': {"
            + parameters
            + "}}");
  }

  @Test
  void theSubIsNoUserNameForSignIn() {
    room.user("ann");
    String sub =
        room.admin("AdminGetUser", "ann", "")
            .path("UserAttributes")
            .findValuesAsText("Value")
            .getLast();

    assertThat(error(() -> room.signIn(sub, PASSWORD)))
        .isEqualTo("UserNotFoundException: User does not exist.");
  }

  @Test
  void wrongPasswordsLockTheUserOutTwiceAsLongEachTime() {
    room.user("ann");
    for (int i = 0; i < 5; i++) {
      assertThat(error(() -> room.signIn("ann", "wrong"))).isEqualTo(WRONG);
    }
    String locked = "NotAuthorizedException: Password attempts exceeded";
    for (int seconds : List.of(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900)) {
      assertThat(error(() -> room.signIn("ann", PASSWORD))).isEqualTo(locked);
      room.advance(Duration.ofSeconds(seconds).minusMillis(1));
      assertThat(error(() -> room.signIn("ann", PASSWORD))).isEqualTo(locked);
      room.advance(Duration.ofMillis(1));
      assertThat(error(() -> room.signIn("ann", "wrong"))).isEqualTo(WRONG);
    }
    room.advance(Duration.ofMinutes(15));
    assertThat(room.signIn("ann", PASSWORD).has("AuthenticationResult")).isTrue();
    for (int i = 0; i < 4; i++) {
      assertThat(error(() -> room.signIn("ann", "wrong"))).isEqualTo(WRONG);
    }
    assertThat(room.signIn("ann", PASSWORD).has("AuthenticationResult")).isTrue();
  }

  @Test
  void aHiddenUserIsLikeOneWithAnotherPassword() {
    room.user("ann");
    room.client = room.client("'PreventUserExistenceErrors': 'ENABLED'").path("ClientId").asText();

    for (String name : List.of("ann", "nobody")) {
      for (int i = 0; i < 5; i++) {
        assertThat(error(() -> room.signIn(name, "wrong"))).isEqualTo(WRONG);
      }
      assertThat(error(() -> room.signIn(name, "wrong")))
          .isEqualTo("NotAuthorizedException: Password attempts exceeded");
    }
  }

  @Test
  void aNewPasswordIsAskedForAndTheSessionIsUsedOnce() {
    room.admin(
        "AdminCreateUser",
        "ann",
        "'TemporaryPassword': 'Temp0rary!', 'MessageAction': 'SUPPRESS', 'UserAttributes':"
            + " [{'Name': 'email', 'Value': 'a@b.org'}]");

    ObjectNode asked = room.signIn("ann", "Temp0rary!");

    assertThat(asked.path("ChallengeName").asText()).isEqualTo("NEW_PASSWORD_REQUIRED");
    assertThat(asked.path("Session").asText().length()).isBetween(900, 1600);
    assertThat(asked.path("ChallengeParameters").toString())
        .isEqualTo(
            "{\"USER_ID_FOR_SRP\":\"ann\",\"requiredAttributes\":\"[]\","
                + "\"userAttributes\":\"{\\\"email\\\":\\\"a@b.org\\\"}\"}");
    assertThat(error(() -> room.respond(asked, "'USERNAME': 'ann'")))
        .isEqualTo("InvalidParameterException: Missing required parameter NEW_PASSWORD");
    assertThat(error(() -> room.respond(asked, "'USERNAME': 'ann', 'NEW_PASSWORD': 'short'")))
        .isEqualTo(
            "InvalidPasswordException: Password does not conform to policy: Password not long"
                + " enough");
    String right = "'USERNAME': 'ann', 'NEW_PASSWORD': '" + PASSWORD + "'";
    assertThat(room.respond(asked, right).has("AuthenticationResult")).isTrue();
    assertThat(error(() -> room.respond(asked, right)))
        .isEqualTo(
            "NotAuthorizedException: Invalid session for the user, session can only be used"
                + " once.");
    assertThat(room.signIn("ann", PASSWORD).has("AuthenticationResult")).isTrue();
  }

  @Test
  void aMissingRequiredAttributeIsSetWithTheNewPassword() {
    room.people(
        "'Schema': [{'Name': 'email', 'Required': true}, {'Name': 'name', 'Required': true}]",
        "'EnableTokenRevocation': true");
    room.admin(
        "AdminCreateUser",
        "ann",
        "'TemporaryPassword': 'Temp0rary!', 'MessageAction': 'SUPPRESS', 'UserAttributes':"
            + " [{'Name': 'email', 'Value': 'a@b.org'}]");
    ObjectNode asked = room.signIn("ann", "Temp0rary!");
    String right = "'USERNAME': 'ann', 'NEW_PASSWORD': '" + PASSWORD + "'";

    assertThat(asked.at("/ChallengeParameters/requiredAttributes").asText())
        .isEqualTo("[\"userAttributes.name\"]");
    assertThat(error(() -> room.respond(asked, right)))
        .isEqualTo("InvalidParameterException: Invalid attributes given, name is missing");
    assertThat(error(() -> room.respond(asked, right + ", 'userAttributes.email': 'c@d.org'")))
        .isEqualTo("NotAuthorizedException: Cannot modify an already provided email");
    assertThat(
            room.respond(asked, right + ", 'userAttributes.name': 'Ann'")
                .has("AuthenticationResult"))
        .isTrue();
  }

  @Test
  void aSessionEndsAfterThreeMinutesAndATemporaryPasswordAfterSevenDays() {
    room.admin(
        "AdminCreateUser", "ann", "'TemporaryPassword': 'Temp0rary!', 'MessageAction': 'SUPPRESS'");
    ObjectNode asked = room.signIn("ann", "Temp0rary!");
    String right = "'USERNAME': 'ann', 'NEW_PASSWORD': '" + PASSWORD + "'";

    room.advance(Duration.ofMinutes(3));

    assertThat(error(() -> room.respond(asked, right)))
        .isEqualTo("NotAuthorizedException: Invalid session for the user, session is expired.");
    assertThat(
            error(() -> room.respond("NEW_PASSWORD_REQUIRED", "not-a-session-of-this-pool", right)))
        .isEqualTo("NotAuthorizedException: Invalid session for the user.");
    room.advance(Duration.ofDays(7));
    assertThat(error(() -> room.signIn("ann", "Temp0rary!")))
        .isEqualTo(
            "NotAuthorizedException: Temporary password has expired and must be reset by an"
                + " administrator.");
  }
}
