// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognitoidentity;

import static dev.syncline.sim.services.cognitoidentity.IdentityFixture.role;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.contract.SessionIssuer;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Identities, their logins, the role that they get and the tokens that they sign in with. */
class IdentityCredentialsTest {
  private final IdentityFixture room = new IdentityFixture();

  @AfterEach
  void end() {
    room.close();
  }

  private static void refused(ThrowingCallable call, String code, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AwsException.class,
            error -> {
              assertThat(error.text()).isEqualTo(message);
              assertThat(error.code()).isEqualTo(code);
            });
  }

  private static void notAuthorized(ThrowingCallable call, String message) {
    refused(call, "NotAuthorizedException", message);
  }

  @Test
  void anIdentityGetsASessionOfTheRoleThatKnowsWhoItIs() throws Exception {
    String pool = room.pool(false, "");
    String logins = room.logins(room.claims("ann"));
    String identity = room.identity(pool, logins);
    assertThat(identity).matches("us-east-1:[0-9a-f-]{36}");
    assertThat(room.identity(pool, logins)).isEqualTo(identity);
    assertThat(room.identity(pool, room.logins(room.claims("bob")))).isNotEqualTo(identity);

    JsonNode answer = room.credentials(identity, logins);
    assertThat(answer.path("IdentityId").asText()).isEqualTo(identity);
    JsonNode credentials = answer.path("Credentials");
    assertThat(credentials.path("AccessKeyId").asText()).startsWith("ASIA");
    assertThat(credentials.path("SecretKey").asText()).isNotEmpty();
    assertThat(credentials.path("SessionToken").asText()).isNotEmpty();
    assertThat(credentials.path("Expiration").isNumber()).isTrue();
    SessionIssuer.Session session = room.sessions.issued.getLast();
    assertThat(session.roleArn()).isEqualTo(role("user"));
    assertThat(session.sessionName()).isEqualTo("CognitoIdentityCredentials");
    assertThat(session.lifetime()).isEqualTo(Duration.ofHours(1));
    assertThat(session.provider()).isEqualTo("cognito-identity.amazonaws.com");
    assertThat(session.providerKeys())
        .containsEntry("cognito-identity.amazonaws.com:aud", List.of(pool))
        .containsEntry("cognito-identity.amazonaws.com:sub", List.of(identity))
        .containsEntry(
            "cognito-identity.amazonaws.com:amr",
            List.of(
                "authenticated",
                FakeUserPools.PROVIDER,
                FakeUserPools.PROVIDER + ":CognitoSignIn:sub-ann"));
  }

  @Test
  void guestsNeedAPoolThatTakesThem() throws Exception {
    String closed = room.pool(false, "");
    notAuthorized(
        () -> room.identity(closed, ""),
        "Unauthenticated access is not supported for this identity pool.");
    String open = room.pool(true, "");
    String guest = room.identity(open, "");
    assertThat(room.identity(open, "")).isNotEqualTo(guest);
    room.credentials(guest, "");
    assertThat(room.sessions.issued.getLast().roleArn()).isEqualTo(role("guest"));
    assertThat(room.sessions.issued.getLast().providerKeys())
        .containsEntry("cognito-identity.amazonaws.com:amr", List.of("unauthenticated"));
    // The guest signs in and keeps the identity; afterwards it is no guest.
    JsonNode signedIn = room.credentials(guest, room.logins(room.claims("ann")));
    assertThat(signedIn.path("IdentityId").asText()).isEqualTo(guest);
    notAuthorized(
        () -> room.credentials(guest, ""), "Access to Identity '" + guest + "' is forbidden.");
    notAuthorized(
        () -> room.credentials(guest, room.logins(room.claims("bob"))),
        "Logins don't match. Please include at least one valid login for this identity or identity"
            + " pool.");
  }

  @Test
  void aLoginIsAnUnexpiredSignedTokenOfAConfiguredClient() throws Exception {
    String pool = room.pool(false, "");
    notAuthorized(
        () -> room.identity(pool, IdentityFixture.loginsOf("a.b")),
        "Invalid login token. Not a valid OpenId Connect identity token.");
    ObjectNode access = room.claims("ann").put("client_id", IdentityFixture.CLIENT);
    access.remove("aud");
    notAuthorized(
        () -> room.identity(pool, room.logins(access)),
        "Invalid login token. Missing a required claim: aud");
    notAuthorized(
        () -> room.identity(pool, room.logins(room.claims("ann").put("iss", "https://x"))),
        "Invalid login token. Issuer doesn't match providerName");
    notAuthorized(
        () -> room.identity(pool, room.logins(room.claims("ann").put("aud", "other"))),
        "Token is not from a supported provider of this identity pool.");
    notAuthorized(
        () ->
            room.identity(
                pool,
                IdentityFixture.loginsOf(
                    FakeUserPools.signed(FakeUserPools.key(), room.claims("ann")))),
        "Invalid login token. Token signature invalid.");
    notAuthorized(
        () -> room.identity(pool, "'Logins': {'cognito-idp.us-east-1.amazonaws.com/x_y': 't'}"),
        "Token is not from a supported provider of this identity pool.");
    String logins = room.logins(room.claims("ann"));
    room.clock.advance(Duration.ofHours(1));
    long now = room.clock.now().getEpochSecond();
    notAuthorized(
        () -> room.identity(pool, logins),
        "Invalid login token. Token expired: " + now + " >= " + now);
    room.userPools.disabled.add("ann");
    notAuthorized(
        () -> room.identity(pool, room.logins(room.claims("ann"))),
        "Invalid login token. User is disabled.");
  }

  @Test
  void otherProvidersAreVerifiedOrRefusedByName() throws Exception {
    String pool = room.pool(false, "");
    String identity = room.identity(pool, "'Logins': {'id.example': 'good'}");
    room.credentials(identity, "'Logins': {'id.example': 'good'}");
    assertThat(
            room.sessions.issued.getLast().providerKeys().get("cognito-identity.amazonaws.com:amr"))
        .containsExactly("authenticated", "id.example", "id.example:OIDC:of https://id.example");
    notAuthorized(
        () -> room.identity(pool, "'Logins': {'id.example': 'bad'}"),
        "Invalid login token. It is bad");
    String other =
        room.call(
                "CreateIdentityPool",
                "{'IdentityPoolName': 'p', 'AllowUnauthenticatedIdentities': false,"
                    + " 'SupportedLoginProviders': {'accounts.google.com': 'app'}}")
            .path("IdentityPoolId")
            .asText();
    assertThatThrownBy(() -> room.identity(other, "'Logins': {'accounts.google.com': 't'}"))
        .hasMessageContaining("'accounts.google.com'");
    String none =
        room.call(
                "CreateIdentityPool",
                "{'IdentityPoolName': 'p', 'AllowUnauthenticatedIdentities': true}")
            .path("IdentityPoolId")
            .asText();
    notAuthorized(
        () -> room.identity(none, "'Logins': {'accounts.google.com': 't'}"),
        "Identity pool - " + none + " does not have identity providers configured.");
  }

  private String granted(String pool, ObjectNode claims, String more) throws Exception {
    String logins = room.logins(claims);
    String identity = room.identity(pool, logins);
    room.credentials(identity, logins + more);
    return room.sessions.issued.getLast().roleArn();
  }

  private ObjectNode withRoles(String user, String... roles) {
    ObjectNode claims = room.claims(user);
    for (String name : roles) {
      claims.withArray("cognito:roles").add(role(name));
    }
    return claims;
  }

  @Test
  void aTokenChoosesTheRole() throws Exception {
    String pool = room.pool(false, "{'Type': 'Token', 'AmbiguousRoleResolution': 'Deny'}");
    ObjectNode preferred = withRoles("ann", "a", "b").put("cognito:preferred_role", role("b"));
    assertThat(granted(pool, preferred, "")).isEqualTo(role("b"));
    assertThat(granted(pool, preferred, ", 'CustomRoleArn': '" + role("a") + "'"))
        .isEqualTo(role("a"));
    assertThatThrownBy(() -> granted(pool, preferred, ", 'CustomRoleArn': '" + role("c") + "'"))
        .hasMessageContaining(role("c"));
    notAuthorized(
        () -> granted(pool, withRoles("bob", "a", "b"), ""),
        "The ambiguous role mapping rules denied this request.");
    room.roles(pool, "user", "{'Type': 'Token', 'AmbiguousRoleResolution': 'AuthenticatedRole'}");
    assertThat(granted(pool, withRoles("bob", "a", "b"), "")).isEqualTo(role("user"));
  }

  @Test
  void rulesChooseTheRoleInTheirOrder() throws Exception {
    String pool =
        room.pool(
            false,
            "{'Type': 'Rules', 'AmbiguousRoleResolution': 'Deny', 'RulesConfiguration': {'Rules': ["
                + rule("cognito:groups", "Contains", "admin", "admin")
                + ","
                + rule("email", "StartsWith", "x@", "x")
                + ","
                + rule("cognito:username", "Equals", "ann", "ann")
                + ","
                + rule("email", "NotEqual", "y@", "rest")
                + "]}}");
    ObjectNode admin = room.claims("ann");
    admin.putArray("cognito:groups").add("admin");
    assertThat(granted(pool, admin, "")).isEqualTo(role("admin"));
    assertThat(granted(pool, room.claims("ann").put("email", "x@y"), "")).isEqualTo(role("x"));
    assertThat(granted(pool, room.claims("ann"), "")).isEqualTo(role("ann"));
    assertThat(granted(pool, room.claims("bob").put("email", "z@"), "")).isEqualTo(role("rest"));
    notAuthorized(
        () -> granted(pool, room.claims("bob"), ""),
        "The ambiguous role mapping rules denied this request.");
  }

  private static String rule(String claim, String match, String value, String roleName) {
    return ("{'Claim': '%s', 'MatchType': '%s', 'Value': '%s', 'RoleARN': '%s'}")
        .formatted(claim, match, value, role(roleName));
  }

  @Test
  void aRoleMustTrustTheIdentity() throws Exception {
    String pool = room.pool(false, "");
    room.roles(pool, "untrusted", "");
    refused(
        () -> granted(pool, room.claims("ann"), ""),
        "InvalidIdentityPoolConfigurationException",
        "Invalid identity pool configuration. Check assigned IAM roles for this pool.");
    room.roles(pool, "guest", "");
    assertThatThrownBy(() -> granted(pool, room.claims("ann"), ""))
        .hasMessageContaining("Check assigned IAM roles");
  }

  @Test
  void claimsBecomeSessionTags() throws Exception {
    String pool = room.pool(false, "");
    String start =
        "{'IdentityPoolId': '"
            + pool
            + "', 'IdentityProviderName': '"
            + FakeUserPools.PROVIDER
            + "', ";
    room.call("SetPrincipalTagAttributeMap", start + "'PrincipalTags': {'team': 'custom:team'}}");
    granted(pool, room.claims("ann").put("custom:team", "red"), "");
    assertThat(room.sessions.issued.getLast().tags()).containsOnly(Map.entry("team", "red"));
    room.call("SetPrincipalTagAttributeMap", start + "'UseDefaults': true}");
    granted(pool, room.claims("ann"), "");
    assertThat(room.sessions.issued.getLast().tags())
        .containsEntry("client", IdentityFixture.CLIENT)
        .containsEntry("username", "sub-ann");
  }

  @Test
  void theTokenOfTheClassicFlowVerifiesWithThePublishedKey() throws Exception {
    String pool = room.pool(true, "");
    String guest = room.identity(pool, "");
    String token =
        room.call("GetOpenIdToken", "{'IdentityId': '" + guest + "'}").path("Token").asText();
    SignedJWT jwt = SignedJWT.parse(token);
    var request =
        new HttpRequest(
            "GET",
            "/.well-known/jwks_uri",
            "",
            Headers.of("host", "cognito-identity.amazonaws.com"),
            new byte[0],
            "127.0.0.1",
            false);
    var endpoint = room.service.endpoints().getFirst();
    assertThat(endpoint.claims(request)).isTrue();
    var keys = JWKSet.parse(new String(endpoint.answer(request).body(), StandardCharsets.UTF_8));
    assertThat(
            jwt.verify(
                new RSASSAVerifier(keys.getKeyByKeyId(jwt.getHeader().getKeyID()).toRSAKey())))
        .isTrue();
    assertThat(jwt.getJWTClaimsSet().getSubject()).isEqualTo(guest);
    assertThat(jwt.getJWTClaimsSet().getAudience()).containsExactly(pool);
    assertThat(jwt.getJWTClaimsSet().getIssuer())
        .isEqualTo("https://cognito-identity.amazonaws.com");
    assertThat(jwt.getJWTClaimsSet().getStringListClaim("amr")).containsExactly("unauthenticated");
    room.roles(pool, "user", "{'Type': 'Token', 'AmbiguousRoleResolution': 'Deny'}");
    refused(
        () -> room.call("GetOpenIdToken", "{'IdentityId': '" + guest + "'}"),
        "InvalidParameterException",
        "Basic (classic) flow is not supported with RoleMappings, please use enhanced flow.");
    room.roles(pool, "user", "");
    room.call(
        "UpdateIdentityPool",
        "{'IdentityPoolId': '"
            + pool
            + "', 'IdentityPoolName': 'p', 'AllowUnauthenticatedIdentities': true,"
            + " 'AllowClassicFlow': false}");
    refused(
        () -> room.call("GetOpenIdToken", "{'IdentityId': '" + guest + "'}"),
        "InvalidParameterException",
        "Basic (classic) flow is not enabled, please use enhanced flow.");
  }

  @Test
  void unlinkingTheLastLoginDisablesAnIdentity() throws Exception {
    String pool = room.pool(true, "");
    String logins = room.logins(room.claims("ann"));
    String identity = room.identity(pool, logins);
    room.call(
        "UnlinkIdentity",
        "{'IdentityId': '"
            + identity
            + "', "
            + logins
            + ", 'LoginsToRemove': ['"
            + FakeUserPools.PROVIDER
            + "']}");
    notAuthorized(
        () -> room.credentials(identity, ""),
        "Access to Identity '" + identity + "' is forbidden.");
    String list = "{'IdentityPoolId': '" + pool + "', 'MaxResults': 5, 'HideDisabled': ";
    assertThat(room.call("ListIdentities", list + "true}").path("Identities")).isEmpty();
    assertThat(room.call("ListIdentities", list + "false}").path("Identities")).hasSize(1);
    assertThat(room.identity(pool, logins)).isNotEqualTo(identity);
    room.call("DeleteIdentities", "{'IdentityIdsToDelete': ['" + identity + "']}");
    refused(
        () -> room.call("DescribeIdentity", "{'IdentityId': '" + identity + "'}"),
        "ResourceNotFoundException",
        "Identity '" + identity + "' not found.");
  }

  @Test
  void inputsAreRefusedInAwsWords() throws Exception {
    refused(
        () -> room.call("DescribeIdentityPool", "{'IdentityPoolId': 'us-east-1_Ab1'}"),
        "ValidationException",
        "1 validation error detected: Value 'us-east-1_Ab1' at 'identityPoolId' failed to satisfy"
            + " constraint: Member must satisfy regular expression pattern: [\\w-]+:[0-9a-f-]+");
    refused(
        () -> room.call("DescribeIdentityPool", "{'IdentityPoolId': 'us-east-1:0a'}"),
        "ResourceNotFoundException",
        "IdentityPool 'us-east-1:0a' not found.");
    String pool = room.pool(true, "");
    assertThatThrownBy(() -> room.roles(pool, "user", "{'Type': 'Token'}"))
        .hasMessageContaining("AmbiguousRoleResolution is required");
    assertThatThrownBy(
            () -> room.roles(pool, "user", "{'Type': 'Rules', 'AmbiguousRoleResolution': 'Deny'}"))
        .hasMessageContaining("RulesConfiguration is required");
  }
}
