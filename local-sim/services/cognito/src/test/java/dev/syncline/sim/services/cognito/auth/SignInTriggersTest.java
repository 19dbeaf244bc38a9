// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth;

import static dev.syncline.sim.services.cognito.auth.AuthFixture.PASSWORD;
import static dev.syncline.sim.services.cognito.auth.AuthFixture.WRONG;
import static dev.syncline.sim.services.cognito.auth.AuthFixture.error;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class SignInTriggersTest {
  @AutoClose private final AuthFixture room = new AuthFixture();

  private List<String> sources() {
    return room.events.stream().map(event -> event.path("triggerSource").asText()).toList();
  }

  private void pool(String... triggers) {
    room.people(
        AuthFixture.triggers(triggers) + ", 'AutoVerifiedAttributes': ['email']",
        "'EnableTokenRevocation': true");
  }

  private ObjectNode signUp() {
    return room.ofClient(
        "SignUp",
        "ann",
        "'Password': '"
            + PASSWORD
            + "', 'UserAttributes': [{'Name': 'email', 'Value': 'a@b.org'}], 'ValidationData':"
            + " [{'Name': 'invite', 'Value': '7'}], 'ClientMetadata': {'from': 'test'}");
  }

  @Test
  void validationDataIsNullUnlessItWasSent() {
    pool("PreSignUp", "PreAuthentication", "UserMigration");
    room.ofClient("SignUp", "ann", "'Password': '" + PASSWORD + "'");
    room.admin("AdminCreateUser", "bob", "'MessageAction': 'SUPPRESS'");
    room.admin("AdminConfirmSignUp", "ann", "");
    room.signIn("ann", PASSWORD);
    assertThat(error(() -> room.signIn("nobody", PASSWORD))).isNotEmpty();

    assertThat(sources())
        .containsExactly(
            "PreSignUp_SignUp",
            "PreSignUp_AdminCreateUser",
            "PreAuthentication_Authentication",
            "UserMigration_Authentication");
    assertThat(room.events)
        .allSatisfy(event -> assertThat(event.at("/request/validationData").isNull()).isTrue());
  }

  @Test
  void aSignUpMayBeConfirmedByItsTrigger() {
    pool("PreSignUp", "PostConfirmation");
    room.function =
        event -> {
          if (event.path("triggerSource").asText().equals("PreSignUp_SignUp")) {
            ((ObjectNode) event.path("response"))
                .put("autoConfirmUser", true)
                .put("autoVerifyEmail", true);
          }
          return event;
        };

    ObjectNode answer = signUp();

    assertThat(answer.path("UserConfirmed").asBoolean()).isTrue();
    assertThat(answer.has("CodeDeliveryDetails")).isFalse();
    assertThat(sources()).containsExactly("PreSignUp_SignUp", "PostConfirmation_ConfirmSignUp");
    ObjectNode first = room.events.getFirst();
    assertThat(first.at("/request/validationData/invite").asText()).isEqualTo("7");
    assertThat(first.at("/request/clientMetadata/from").asText()).isEqualTo("test");
    assertThat(first.at("/request/userAttributes").has("sub")).isFalse();
    assertThat(room.events.getLast().at("/request/userAttributes/email_verified").asText())
        .isEqualTo("true");
    assertThat(room.signIn("ann", PASSWORD).has("AuthenticationResult")).isTrue();
  }

  @Test
  void aRefusalOfPreSignUpLeavesNoUser() {
    pool("PreSignUp");
    room.function = event -> Json.object().put("nothing", "like the event");

    assertThat(error(this::signUp))
        .isEqualTo("InvalidLambdaResponseException: Unrecognizable lambda output");
    assertThat(error(() -> room.signIn("ann", PASSWORD)))
        .isEqualTo("UserNotFoundException: User does not exist.");
  }

  @Test
  void theTriggersAroundASignInRunInOrder() {
    pool("PreAuthentication", "PostAuthentication", "PreTokenGeneration", "PostConfirmation");
    signUp();
    room.ofClient("ConfirmSignUp", "ann", "'ConfirmationCode': '" + room.message().code() + "'");
    assertThat(sources()).containsExactly("PostConfirmation_ConfirmSignUp");
    room.events.clear();

    room.call(
        "InitiateAuth",
        "{'ClientId': '"
            + room.client
            + "', 'AuthFlow': 'USER_PASSWORD_AUTH', 'ClientMetadata': {'a': '1'},"
            + " 'AuthParameters': {'USERNAME': 'ann', 'PASSWORD': '"
            + PASSWORD
            + "'}}");

    assertThat(sources())
        .containsExactly(
            "PreAuthentication_Authentication",
            "PostAuthentication_Authentication",
            "TokenGeneration_Authentication");
    assertThat(room.events.get(0).at("/request/validationData/a").asText()).isEqualTo("1");
    assertThat(room.events.get(1).at("/request").has("clientMetadata"))
        .as("InitiateAuth's metadata reaches PreAuthentication only")
        .isFalse();
    assertThat(room.events.get(1).at("/request/userAttributes/cognito:user_status").asText())
        .isEqualTo("CONFIRMED");
    room.events.clear();
    assertThat(error(() -> room.signIn("ann", "wrong"))).isEqualTo(WRONG);
    assertThat(sources()).containsExactly("PreAuthentication_Authentication");
  }

  @Test
  void aMigrationBringsTheUserAtTheFirstSignIn() {
    pool("UserMigration");
    room.function =
        event -> {
          ObjectNode response = (ObjectNode) event.path("response");
          if (event.at("/request/password").asText().equals(PASSWORD)) {
            response
                .putObject("userAttributes")
                .put("email", "old@b.org")
                .put("email_verified", "true");
            response.put("finalUserStatus", "CONFIRMED").put("messageAction", "SUPPRESS");
            return event;
          }
          return Json.object();
        };

    assertThat(error(() -> room.signIn("old", "wrong")))
        .isEqualTo("UserNotFoundException: Exception migrating user in app client " + room.client);
    assertThat(room.signIn("old", PASSWORD).has("AuthenticationResult")).isTrue();
    room.events.clear();
    assertThat(room.signIn("old", PASSWORD).has("AuthenticationResult")).isTrue();
    assertThat(room.events).as("the user is there now").isEmpty();
    assertThat(error(() -> room.signIn("old", "wrong"))).isEqualTo(WRONG);
  }
}
