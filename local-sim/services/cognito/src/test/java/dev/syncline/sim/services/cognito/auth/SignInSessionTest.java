// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth;

import static dev.syncline.sim.services.cognito.auth.AuthFixture.PASSWORD;
import static dev.syncline.sim.services.cognito.auth.AuthFixture.error;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A session belongs to the account and the password that it was begun with. */
class SignInSessionTest {
  private static final String INVALID = "NotAuthorizedException: Invalid session for the user.";
  private static final String TEMPORARY = "Temp0rary!";

  @AutoClose private final AuthFixture room = new AuthFixture().people();

  private ObjectNode begin(String name) {
    return room.signIn(name, TEMPORARY);
  }

  private void invite(String name) {
    room.admin(
        "AdminCreateUser",
        name,
        "'MessageAction': 'SUPPRESS', 'TemporaryPassword': '" + TEMPORARY + "'");
  }

  private ObjectNode choose(ObjectNode challenge, String password) {
    return room.respond(challenge, "'USERNAME': 'ann', 'NEW_PASSWORD': '" + password + "'");
  }

  @Test
  void aSecondSessionCannotReplaceTheNewPassword() {
    invite("ann");
    ObjectNode first = begin("ann");
    ObjectNode second = begin("ann");

    assertThat(choose(first, PASSWORD).has("AuthenticationResult")).isTrue();
    assertThat(error(() -> choose(second, "Another1!"))).isEqualTo(INVALID);
    assertThat(room.signIn("ann", PASSWORD).has("AuthenticationResult")).isTrue();
  }

  @Test
  void aSessionOfADeletedUserIsNoneOfItsSuccessor() {
    invite("ann");
    ObjectNode old = begin("ann");
    room.admin("AdminDeleteUser", "ann", "");
    assertThat(error(() -> choose(old, PASSWORD)))
        .isEqualTo("UserNotFoundException: User does not exist.");
    invite("ann");

    assertThat(error(() -> choose(old, PASSWORD))).isEqualTo(INVALID);
    assertThat(begin("ann").path("ChallengeName").asText()).isEqualTo("NEW_PASSWORD_REQUIRED");
  }

  @Test
  void aPasswordThatAnAdministratorSetsEndsTheSessionsBefore() {
    invite("ann");
    ObjectNode old = begin("ann");
    room.admin("AdminSetUserPassword", "ann", "'Password': '" + PASSWORD + "', 'Permanent': true");

    assertThat(error(() -> choose(old, "Another1!"))).isEqualTo(INVALID);
  }
}
