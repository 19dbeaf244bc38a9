// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth;

import static dev.syncline.sim.services.cognito.auth.AuthFixture.PASSWORD;
import static dev.syncline.sim.services.cognito.auth.AuthFixture.error;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.services.cognito.auth.crypto.TotpCodes;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class MfaSignInTest {
  private static final String SMS =
      "'SmsMfaConfiguration': {'SmsConfiguration': {'SnsCallerArn':"
          + " 'arn:aws:iam::111111111111:role/sns'}}";
  private static final String TOKEN = "'SoftwareTokenMfaConfiguration': {'Enabled': true}";

  @AutoClose private final AuthFixture room = new AuthFixture().people();

  private void mfa(String mode, String settings) {
    room.call(
        "SetUserPoolMfaConfig",
        "{'UserPoolId': '"
            + room.pool
            + "', 'MfaConfiguration': '"
            + mode
            + "', "
            + settings
            + "}");
  }

  private String code(String secret) {
    return TotpCodes.code(secret, TotpCodes.step(room.clock.now()));
  }

  private ObjectNode verify(String session, String code) {
    return room.call(
        "VerifySoftwareToken", "{'Session': '" + session + "', 'UserCode': '" + code + "'}");
  }

  /** Sets up a software token during a sign-in, and returns its secret. */
  private String setUp() {
    ObjectNode asked = room.signIn("ann", PASSWORD);
    assertThat(asked.path("ChallengeName").asText()).isEqualTo("MFA_SETUP");
    assertThat(asked.at("/ChallengeParameters/MFAS_CAN_SETUP").asText())
        .isEqualTo("[\"SOFTWARE_TOKEN_MFA\"]");
    ObjectNode associated =
        room.call(
            "AssociateSoftwareToken", "{'Session': '" + asked.path("Session").asText() + "'}");
    String secret = associated.path("SecretCode").asText();
    String session = associated.path("Session").asText();
    assertThat(error(() -> verify(session, "000000")))
        .isEqualTo("EnableSoftwareTokenMFAException: Code mismatch");
    ObjectNode verified = verify(session, code(secret));
    assertThat(verified.path("Status").asText()).isEqualTo("SUCCESS");
    ObjectNode tokens =
        room.respond("MFA_SETUP", verified.path("Session").asText(), "'USERNAME': 'ann'");
    assertThat(tokens.has("AuthenticationResult")).isTrue();
    return secret;
  }

  @Test
  void aRequiredTokenIsSetUpAtTheFirstSignIn() {
    mfa("ON", TOKEN);
    room.user("ann");
    String secret = setUp();

    ObjectNode asked = room.signIn("ann", PASSWORD);

    assertThat(asked.path("ChallengeName").asText()).isEqualTo("SOFTWARE_TOKEN_MFA");
    assertThat(error(() -> token(asked, "12345")))
        .isEqualTo("CodeMismatchException: Invalid code received for user");
    assertThat(error(() -> token(asked, code(secret))))
        .as("used at the set-up")
        .isEqualTo("ExpiredCodeException: Your software token has already been used once.");
    room.advance(Duration.ofSeconds(30));
    assertThat(token(asked, code(secret)).has("AuthenticationResult")).isTrue();
    assertThat(error(() -> token(asked, code(secret))))
        .isEqualTo(
            "NotAuthorizedException: Invalid session for the user, session can only be used"
                + " once.");
    ObjectNode again = room.signIn("ann", PASSWORD);
    assertThat(error(() -> token(again, code(secret))))
        .isEqualTo("ExpiredCodeException: Your software token has already been used once.");
  }

  private ObjectNode token(ObjectNode challenge, String code) {
    return room.respond(challenge, "'USERNAME': 'ann', 'SOFTWARE_TOKEN_MFA_CODE': '" + code + "'");
  }

  @Test
  void aSetUpWithoutACodeIsRefused() {
    mfa("ON", TOKEN);
    room.user("ann");
    ObjectNode asked = room.signIn("ann", PASSWORD);

    assertThat(error(() -> room.respond(asked, "'USERNAME': 'ann'")))
        .isEqualTo("NotAuthorizedException: Invalid session for the user.");
    assertThat(error(() -> verify(asked.path("Session").asText(), "123456")))
        .startsWith("SoftwareTokenMFANotFoundException: ");
  }

  @Test
  void aNewPasswordComesBeforeTheSetUp() {
    mfa("ON", TOKEN);
    room.admin(
        "AdminCreateUser", "ann", "'TemporaryPassword': 'Temp0rary!', 'MessageAction': 'SUPPRESS'");

    ObjectNode asked = room.signIn("ann", "Temp0rary!");
    assertThat(asked.path("ChallengeName").asText()).isEqualTo("NEW_PASSWORD_REQUIRED");
    ObjectNode next = room.respond(asked, "'USERNAME': 'ann', 'NEW_PASSWORD': '" + PASSWORD + "'");

    assertThat(next.path("ChallengeName").asText()).isEqualTo("MFA_SETUP");
    assertThat(next.path("Session")).isNotEqualTo(asked.path("Session"));
  }

  @Test
  void aTokenIsSetUpWithAnAccessTokenAndAskedForWhenTurnedOn() {
    mfa("OPTIONAL", TOKEN);
    room.user("ann");
    String access = "'AccessToken': '" + room.accessToken("ann") + "'";
    String on =
        "{" + access + ", 'SoftwareTokenMfaSettings': {'Enabled': true, 'PreferredMfa': true}}";
    assertThat(error(() -> room.call("SetUserMFAPreference", on)))
        .isEqualTo("InvalidParameterException: User has not verified software token mfa");

    String secret =
        room.call("AssociateSoftwareToken", "{" + access + "}").path("SecretCode").asText();
    room.call("VerifySoftwareToken", "{" + access + ", 'UserCode': '" + code(secret) + "'}");
    assertThat(room.signIn("ann", PASSWORD).has("AuthenticationResult")).isTrue();
    room.call("SetUserMFAPreference", on);

    assertThat(room.signIn("ann", PASSWORD).path("ChallengeName").asText())
        .isEqualTo("SOFTWARE_TOKEN_MFA");
    ObjectNode user = room.call("GetUser", "{" + access + "}");
    assertThat(user.path("PreferredMfaSetting").asText()).isEqualTo("SOFTWARE_TOKEN_MFA");
    assertThat(user.path("UserMFASettingList").toString()).isEqualTo("[\"SOFTWARE_TOKEN_MFA\"]");
  }

  @Test
  void withoutAPreferenceTheUserSelectsTheFactor() {
    mfa("ON", TOKEN + ", " + SMS);
    room.user("ann", "'UserAttributes': [{'Name': 'phone_number', 'Value': '+15555550123'}]");
    ObjectNode first = room.signIn("ann", PASSWORD);
    assertThat(first.path("ChallengeName").asText()).isEqualTo("SMS_MFA");
    assertThat(first.at("/ChallengeParameters/CODE_DELIVERY_DESTINATION").asText())
        .isEqualTo("+*******0123");
    assertThat(error(() -> sms(first, room.wrongCode())))
        .isEqualTo("CodeMismatchException: Invalid code received for user");
    ObjectNode tokens = sms(first, room.message().code());
    String access =
        "'AccessToken': '" + tokens.at("/AuthenticationResult/AccessToken").asText() + "'";
    String secret =
        room.call("AssociateSoftwareToken", "{" + access + "}").path("SecretCode").asText();
    room.call("VerifySoftwareToken", "{" + access + ", 'UserCode': '" + code(secret) + "'}");
    room.call(
        "SetUserMFAPreference",
        "{"
            + access
            + ", 'SMSMfaSettings': {'Enabled': true}, 'SoftwareTokenMfaSettings': {'Enabled':"
            + " true}}");

    ObjectNode asked = room.signIn("ann", PASSWORD);

    assertThat(asked.path("ChallengeName").asText()).isEqualTo("SELECT_MFA_TYPE");
    assertThat(asked.at("/ChallengeParameters/MFAS_CAN_CHOOSE").asText())
        .isEqualTo("[\"SMS_MFA\",\"SOFTWARE_TOKEN_MFA\"]");
    ObjectNode chosen = room.respond(asked, "'USERNAME': 'ann', 'ANSWER': 'SMS_MFA'");
    assertThat(sms(chosen, room.message().code()).has("AuthenticationResult")).isTrue();
  }

  private ObjectNode sms(ObjectNode challenge, String code) {
    return room.respond(challenge, "'USERNAME': 'ann', 'SMS_MFA_CODE': '" + code + "'");
  }

  @Test
  void theCodeOfTheSimulatorsTimeIsAtThePort() {
    mfa("ON", TOKEN);
    room.user("ann");
    String secret = setUp();
    room.advance(Duration.ofHours(5));

    assertThat(shown("?pool=" + room.pool + "&user=ann"))
        .isEqualTo("200 {\"code\":\"" + code(secret) + "\"}");
    assertThat(shown("?pool=" + room.pool + "&user=bob")).startsWith("404 ");
    assertThat(shown("?pool=" + room.pool)).startsWith("400 ");
  }

  private String shown(String query) {
    return room.get(SoftwareTokenEndpoint.PATH + query);
  }
}
