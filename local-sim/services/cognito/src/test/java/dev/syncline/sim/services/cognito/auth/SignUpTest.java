// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth;

import static dev.syncline.sim.services.cognito.auth.AuthFixture.PASSWORD;
import static dev.syncline.sim.services.cognito.auth.AuthFixture.WRONG;
import static dev.syncline.sim.services.cognito.auth.AuthFixture.error;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class SignUpTest {
  private static final String EXPIRED =
      "ExpiredCodeException: Invalid code provided, please request a code again.";
  private static final String MISMATCH =
      "CodeMismatchException: Invalid verification code provided, please try again.";
  private static final String DETAILS = "CodeDeliveryDetails";
  private static final String UNKNOWN =
      "UserNotFoundException: Username/client id combination not found.";

  @AutoClose
  private final AuthFixture room =
      new AuthFixture()
          .people("'AutoVerifiedAttributes': ['email']", "'EnableTokenRevocation': true");

  private ObjectNode signUp(String name) {
    return room.ofClient(
        "SignUp",
        name,
        "'Password': '"
            + PASSWORD
            + "', 'UserAttributes': [{'Name': 'email', 'Value': 'foo@example.com'}]");
  }

  private ObjectNode confirm(String name, String code) {
    return room.ofClient("ConfirmSignUp", name, "'ConfirmationCode': '" + code + "'");
  }

  @Test
  void aCodeGoesToTheAddressThatThePoolVerifies() {
    ObjectNode answer = signUp("ann");

    assertThat(answer.path("UserConfirmed").asBoolean(true)).isFalse();
    assertThat(answer.path("UserSub").asText())
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    assertThat(answer.at("/CodeDeliveryDetails/Destination").asText()).isEqualTo("f***@e***");
    assertThat(room.message().code()).matches("[0-9]{6}");
    assertThat(room.ofClient("SignUp", "bob", "'Password': '" + PASSWORD + "'").has(DETAILS))
        .as("no address, no details")
        .isFalse();
  }

  @Test
  void theCodeConfirmsOnce() {
    signUp("ann");

    assertThat(error(() -> confirm("ann", room.wrongCode()))).isEqualTo(MISMATCH);
    assertThat(confirm("ann", room.message().code())).isEmpty();
    assertThat(error(() -> confirm("ann", room.message().code())))
        .isEqualTo("NotAuthorizedException: User cannot be confirmed. Current status is CONFIRMED");
    assertThat(error(() -> room.ofClient("ResendConfirmationCode", "ann", "")))
        .isEqualTo("InvalidParameterException: User is already confirmed.");
    assertThat(room.signIn("ann", PASSWORD).has("AuthenticationResult")).isTrue();
  }

  @Test
  void aCodeLivesForADayAndANewOneReplacesIt() {
    signUp("ann");
    String first = room.message().code();
    room.ofClient("ResendConfirmationCode", "ann", "");
    String second = room.message().code();
    assertThat(room.message().kind()).isEqualTo("ResendCode");
    if (!first.equals(second)) {
      assertThat(error(() -> confirm("ann", first))).isEqualTo(MISMATCH);
    }

    room.advance(Duration.ofHours(24));

    assertThat(error(() -> confirm("ann", second))).isEqualTo(EXPIRED);
  }

  @Test
  void errorsHideUsersWhereTheClientAsksForIt() {
    assertThat(error(() -> confirm("nobody", "123456"))).isEqualTo(UNKNOWN);
    assertThat(error(() -> room.ofClient("ResendConfirmationCode", "nobody", "")))
        .isEqualTo(UNKNOWN);
    assertThat(error(() -> room.ofClient("ForgotPassword", "nobody", ""))).isEqualTo(UNKNOWN);
    room.client = room.client("'PreventUserExistenceErrors': 'ENABLED'").path("ClientId").asText();

    assertThat(error(() -> confirm("nobody", "123456"))).isEqualTo(EXPIRED);
    for (String operation : List.of("ResendConfirmationCode", "ForgotPassword")) {
      assertThat(
              room.ofClient(operation, "nobody@home.org", "")
                  .at("/CodeDeliveryDetails/Destination")
                  .asText())
          .isEqualTo("n***@h***");
    }
    assertThat(
            error(
                () ->
                    room.ofClient(
                        "ConfirmForgotPassword",
                        "nobody",
                        "'ConfirmationCode': '123456', 'Password': '" + PASSWORD + "'")))
        .isEqualTo(MISMATCH);
    assertThat(room.messages()).isEmpty();
  }

  @Test
  void wrongCodesAreLimitedToFifteenAnHour() {
    signUp("ann");
    for (int i = 0; i < 15; i++) {
      assertThat(error(() -> confirm("ann", room.wrongCode()))).isEqualTo(MISMATCH);
    }

    assertThat(error(() -> confirm("ann", room.message().code())))
        .isEqualTo("LimitExceededException: Attempt limit exceeded, please try after some time.");
    room.advance(Duration.ofHours(1));
    assertThat(confirm("ann", room.message().code())).isEmpty();
  }

  @Test
  void theUserNameOfAnAddressPoolIsTheSub() {
    room.people(
        "'UsernameAttributes': ['email'], 'AutoVerifiedAttributes': ['email']",
        "'EnableTokenRevocation': true");
    String password = "'Password': '" + PASSWORD + "'";
    assertThat(error(() -> room.ofClient("SignUp", "ann", password)))
        .isEqualTo("InvalidParameterException: Username should be an email.");

    String sub = room.ofClient("SignUp", "ann@example.com", password).path("UserSub").asText();
    confirm("ann@example.com", room.message().code());

    String token = room.accessToken("ann@example.com");
    assertThat(room.call("GetUser", "{'AccessToken': '" + token + "'}").path("Username").asText())
        .isEqualTo(sub);
    assertThat(error(() -> room.ofClient("SignUp", "ann@example.com", password)))
        .isEqualTo("UsernameExistsException: An account with the given email already exists.");
  }

  @Test
  void aForgottenPasswordIsReplacedByACode() {
    room.user("ann");
    ObjectNode answer = room.ofClient("ForgotPassword", "ann", "");
    assertThat(answer.at("/CodeDeliveryDetails/DeliveryMedium").asText()).isEqualTo("EMAIL");

    assertThat(error(() -> reset(room.wrongCode(), "An0ther!!"))).isEqualTo(MISMATCH);
    assertThat(error(() -> reset(room.message().code(), "short")))
        .isEqualTo(
            "InvalidPasswordException: Password does not conform to policy: Password not long"
                + " enough");
    assertThat(reset(room.message().code(), "An0ther!!")).isEmpty();
    assertThat(error(() -> reset(room.message().code(), "An0ther!!"))).isEqualTo(EXPIRED);

    assertThat(error(() -> room.signIn("ann", PASSWORD))).isEqualTo(WRONG);
    assertThat(room.signIn("ann", "An0ther!!").has("AuthenticationResult")).isTrue();
    room.ofClient("ForgotPassword", "ann", "");
    room.advance(Duration.ofHours(1));
    assertThat(error(() -> reset(room.message().code(), PASSWORD))).isEqualTo(EXPIRED);
  }

  private ObjectNode reset(String code, String password) {
    return room.ofClient(
        "ConfirmForgotPassword",
        "ann",
        "'ConfirmationCode': '" + code + "', 'Password': '" + password + "'");
  }

  @Test
  void aPasswordIsNotResetInEveryState() {
    room.admin(
        "AdminCreateUser", "ann", "'TemporaryPassword': 'Temp0rary!', 'MessageAction': 'SUPPRESS'");
    assertThat(error(() -> room.ofClient("ForgotPassword", "ann", "")))
        .isEqualTo("NotAuthorizedException: User password cannot be reset in the current state.");
    room.user("bob", "'UserAttributes': [{'Name': 'email', 'Value': 'b@c.org'}]");
    assertThat(error(() -> room.ofClient("ForgotPassword", "bob", "")))
        .isEqualTo(
            "InvalidParameterException: Cannot reset password for the user as there is no"
                + " registered/verified email or phone_number");
    room.user("eve");
    room.admin("AdminResetUserPassword", "eve", "");
    room.ofClient(
        "ConfirmForgotPassword",
        "eve",
        "'ConfirmationCode': '" + room.message().code() + "', 'Password': '" + PASSWORD + "'");
    assertThat(room.signIn("eve", PASSWORD).has("AuthenticationResult")).isTrue();
  }

  @Test
  void aConfirmedUserSignsInWithTheSessionOfTheSignUp() {
    String first = signUp("ann").path("Session").asText();
    String code = room.message().code();

    String session =
        room.ofClient(
                "ConfirmSignUp",
                "ann",
                "'ConfirmationCode': '" + code + "', 'Session': '" + first + "'")
            .path("Session")
            .asText();

    assertThat(error(() -> withSession("bob", session)))
        .isEqualTo("UserNotFoundException: User does not exist.");
    room.user("eve");
    assertThat(error(() -> withSession("eve", session)))
        .isEqualTo("NotAuthorizedException: Invalid session for the user.");
    assertThat(error(() -> withSession("ann", first)))
        .startsWith("NotAuthorizedException: Invalid session for the user");
    assertThat(withSession("ann", session).has("AuthenticationResult")).isTrue();
    assertThat(error(() -> withSession("ann", session)))
        .startsWith("NotAuthorizedException: Invalid session for the user");
  }

  private ObjectNode withSession(String name, String session) {
    return room.call(
        "InitiateAuth",
        "{'ClientId': '"
            + room.client
            + "', 'AuthFlow': 'USER_AUTH', 'Session': '"
            + session
            + "', 'AuthParameters': {'USERNAME': '"
            + name
            + "'}}");
  }

  @Test
  void aClientThatHidesUsersHidesDisabledOnesFromCodes() {
    room.user("ann");
    room.user("bob", "'UserAttributes': [{'Name': 'email', 'Value': 'b@c.org'}]");
    room.admin("AdminDisableUser", "ann", "");
    room.client = room.client("'PreventUserExistenceErrors': 'ENABLED'").path("ClientId").asText();

    for (String name : List.of("ann", "bob", "nobody")) {
      assertThat(room.ofClient("ForgotPassword", name, "").has(DETAILS)).isTrue();
    }
    assertThat(room.messages()).isEmpty();
    assertThat(
            error(
                () ->
                    room.ofClient(
                        "ConfirmForgotPassword",
                        "ann",
                        "'ConfirmationCode': '123456', 'Password': '" + PASSWORD + "'")))
        .isEqualTo(MISMATCH);
  }

  @Test
  void signUpCanBeClosed() {
    room.people(
        "'AdminCreateUserConfig': {'AllowAdminCreateUserOnly': true}",
        "'EnableTokenRevocation': true");

    assertThat(error(() -> signUp("ann")))
        .isEqualTo("NotAuthorizedException: SignUp is not permitted for this user pool");
  }
}
