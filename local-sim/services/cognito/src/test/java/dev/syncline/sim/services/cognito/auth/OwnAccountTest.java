// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth;

import static dev.syncline.sim.services.cognito.auth.AuthFixture.PASSWORD;
import static dev.syncline.sim.services.cognito.auth.AuthFixture.WRONG;
import static dev.syncline.sim.services.cognito.auth.AuthFixture.error;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.state.Blobs;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class OwnAccountTest {
  @AutoClose
  private final AuthFixture room =
      new AuthFixture()
          .people("'AutoVerifiedAttributes': ['email']", "'EnableTokenRevocation': true");

  private ObjectNode own(String operation, String token, String more) {
    return room.call(
        operation, "{'AccessToken': '" + token + "'" + (more.isEmpty() ? "" : ", " + more) + "}");
  }

  private String attribute(String name) {
    for (JsonNode attribute : room.admin("AdminGetUser", "ann", "").path("UserAttributes")) {
      if (attribute.path("Name").asText().equals(name)) {
        return attribute.path("Value").asText();
      }
    }
    return "";
  }

  private static String email(String value) {
    return "'UserAttributes': [{'Name': 'email', 'Value': '" + value + "'}]";
  }

  @Test
  void aNewAddressIsVerifiedByACode() {
    room.user("ann");
    String token = room.accessToken("ann");

    ObjectNode answer = own("UpdateUserAttributes", token, email("new@b.org"));

    assertThat(answer.at("/CodeDeliveryDetailsList/0/Destination").asText()).isEqualTo("n***@b***");
    assertThat(attribute("email")).isEqualTo("new@b.org");
    assertThat(attribute("email_verified")).isEqualTo("false");
    assertThat(error(() -> verify(token, room.wrongCode()))).startsWith("CodeMismatchException: ");
    assertThat(verify(token, room.message().code())).isEmpty();
    assertThat(attribute("email_verified")).isEqualTo("true");
  }

  private ObjectNode verify(String token, String code) {
    return own("VerifyUserAttribute", token, "'AttributeName': 'email', 'Code': '" + code + "'");
  }

  @Test
  void theOldAddressStaysWhereThePoolVerifiesFirst() {
    room.people(
        "'AutoVerifiedAttributes': ['email'], 'UserAttributeUpdateSettings':"
            + " {'AttributesRequireVerificationBeforeUpdate': ['email']}",
        "'EnableTokenRevocation': true");
    room.user("ann");
    String token = room.accessToken("ann");

    own("UpdateUserAttributes", token, email("new@b.org"));

    assertThat(attribute("email")).isEqualTo("ann@example.com");
    assertThat(attribute("email_verified")).isEqualTo("true");
    assertThat(room.message().destination()).isEqualTo("new@b.org");
    verify(token, room.message().code());
    assertThat(attribute("email")).isEqualTo("new@b.org");
  }

  @Test
  void theUserMayNotWriteEveryAttribute() {
    room.user("ann");
    String token = room.accessToken("ann");

    assertThat(
            error(
                () ->
                    own(
                        "UpdateUserAttributes",
                        token,
                        "'UserAttributes': [{'Name': 'email_verified', 'Value': 'true'}]")))
        .isEqualTo("NotAuthorizedException: A client attempted to write unauthorized attribute");
    own("DeleteUserAttributes", token, "'UserAttributeNames': ['email']");
    assertThat(attribute("email")).isEmpty();
    assertThat(attribute("email_verified")).isEmpty();
  }

  @Test
  void aPasswordIsChangedWithThePreviousOne() {
    room.user("ann");
    String token = room.accessToken("ann");

    assertThat(error(() -> change(token, "wrong", "An0ther!!"))).isEqualTo(WRONG);
    assertThat(error(() -> change(token, PASSWORD, "An0therxx")))
        .isEqualTo(
            "InvalidPasswordException: Password does not conform to policy: Password must have"
                + " symbol characters");
    assertThat(change(token, PASSWORD, "An0ther!!")).isEmpty();
    assertThat(room.signIn("ann", "An0ther!!").has("AuthenticationResult")).isTrue();
    assertThat(error(() -> change(token, "wrong", PASSWORD))).isEqualTo(WRONG);
    assertThat(error(() -> change(token, "wrong", PASSWORD))).isEqualTo(WRONG);
    assertThat(error(() -> change(token, "An0ther!!", PASSWORD)))
        .as("five calls an hour")
        .isEqualTo("LimitExceededException: Attempt limit exceeded, please try after some time.");
  }

  private ObjectNode change(String token, String previous, String proposed) {
    return own(
        "ChangePassword",
        token,
        "'PreviousPassword': '" + previous + "', 'ProposedPassword': '" + proposed + "'");
  }

  @Test
  void tokensEndWithTheSignOutAndTheUser() {
    room.user("ann");
    String token = room.accessToken("ann");
    own("GlobalSignOut", token, "");
    assertThat(error(() -> own("GetUser", token, "")))
        .isEqualTo("NotAuthorizedException: Access Token has been revoked");
    String second = room.accessToken("ann");
    room.admin("AdminDisableUser", "ann", "");
    assertThat(error(() -> own("GetUser", second, "")))
        .isEqualTo("NotAuthorizedException: User is disabled.");
    room.admin("AdminEnableUser", "ann", "");
    String third = room.accessToken("ann");
    own("DeleteUser", third, "");
    assertThat(error(() -> own("GetUser", third, "")))
        .isEqualTo("UserNotFoundException: User does not exist.");
  }

  @Test
  void codesAndSaltsOfHiddenUsersOutliveTheProcess() throws Exception {
    room.ofClient("SignUp", "bob", "'Password': '" + PASSWORD + "', " + email("bob@b.org"));
    String code = room.message().code();
    room.client = room.client("'PreventUserExistenceErrors': 'ENABLED'").path("ClientId").asText();
    String salt = salt(room);
    try (var later = new AuthFixture(99)) {
      later.advance(Duration.ofHours(1));
      later.service.state().restore(room.service.state().save(new NoContent()), new NoContent());
      later.pool = room.pool;
      later.client = room.client;

      assertThat(salt(later)).isEqualTo(salt);
      later.ofClient("ConfirmSignUp", "bob", "'ConfirmationCode': '" + code + "'");
      assertThat(later.signIn("bob", PASSWORD).has("AuthenticationResult")).isTrue();
    }
  }

  /** The room keeps nothing outside its state. */
  private static final class NoContent implements Blobs {
    @Override
    public String keep(Object of, Supplier<byte[]> content) {
      throw new AssertionError("content");
    }

    @Override
    public byte[] load(String id) {
      throw new AssertionError("content");
    }

    @Override
    public Optional<byte[]> find(String id, String what) {
      throw new AssertionError("content");
    }
  }

  private static String salt(AuthFixture where) {
    return where
        .initiate("USER_SRP_AUTH", "'USERNAME': 'nobody', 'SRP_A': 'abc'")
        .at("/ChallengeParameters/SALT")
        .asText();
  }

  @Test
  void theJournalHasNoPasswordSessionOrToken() {
    room.user("ann");
    String tokens = room.signIn("ann", PASSWORD).at("/AuthenticationResult").toString();
    assertThat(error(() -> room.signIn("ann", "Wr0ng!!!"))).isEqualTo(WRONG);

    String journal = room.journal.since(0).toString();

    assertThat(journal).doesNotContain(PASSWORD, "Wr0ng!!!", tokens);
  }
}
