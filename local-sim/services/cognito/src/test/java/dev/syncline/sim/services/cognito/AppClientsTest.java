// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** App clients, as recorded answers of AWS have them. */
class AppClientsTest {
  private final CognitoFixture aws = new CognitoFixture();
  private String pool = "";

  @BeforeEach
  void create() {
    pool = aws.pool("");
  }

  @AfterEach
  void close() {
    aws.close();
  }

  private JsonNode client(String settings) {
    return aws.call(
            "CreateUserPoolClient", "{'UserPoolId': '%s', 'ClientName': 'c'%s}", pool, settings)
        .path("UserPoolClient");
  }

  private String refused(String settings) {
    return aws.error(
        "CreateUserPoolClient", "{'UserPoolId': '%s', 'ClientName': 'c', %s}", pool, settings);
  }

  @Test
  void aClientWithOnlyANameHasTheRecordedMembers() throws Exception {
    ObjectNode client = client("").deepCopy();
    assertThat(client.path("ClientId").asText()).matches("[a-z0-9]{26}");
    client.remove(List.of("ClientId", "CreationDate", "LastModifiedDate", "UserPoolId"));
    assertThat((JsonNode) client)
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {"ClientName": "c", "AllowedOAuthFlowsUserPoolClient": false,
                 "AuthSessionValidity": 3, "EnablePropagateAdditionalUserContextData": false,
                 "EnableTokenRevocation": true, "RefreshTokenValidity": 30,
                 "TokenValidityUnits": {}}
                """));
  }

  @Test
  void flowsAreInTheOrderOfAws() {
    JsonNode client =
        client(
            ", 'ExplicitAuthFlows': ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH',"
                + " 'ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_USER_PASSWORD_AUTH']");
    assertThat(client.path("ExplicitAuthFlows").toString())
        .isEqualTo(
            "[\"ALLOW_USER_PASSWORD_AUTH\",\"ALLOW_ADMIN_USER_PASSWORD_AUTH\","
                + "\"ALLOW_USER_SRP_AUTH\",\"ALLOW_REFRESH_TOKEN_AUTH\"]");
  }

  @Test
  void unitsAreCompleteOnceOneIsGiven() {
    JsonNode client =
        client(", 'AccessTokenValidity': 10, 'TokenValidityUnits': {'AccessToken': 'minutes'}");
    assertThat(client.path("TokenValidityUnits").toString())
        .isEqualTo("{\"AccessToken\":\"minutes\",\"IdToken\":\"hours\",\"RefreshToken\":\"days\"}");
  }

  @Test
  void aSecretIsShownToThoseWhoHaveOne() {
    assertThat(client("").has("ClientSecret")).isFalse();
    assertThat(client(", 'GenerateSecret': true").path("ClientSecret").asText())
        .matches("[a-z0-9]{51}");
  }

  @Test
  void secretsAreRotated() {
    String id = client(", 'GenerateSecret': true").path("ClientId").asText();
    String own = "{'UserPoolId': '" + pool + "', 'ClientId': '" + id + "'%s}";
    aws.clock.advance(java.time.Duration.ofSeconds(1));
    JsonNode added = aws.call("AddUserPoolClientSecret", own, "").path("ClientSecretDescriptor");
    assertThat(added.path("ClientSecretValue").asText()).matches("[a-z0-9]{51}");
    assertThat(aws.error("AddUserPoolClientSecret", own, ""))
        .startsWith("LimitExceededException: ");
    JsonNode secrets = aws.call("ListUserPoolClientSecrets", own, "").path("ClientSecrets");
    assertThat(secrets).hasSize(2);
    assertThat(secrets.toString()).doesNotContain("ClientSecretValue");
    aws.call(
        "DeleteUserPoolClientSecret",
        own,
        ", 'ClientSecretId': '" + secrets.at("/0/ClientSecretId").asText() + "'");
    assertThat(
            aws.call("DescribeUserPoolClient", own, "").at("/UserPoolClient/ClientSecret").asText())
        .isEqualTo(added.path("ClientSecretValue").asText());
  }

  @Test
  void anUpdateResetsWhatItLeavesOutAndKeepsTheSecret() {
    JsonNode client = client(", 'GenerateSecret': true, 'ReadAttributes': ['email']");
    JsonNode updated =
        aws.call(
                "UpdateUserPoolClient",
                "{'UserPoolId': '%s', 'ClientId': '%s'}",
                pool,
                client.path("ClientId").asText())
            .path("UserPoolClient");
    assertThat(updated.has("ReadAttributes")).isFalse();
    assertThat(updated.path("ClientSecret")).isEqualTo(client.path("ClientSecret"));
    assertThat(updated.path("ClientName").asText()).isEqualTo("c");
  }

  @Test
  void anUnknownClientIsNamedWithoutItsId() {
    String input = "{'UserPoolId': '%s', 'ClientId': 'unknown'}".formatted(pool);
    for (String operation :
        List.of("DescribeUserPoolClient", "UpdateUserPoolClient", "DeleteUserPoolClient")) {
      assertThat(aws.error(operation, input))
          .isEqualTo("ResourceNotFoundException: User pool client does not exist.");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'AccessTokenValidity': 3, 'TokenValidityUnits': {'AccessToken': 'seconds'}"
            + " | InvalidParameterException: Invalid range for token validity.",
        "'AllowedOAuthFlows': ['code', 'client_credentials'], 'AllowedOAuthScopes': ['openid'],"
            + " 'AllowedOAuthFlowsUserPoolClient': true | InvalidOAuthFlowException",
        "'AllowedOAuthFlows': ['client_credentials'], 'AllowedOAuthScopes': ['openid'],"
            + " 'AllowedOAuthFlowsUserPoolClient': true | InvalidOAuthFlowException",
        "'AllowedOAuthFlows': ['code'], 'AllowedOAuthScopes': ['a/b'],"
            + " 'AllowedOAuthFlowsUserPoolClient': true | ScopeDoesNotExistException",
        "'CallbackURLs': ['http://example.com'] | InvalidParameterException: http://example.com"
            + " cannot use the HTTP protocol.",
        "'CallbackURLs': ['https://a.example/#x'] | InvalidParameterException",
        "'CallbackURLs': ['https://a.example'], 'DefaultRedirectURI': 'https://b.example'"
            + " | InvalidParameterException",
        "'SupportedIdentityProviders': ['Nobody'] | InvalidParameterException: The provider Nobody",
        "'ReadAttributes': ['nothing'] | InvalidParameterException: Invalid read attributes"
            + " specified while creating a client",
        "'ExplicitAuthFlows': ['ALLOW_USER_SRP_AUTH', 'USER_PASSWORD_AUTH']"
            + " | InvalidParameterException"
      })
  void settingsThatAwsRefusesAreRefused(String settings, String error) {
    assertThat(refused(settings)).startsWith(error);
  }

  @Test
  void pagesOfThisMachineMayUsePlainHttp() {
    assertThat(
            client(", 'CallbackURLs': ['http://localhost:3000/', 'myapp://done']")
                .path("CallbackURLs"))
        .hasSize(2);
  }
}
