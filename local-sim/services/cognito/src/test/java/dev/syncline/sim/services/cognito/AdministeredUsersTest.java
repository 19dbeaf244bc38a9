// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.kernel.FaultRule;
import dev.syncline.sim.services.cognito.message.PoolMessages;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users and groups in the hands of administrators, as recorded answers of AWS have them. */
class AdministeredUsersTest {
  private final CognitoFixture aws = new CognitoFixture();

  @AfterEach
  void close() {
    aws.close();
  }

  private JsonNode create(String pool, String name, String more) {
    return aws.call("AdminCreateUser", user(pool, name, more)).path("User");
  }

  private static String user(String pool, String name, String more) {
    return "{'UserPoolId': '" + pool + "', 'Username': '" + name + "'" + more + "}";
  }

  private static String attributes(String... namesAndValues) {
    var list = new ArrayList<String>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      list.add("{'Name': '" + namesAndValues[i] + "', 'Value': '" + namesAndValues[i + 1] + "'}");
    }
    return ", 'UserAttributes': [" + String.join(", ", list) + "]";
  }

  private String status(String pool, String name) {
    return aws.call("AdminGetUser", user(pool, name, "")).path("UserStatus").asText();
  }

  @Test
  void aUserHasTheRecordedMembers() {
    String pool = aws.pool("");
    ObjectNode created =
        (ObjectNode) create(pool, "ann", attributes("name", "Ann", "email", "a@example.com"));
    String sub = created.at("/Attributes/2/Value").asText();
    assertThat(created.path("Attributes").toString())
        .isEqualTo(
            "[{\"Name\":\"email\",\"Value\":\"a@example.com\"},"
                + "{\"Name\":\"name\",\"Value\":\"Ann\"},"
                + "{\"Name\":\"sub\",\"Value\":\""
                + sub
                + "\"}]");
    assertThat(created.path("UserStatus").asText()).isEqualTo("FORCE_CHANGE_PASSWORD");
    assertThat(created.path("Enabled").asBoolean()).isTrue();
    ObjectNode got = aws.call("AdminGetUser", user(pool, "ann", "")).deepCopy();
    assertThat(got.path("UserAttributes")).isEqualTo(created.path("Attributes"));
    assertThat(got.has("MFAOptions") || got.has("UserMFASettingList")).isFalse();
    got.set("Attributes", got.remove("UserAttributes"));
    assertThat((JsonNode) got).isEqualTo(created);
    assertThat(aws.call("AdminGetUser", user(pool, sub, "")).path("Username").asText())
        .isEqualTo("ann");
  }

  @Test
  void theTemporaryPasswordIsInTheMessageAndNowhereElse() {
    String pool = aws.pool("");
    create(pool, "ann", attributes("email", "ann@example.com"));
    assertThat(aws.messages()).hasSize(1);
    String password = aws.messages().getFirst().code();
    assertThat(aws.messages().getFirst().text())
        .isEqualTo("Your username is ann and temporary password is " + password + ".");
    create(pool, "bob", attributes("email", "bob@example.com") + ", 'MessageAction': 'SUPPRESS'");
    create(pool, "cid", ", 'TemporaryPassword': 'Secret-1x'");
    assertThat(aws.messages()).hasSize(1);
    assertThat(aws.journal.since(0).toString()).doesNotContain("Secret-1x");
  }

  @Test
  void anInvitationIsRepeatedUntilThePasswordIsChanged() {
    String pool = aws.pool("");
    create(pool, "ann", attributes("email", "ann@example.com"));
    create(pool, "ann", ", 'MessageAction': 'RESEND'");
    assertThat(aws.messages()).hasSize(2);
    aws.call(
        "AdminSetUserPassword", user(pool, "ann", ", 'Password': 'Passw0rd!', 'Permanent': true"));
    assertThat(aws.error("AdminCreateUser", user(pool, "ann", ", 'MessageAction': 'RESEND'")))
        .startsWith("UnsupportedUserStateException: ");
  }

  @Test
  void statesFollowPasswords() {
    String pool = aws.pool("");
    create(pool, "ann", "");
    String set = ", 'Password': 'Passw0rd!', 'Permanent': %s";
    aws.call("AdminSetUserPassword", user(pool, "ann", set.formatted(true)));
    assertThat(status(pool, "ann")).isEqualTo("CONFIRMED");
    aws.call("AdminDisableUser", user(pool, "ann", ""));
    assertThat(status(pool, "ann")).isEqualTo("CONFIRMED");
    aws.call("AdminEnableUser", user(pool, "ann", ""));
    aws.call("AdminSetUserPassword", user(pool, "ann", set.formatted(false)));
    assertThat(status(pool, "ann")).isEqualTo("FORCE_CHANGE_PASSWORD");
    assertThat(aws.error("AdminResetUserPassword", user(pool, "ann", "")))
        .isEqualTo("NotAuthorizedException: User password cannot be reset in the current state.");
    assertThat(aws.error("AdminConfirmSignUp", user(pool, "ann", "")))
        .startsWith("NotAuthorizedException: User cannot be confirmed. Current status is");
    aws.call("AdminSetUserPassword", user(pool, "ann", set.formatted(true)));
    aws.call(
        "AdminUpdateUserAttributes",
        user(pool, "ann", attributes("email", "a@example.com", "email_verified", "true")));
    aws.call("AdminResetUserPassword", user(pool, "ann", ""));
    assertThat(status(pool, "ann")).isEqualTo("RESET_REQUIRED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "AdminCreateUser | ann | | UsernameExistsException: User account already exists",
        "AdminCreateUser | new | , 'TemporaryPassword': 'short' | InvalidPasswordException:"
            + " Password did not conform with password policy: Password not long enough",
        "AdminSetUserPassword | ann | , 'Password': 'short' | InvalidPasswordException:"
            + " Password does not conform to policy: Password not long enough",
        "AdminGetUser | nobody | | UserNotFoundException: User does not exist.",
        "AdminUpdateUserAttributes | ann | , 'UserAttributes': [{'Name': 'sub', 'Value': 'x'}]"
            + " | InvalidParameterException: user.sub: Attribute cannot be updated.",
        "AdminCreateUser | new | , 'UserAttributes': [{'Name': 'custom:x', 'Value': '1'}]"
            + " | InvalidParameterException: Attributes did not conform to the schema: custom:x:"
            + " Attribute does not exist in the schema.",
      })
  void errorsAreInTheWordsOfTheOperation(String operation, String name, String more, String error) {
    String pool = aws.pool("");
    create(pool, "ann", "");
    assertThat(aws.error(operation, user(pool, name, more == null ? "" : more))).startsWith(error);
  }

  @Test
  void withAddressesAsNamesTheUserNameIsTheSub() {
    String pool = aws.pool(", 'UsernameAttributes': ['email']");
    JsonNode created = create(pool, "ann@example.com", "");
    assertThat(created.path("Username").asText())
        .matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
        .isEqualTo(created.at("/Attributes/1/Value").asText());
    assertThat(created.at("/Attributes/0/Value").asText()).isEqualTo("ann@example.com");
    assertThat(aws.call("AdminGetUser", user(pool, "ann@example.com", "")).path("Username"))
        .isEqualTo(created.path("Username"));
    assertThat(aws.error("AdminCreateUser", user(pool, "ann", "")))
        .isEqualTo("InvalidParameterException: Username should be an email.");
    assertThat(aws.error("AdminCreateUser", user(pool, "ann@example.com", "")))
        .startsWith("UsernameExistsException: ");
  }

  @Test
  void anAliasNamesTheUserOnceItIsVerified() {
    String pool = aws.pool(", 'AliasAttributes': ['email', 'preferred_username']");
    create(pool, "ann", attributes("email", "ann@example.com", "preferred_username", "annie"));
    assertThat(aws.error("AdminGetUser", user(pool, "ann@example.com", "")))
        .startsWith("UserNotFoundException: ");
    assertThat(aws.call("AdminGetUser", user(pool, "annie", "")).path("Username").asText())
        .isEqualTo("ann");
    aws.call("AdminUpdateUserAttributes", user(pool, "ann", attributes("email_verified", "true")));
    assertThat(
            aws.call("AdminGetUser", user(pool, "ann@example.com", "")).path("Username").asText())
        .isEqualTo("ann");
    assertThat(aws.error("AdminCreateUser", user(pool, "x@example.com", "")))
        .isEqualTo(
            "InvalidParameterException: Username cannot be of email format, since user pool is"
                + " configured for email alias.");
    create(pool, "bob", "");
    assertThat(
            aws.error(
                "AdminUpdateUserAttributes",
                user(pool, "bob", attributes("preferred_username", "ann"))))
        .isEqualTo("AliasExistsException: User account already exists for the alias.");
    String same = attributes("email", "ann@example.com", "email_verified", "true");
    assertThat(aws.error("AdminCreateUser", user(pool, "cid", same)))
        .isEqualTo("AliasExistsException: An account with the given email already exists.");
    create(pool, "cid", same + ", 'ForceAliasCreation': true");
    assertThat(
            aws.call("AdminGetUser", user(pool, "ann@example.com", "")).path("Username").asText())
        .isEqualTo("cid");
  }

  @Test
  void namesFoldOnlyWhereThePoolSaysSo() {
    String sensitive = aws.pool("");
    create(sensitive, "Ann", "");
    create(sensitive, "ann", "");
    String folding = aws.pool(", 'UsernameConfiguration': {'CaseSensitive': false}");
    create(folding, "Ann", "");
    assertThat(aws.error("AdminCreateUser", user(folding, "aNN", "")))
        .startsWith("UsernameExistsException: ");
  }

  @Test
  void changingAnAddressTakesItsVerificationAway() {
    String pool = aws.pool(", 'AutoVerifiedAttributes': ['email']");
    create(
        pool,
        "ann",
        attributes("email", "a@example.com", "email_verified", "true")
            + ", 'MessageAction': 'SUPPRESS'");
    aws.call("AdminUpdateUserAttributes", user(pool, "ann", attributes("email", "b@example.com")));
    assertThat(aws.call("AdminGetUser", user(pool, "ann", "")).toString())
        .contains("{\"Name\":\"email_verified\",\"Value\":\"false\"}");
    assertThat(aws.messages()).hasSize(1);
    assertThat(aws.messages().getFirst().destination()).isEqualTo("b@example.com");
  }

  @Test
  void aPlannedFaultLosesAMessage() {
    String pool = aws.pool("");
    aws.faults.add(
        FaultRule.always(
            PoolMessages.PLACE,
            new Fault.Refuse(400, "CodeDeliveryFailureException", "no delivery")));
    assertThat(aws.error("AdminCreateUser", user(pool, "ann", attributes("email", "a@b.co"))))
        .isEqualTo("CodeDeliveryFailureException: no delivery");
    assertThat(aws.messages()).isEmpty();
  }

  @Test
  void addressesAreMaskedAsOnAws() {
    assertThat(PoolMessages.masked("foo@example.com")).isEqualTo("f***@e***");
    assertThat(PoolMessages.masked("+15555555555")).isEqualTo("+*******5555");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "email = \\\"ann@example.com\\\" | ann",
        "email ^= \\\"ann\\\" | ann",
        "username ^= \\\"b\\\" | bob",
        "status = \\\"Disabled\\\" | bob",
        "cognito:user_status = \\\"FORCE_CHANGE_PASSWORD\\\" | ann,bob",
        "given_name = \\\"x\\\" | ``",
      })
  void usersAreFoundByAFilter(String filter, String names) {
    String pool = aws.pool("");
    create(pool, "ann", attributes("email", "ann@example.com"));
    create(pool, "bob", "");
    aws.call("AdminDisableUser", user(pool, "bob", ""));
    JsonNode found = aws.call("ListUsers", "{'UserPoolId': '%s', 'Filter': '%s'}", pool, filter);
    var list = new ArrayList<String>();
    found.path("Users").forEach(one -> list.add(one.path("Username").asText()));
    assertThat(String.join(",", list)).isEqualTo(names);
  }

  @Test
  void badFiltersAreRefused() {
    String pool = aws.pool("");
    String input = "{'UserPoolId': '" + pool + "', 'Filter': '%s'}";
    assertThat(aws.error("ListUsers", input, "email is x"))
        .startsWith("InvalidParameterException: Error while parsing filter");
    assertThat(aws.error("ListUsers", input, "custom:x = \\\"x\\\""))
        .isEqualTo("InvalidParameterException: Invalid search attribute: custom:x");
    assertThat(
            aws.error("ListUsers", "{'UserPoolId': '%s', 'AttributesToGet': ['custom:x']}", pool))
        .startsWith("InvalidParameterException: ");
  }

  @Test
  void groupsOfAUserAreInTheOrderOfPrecedence() {
    String pool = aws.pool("");
    create(pool, "ann", "");
    String group = "{'UserPoolId': '" + pool + "', 'GroupName': '%s'%s}";
    aws.call("CreateGroup", group, "plain", "");
    aws.call("CreateGroup", group, "late", ", 'Precedence': 9");
    aws.call("CreateGroup", group, "early", ", 'Precedence': 0");
    for (String name : List.of("plain", "late", "early", "early")) {
      assertThat(
              aws.output("AdminAddUserToGroup", user(pool, "ann", ", 'GroupName': '" + name + "'"))
                  .raw())
          .isEmpty();
    }
    JsonNode groups = aws.call("AdminListGroupsForUser", user(pool, "ann", "")).path("Groups");
    assertThat(groups.findValuesAsText("GroupName")).containsExactly("early", "late", "plain");
    assertThat(groups.get(2).has("Precedence")).isFalse();
    assertThat(aws.error("CreateGroup", group, "early", "")).startsWith("GroupExistsException: ");
    assertThat(aws.error("GetGroup", group, "none", ""))
        .isEqualTo("ResourceNotFoundException: Group not found.");
    aws.call("AdminDeleteUser", user(pool, "ann", ""));
    assertThat(aws.call("ListUsersInGroup", group, "early", "").path("Users")).isEmpty();
  }
}
