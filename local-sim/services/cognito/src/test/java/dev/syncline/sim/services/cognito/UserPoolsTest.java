// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Output;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pools, domains and their settings, as recorded answers of AWS have them. */
class UserPoolsTest {
  private final CognitoFixture aws = new CognitoFixture();

  @AfterEach
  void close() {
    aws.close();
  }

  private static JsonNode json(String singleQuoted) throws Exception {
    return Json.MAPPER.readTree(singleQuoted.replace('\'', '"'));
  }

  @Test
  void aPoolWithOnlyANameHasTheRecordedDefaults() throws Exception {
    ObjectNode pool =
        aws.call("CreateUserPool", "{'PoolName': 'p'}").withObject("/UserPool").deepCopy();
    assertThat(pool.path("Id").asText()).matches("us-east-1_[A-Za-z0-9]{9}");
    assertThat(pool.path("Arn").asText())
        .isEqualTo(
            "arn:aws:cognito-idp:us-east-1:111111111111:userpool/" + pool.path("Id").asText());
    assertThat(pool.path("CreationDate").toString()).isEqualTo("1790226367.224");
    assertThat(pool.path("SchemaAttributes")).hasSize(20);
    pool.remove(List.of("Id", "Arn", "SchemaAttributes", "CreationDate", "LastModifiedDate"));
    assertThat((JsonNode) pool)
        .isEqualTo(
            json(
                """
                {'Name': 'p', 'EstimatedNumberOfUsers': 0, 'DeletionProtection': 'INACTIVE',
                 'MfaConfiguration': 'OFF', 'LambdaConfig': {},
                 'EmailConfiguration': {'EmailSendingAccount': 'COGNITO_DEFAULT'},
                 'UserPoolTier': 'ESSENTIALS',
                 'AdminCreateUserConfig': {'AllowAdminCreateUserOnly': false,
                   'UnusedAccountValidityDays': 7},
                 'AccountRecoverySetting': {'RecoveryMechanisms': [
                   {'Priority': 1, 'Name': 'verified_email'},
                   {'Priority': 2, 'Name': 'verified_phone_number'}]},
                 'Policies': {'PasswordPolicy': {'MinimumLength': 8, 'RequireLowercase': true,
                     'RequireNumbers': true, 'RequireSymbols': true, 'RequireUppercase': true,
                     'TemporaryPasswordValidityDays': 7},
                   'SignInPolicy': {'AllowedFirstAuthFactors': ['PASSWORD']}},
                 'UserAttributeUpdateSettings': {'AttributesRequireVerificationBeforeUpdate': []},
                 'VerificationMessageTemplate': {'DefaultEmailOption': 'CONFIRM_WITH_CODE'},
                 'IssuerConfiguration': {'Type': 'ORIGINAL'},
                 'KeyConfiguration': {'KeyType': 'AWS_OWNED_KEY'}}
                """));
  }

  @Test
  void describeAddsIdentitiesAndTags() {
    String pool = aws.pool("");
    JsonNode described = aws.call("DescribeUserPool", "{'UserPoolId': '%s'}", pool);
    assertThat(described.at("/UserPool/SchemaAttributes")).hasSize(21);
    assertThat(described.at("/UserPool/UserPoolTags").isObject()).isTrue();
    var names = new ArrayList<String>();
    described.at("/UserPool/SchemaAttributes").forEach(a -> names.add(a.path("Name").asText()));
    assertThat(names).contains("identities");
  }

  @Test
  void anUpdateResetsWhatItLeavesOut() {
    String pool =
        aws.pool(
            ", 'Policies': {'PasswordPolicy': {'MinimumLength': 12}}, 'UsernameAttributes':"
                + " ['email'], 'AutoVerifiedAttributes': ['email'], 'UserPoolTags': {'a': 'b'}");
    assertThat(aws.call("UpdateUserPool", "{'UserPoolId': '%s'}", pool)).isEmpty();
    JsonNode described =
        aws.call("DescribeUserPool", "{'UserPoolId': '%s'}", pool).path("UserPool");
    assertThat(described.at("/Policies/PasswordPolicy/MinimumLength").asInt()).isEqualTo(8);
    assertThat(described.has("AutoVerifiedAttributes")).isFalse();
    assertThat(described.at("/UsernameAttributes/0").asText()).isEqualTo("email");
    assertThat(described.path("Name").asText()).isEqualTo("p");
  }

  @Test
  void textsForVerificationAreShownInBothPlaces() {
    String pool =
        aws.pool(
            ", 'EmailVerificationMessage': 'Code {####}', 'VerificationMessageTemplate':"
                + " {'SmsMessage': 'SMS {####}'}");
    JsonNode described =
        aws.call("DescribeUserPool", "{'UserPoolId': '%s'}", pool).path("UserPool");
    assertThat(described.at("/VerificationMessageTemplate/EmailMessage").asText())
        .isEqualTo("Code {####}");
    assertThat(described.path("SmsVerificationMessage").asText()).isEqualTo("SMS {####}");
  }

  @Test
  void settingsThatDoNotGoTogetherAreRefused() {
    assertThat(
            aws.error(
                "CreateUserPool",
                "{'PoolName': 'p', 'AdminCreateUserConfig': {'UnusedAccountValidityDays': 3},"
                    + " 'Policies': {'PasswordPolicy': {'TemporaryPasswordValidityDays': 3}}}"))
        .startsWith("InvalidParameterException: ")
        .contains(
            "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of"
                + " UnusedAccountValidityDays");
    assertThat(
            aws.error(
                "CreateUserPool",
                "{'PoolName': 'p', 'AliasAttributes': ['email'], 'UsernameAttributes':"
                    + " ['email']}"))
        .startsWith("InvalidParameterException: ");
    assertThat(aws.error("CreateUserPool", "{'PoolName': 'p', 'MfaConfiguration': 'ON'}"))
        .isEqualTo(
            "InvalidParameterException: SMS configuration and Auto verification for phone_number"
                + " are required when MFA is required/optional");
    assertThat(
            aws.error(
                "CreateUserPool",
                "{'PoolName': 'p', 'Schema': [{'Name': 'x', 'AttributeDataType': 'String',"
                    + " 'Required': true}]}"))
        .isEqualTo(
            "InvalidParameterException: Required custom attributes are not supported currently.");
  }

  @Test
  void theFrontEndNamesEveryViolatedConstraint() {
    assertThat(aws.error("DescribeUserPool", "{'UserPoolId': 'x'}"))
        .isEqualTo(
            "InvalidParameterException: 1 validation error detected: Value 'x' at 'userPoolId'"
                + " failed to satisfy constraint: Member must satisfy regular expression pattern:"
                + " [\\w-]+_[0-9a-zA-Z]+");
    assertThat(aws.error("ListUserPools", "{'MaxResults': 61}"))
        .isEqualTo(
            "InvalidParameterException: 1 validation error detected: Value '61' at 'maxResults'"
                + " failed to satisfy constraint: Member must have value less than or equal to"
                + " 60");
  }

  @Test
  void aPoolIsDeletedOnceNothingProtectsIt() {
    String pool = aws.pool(", 'DeletionProtection': 'ACTIVE'");
    String named = "{'UserPoolId': '" + pool + "'}";
    assertThat(aws.error("DeleteUserPool", named))
        .isEqualTo(
            "InvalidParameterException: The user pool cannot be deleted because deletion"
                + " protection is activated. Deletion protection must be inactivated first.");
    aws.call("UpdateUserPool", named);
    aws.call("CreateUserPoolDomain", "{'Domain': 'd', 'UserPoolId': '%s'}", pool);
    assertThat(aws.error("DeleteUserPool", named))
        .isEqualTo(
            "InvalidParameterException: User pool cannot be deleted. It has a domain configured"
                + " that should be deleted first.");
    aws.call("DeleteUserPoolDomain", "{'Domain': 'd', 'UserPoolId': '%s'}", pool);
    Output deleted = aws.output("DeleteUserPool", named);
    assertThat(deleted.raw()).isEmpty();
    assertThat(aws.error("DescribeUserPool", named))
        .isEqualTo("ResourceNotFoundException: User pool " + pool + " does not exist.");
  }

  @Test
  void aDomainIsUniqueAndAnUnknownOneHasNoDescription() {
    String first = aws.pool("");
    String second = aws.pool("");
    String domain = "{'Domain': '%s', 'UserPoolId': '%s'}";
    assertThat(aws.call("CreateUserPoolDomain", domain, "mine", first)).isEmpty();
    assertThat(aws.error("CreateUserPoolDomain", domain, "mine", second))
        .isEqualTo("InvalidParameterException: Domain already associated with another user pool.");
    assertThat(aws.error("CreateUserPoolDomain", domain, "my-aws-login", second))
        .startsWith("InvalidParameterException: ");
    JsonNode described = aws.call("DescribeUserPoolDomain", "{'Domain': 'mine'}");
    assertThat(described.at("/DomainDescription/Status").asText()).isEqualTo("ACTIVE");
    assertThat(described.at("/DomainDescription/AWSAccountId").asText())
        .isEqualTo(CognitoFixture.ACCOUNT);
    assertThat(aws.call("DescribeUserPoolDomain", "{'Domain': 'other'}").toString())
        .isEqualTo("{\"DomainDescription\":{}}");
  }

  @Test
  void factorsAreSetApartFromThePool() {
    String pool = aws.pool("");
    String input = "{'UserPoolId': '" + pool + "', 'MfaConfiguration': '%s'%s}";
    String token = ", 'SoftwareTokenMfaConfiguration': {'Enabled': true}";
    assertThat(aws.error("SetUserPoolMfaConfig", input, "OFF", token))
        .isEqualTo(
            "InvalidParameterException: Invalid MFA configuration given, can't turn off MFA and"
                + " configure an MFA together.");
    assertThat(aws.call("SetUserPoolMfaConfig", input, "ON", token).toString())
        .isEqualTo(
            "{\"SoftwareTokenMfaConfiguration\":{\"Enabled\":true},\"MfaConfiguration\":\"ON\"}");
    assertThat(aws.call("UpdateUserPool", input, "ON", "")).isEmpty();
    assertThat(
            aws.call("DescribeUserPool", "{'UserPoolId': '%s'}", pool)
                .at("/UserPool/MfaConfiguration")
                .asText())
        .isEqualTo("ON");
  }
}
