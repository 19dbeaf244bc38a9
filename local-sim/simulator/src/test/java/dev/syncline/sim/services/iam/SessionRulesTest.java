// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.contract.AccessKeys;
import dev.syncline.sim.service.contract.SessionIssuer;
import dev.syncline.sim.service.contract.SessionIssuer.Session;
import dev.syncline.sim.service.settings.IamMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of sessions, and what they remember. */
class SessionRulesTest extends IamCallsFixture {
  private static final String ANYONE = trust("{'AWS': '*'}", "");

  @BeforeEach
  void begin() {
    start(IamMode.ENFORCE);
  }

  @Test
  void aSessionIsNoLongerThanItsRoleAllows() {
    String role = role("r", ANYONE, allow("sts:*", "*", ""));

    assertThat(refusal(ROOT, "sts", "AssumeRole", assuming(role, ", 'DurationSeconds': 3601")))
        .isEqualTo(
            "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    call(ROOT, "iam", "UpdateRole", "{'RoleName': 'r', 'MaxSessionDuration': 7200}");
    CallPrincipal session = assume(ROOT, role, ", 'DurationSeconds': 7200");
    assertThat(refusal(session, "sts", "AssumeRole", assuming(role, ", 'DurationSeconds': 7200")))
        .isEqualTo(
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by"
                + " role chaining");
    assume(session, role, "");
  }

  @Test
  void aSourceIdentityAndTransitiveTagsStay() {
    String role = role("r", ANYONE, allow("sts:*", "*", ""));
    CallPrincipal first =
        assume(
            ROOT,
            role,
            ", 'SourceIdentity': 'ann', 'Tags': [{'Key': 'a', 'Value': '1'}, {'Key': 'b', 'Value':"
                + " '2'}], 'TransitiveTagKeys': ['a']");

    CallPrincipal second = assume(first, role, "");

    AccessKeys.SessionFacts facts = facts(second);
    assertThat(facts.sourceIdentity()).isEqualTo("ann");
    assertThat(facts.tags()).containsOnlyKeys("a");
    assertThat(facts.roleArn()).isEqualTo(role);
  }

  @Test
  void aServiceGetsASessionOfItsRole() {
    String role = role("r", ANYONE, allow("sqs:SendMessage", "*", ""));
    AccessKeys.AccessKey key =
        whole
            .simulator
            .contracts()
            .get(SessionIssuer.class)
            .issue(Session.ofService(role, "worker", Duration.ofHours(12)));

    var session = new CallPrincipal.Signed(key.id());
    send(session);
    assertThat(call(session, "sts", "GetCallerIdentity", "{}").path("Arn").asText())
        .isEqualTo("arn:aws:sts::" + ACCOUNT + ":assumed-role/r/worker");
  }

  @Test
  void aServiceThatActsWithARoleIsItsSession() {
    String role = role("r", ANYONE, "");
    JsonNode identity =
        call(new CallPrincipal.RoleSession(role, "run"), "sts", "GetCallerIdentity", "{}");

    assertThat(identity.path("Arn").asText())
        .isEqualTo("arn:aws:sts::" + ACCOUNT + ":assumed-role/r/run");
  }

  @Test
  void aKeyOfAUserWorksUntilItIsInactive() {
    CallPrincipal ann = user("ann", "");
    String arn = "arn:aws:iam::" + ACCOUNT + ":user/ann";
    assertThat(call(ann, "sts", "GetCallerIdentity", "{}").path("Arn").asText()).isEqualTo(arn);

    call(
        ROOT,
        "iam",
        "UpdateAccessKey",
        "{'UserName': 'ann', 'Status': 'Inactive', 'AccessKeyId': '"
            + ann.accessKey().orElseThrow()
            + "'}");

    assertThat(
            whole.simulator.contracts().get(AccessKeys.class).find(ann.accessKey().orElseThrow()))
        .isEmpty();
  }

  @Test
  void tagsThatDifferByCaseOnlyAreRefused() {
    String role = role("r", ANYONE, "");

    assertThat(
            refusal(
                ROOT,
                "sts",
                "AssumeRole",
                assuming(
                    role, ", 'Tags': [{'Key': 'a', 'Value': '1'}, {'Key': 'A', 'Value': '2'}]")))
        .startsWith("Duplicate tag keys found.");
  }

  @Test
  void anIdentityOfAPoolAssumesARoleThatNamesThePool() {
    JsonNode pool =
        call(
            ROOT,
            "cognitoidentity",
            "CreateIdentityPool",
            "{'IdentityPoolName': 'p', 'AllowUnauthenticatedIdentities': true}");
    String poolId = pool.path("IdentityPoolId").asText();
    String identity =
        call(ROOT, "cognitoidentity", "GetId", "{'IdentityPoolId': '" + poolId + "'}")
            .path("IdentityId")
            .asText();
    String token =
        call(ROOT, "cognitoidentity", "GetOpenIdToken", "{'IdentityId': '" + identity + "'}")
            .path("Token")
            .asText();
    String guests = role("guests", webTrust(poolId, "unauthenticated"), "");
    String members = role("members", webTrust(poolId, "authenticated"), "");

    JsonNode session = assumeWith(guests, token);
    assertThat(session.path("SubjectFromWebIdentityToken").asText()).isEqualTo(identity);
    assertThat(session.path("Provider").asText()).isEqualTo("cognito-identity.amazonaws.com");
    assertThat(session.path("Audience").asText()).isEqualTo(poolId);
    var key = new CallPrincipal.Signed(session.at("/Credentials/AccessKeyId").asText());
    assertThat(facts(key).providerKeys())
        .containsEntry("cognito-identity.amazonaws.com:sub", List.of(identity));

    assertThat(
            refusal(
                CallPrincipal.ANONYMOUS,
                "sts",
                "AssumeRoleWithWebIdentity",
                webAssuming(members, token).toString()))
        .isEqualTo("Not authorized to perform sts:AssumeRoleWithWebIdentity");
    String[] parts = token.split("\\.", -1);
    String other =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                    .replace("unauthenticated", "authenticated")
                    .getBytes(StandardCharsets.UTF_8));
    assertThat(
            refusal(
                CallPrincipal.ANONYMOUS,
                "sts",
                "AssumeRoleWithWebIdentity",
                webAssuming(members, parts[0] + "." + other + "." + parts[2]).toString()))
        .isEqualTo("Couldn't verify signature of the token");
  }

  private JsonNode assumeWith(String role, String token) {
    return call(
        CallPrincipal.ANONYMOUS, "sts", "AssumeRoleWithWebIdentity", webAssuming(role, token));
  }

  private static ObjectNode webAssuming(String role, String token) {
    return Json.object()
        .put("RoleArn", role)
        .put("RoleSessionName", "se")
        .put("WebIdentityToken", token);
  }

  private static String webTrust(String pool, String amr) {
    return "{'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Principal': {'Federated':"
        + " 'cognito-identity.amazonaws.com'}, 'Action': 'sts:AssumeRoleWithWebIdentity',"
        + " 'Condition': {'StringEquals': {'cognito-identity.amazonaws.com:aud': '"
        + pool
        + "'}, 'ForAnyValue:StringLike': {'cognito-identity.amazonaws.com:amr': '"
        + amr
        + "'}}}]}";
  }

  private static String assuming(String role, String more) {
    return "{'RoleArn': '" + role + "', 'RoleSessionName': 'se'" + more + "}";
  }

  private AccessKeys.SessionFacts facts(CallPrincipal session) {
    return Objects.requireNonNull(
        whole
            .simulator
            .contracts()
            .get(AccessKeys.class)
            .find(session.accessKey().orElseThrow())
            .orElseThrow()
            .session());
  }
}
