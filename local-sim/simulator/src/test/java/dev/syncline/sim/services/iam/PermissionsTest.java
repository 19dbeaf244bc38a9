// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.RolePermissions;
import dev.syncline.sim.service.settings.IamMode;
import dev.syncline.sim.service.settings.IamSettings;
import org.junit.jupiter.api.Test;

/** What principals may do where permissions are enforced. */
class PermissionsTest extends IamCallsFixture {
  private static final String NO_IDENTITY =
      " because no identity-based policy allows the sqs:sendmessage action";
  private static final String ANYONE_HERE = trust("{'AWS': '" + ACCOUNT + "'}", "");

  @Test
  void aUserMayDoWhatItsOwnPolicyAllowsAndNoMore() {
    start(IamMode.ENFORCE);
    CallPrincipal ann = user("ann", allow("sqs:SendMessage", QUEUE, ""));

    send(ann);
    assertThat(refusal(ann, "sqs", "ListQueues", "{}"))
        .startsWith("User: arn:aws:iam::" + ACCOUNT + ":user/ann is not authorized to perform: ")
        .contains("sqs:listqueues");
    call(ROOT, "iam", "DeleteUserPolicy", "{'UserName': 'ann', 'PolicyName': 'own'}");
    assertThat(refusedSend(ann)).endsWith("on resource: " + QUEUE + NO_IDENTITY);
  }

  @Test
  void theLastUseOfAKeyIsKept() {
    start(IamMode.ENFORCE);
    CallPrincipal ann = user("ann", allow("sqs:*", "*", ""));
    String input = "{'AccessKeyId': '" + ann.accessKey().orElseThrow() + "'}";
    assertThat(call(ROOT, "iam", "GetAccessKeyLastUsed", input).findValue("ServiceName").asText())
        .isEqualTo("N/A");
    send(ann);

    JsonNode used = call(ROOT, "iam", "GetAccessKeyLastUsed", input).path("AccessKeyLastUsed");
    assertThat(used.path("ServiceName").asText()).isEqualTo("sqs");
    assertThat(used.path("Region").asText()).isEqualTo("us-east-1");
    assertThat(used.has("LastUsedDate")).isTrue();
  }

  @Test
  void aUserHasThePoliciesOfItsGroups() {
    start(IamMode.ENFORCE);
    CallPrincipal ann = user("ann", "");
    call(ROOT, "iam", "CreateGroup", "{'GroupName': 'staff'}");
    put("PutGroupPolicy", "GroupName", "staff", allow("sqs:*", "*", ""));

    refusedSend(ann);
    call(ROOT, "iam", "AddUserToGroup", "{'GroupName': 'staff', 'UserName': 'ann'}");
    send(ann);
  }

  @Test
  void aBoundaryAndSessionPoliciesLimitWhatARoleMayDo() {
    start(IamMode.ENFORCE);
    String role = role("r", ANYONE_HERE, allow("sqs:*", "*", ""));
    CallPrincipal whole = assume(ROOT, role, "");
    var input =
        Json.object()
            .put("RoleArn", role)
            .put("RoleSessionName", "small")
            .put("Policy", json(allow("sqs:ListQueues", "*", "")));
    JsonNode session = call(ROOT, "sts", "AssumeRole", input);
    var small = new CallPrincipal.Signed(session.at("/Credentials/AccessKeyId").asText());

    send(whole);
    call(small, "sqs", "ListQueues", "{}");
    assertThat(refusedSend(small))
        .contains(":assumed-role/r/small is")
        .endsWith(" because no session policy allows the sqs:sendmessage action");
    call(
        ROOT,
        "iam",
        "PutRolePermissionsBoundary",
        "{'RoleName': 'r', 'PermissionsBoundary': 'arn:aws:iam::aws:policy/IAMReadOnlyAccess'}");
    assertThat(refusedSend(whole))
        .endsWith(" because no permissions boundary allows the sqs:sendmessage action");
  }

  @Test
  void tagsOfTheSessionAndTheRoleArePrincipalTags() {
    start(IamMode.ENFORCE);
    String role =
        role(
            "r",
            ANYONE_HERE,
            allow(
                "sqs:SendMessage",
                "*",
                ", 'Condition': {'StringEquals': {'aws:PrincipalTag/team': 'blue'}}"));

    refusedSend(assume(ROOT, role, ""));
    send(assume(ROOT, role, ", 'Tags': [{'Key': 'team', 'Value': 'blue'}]"));
    call(ROOT, "iam", "TagRole", "{'RoleName': 'r', 'Tags': [{'Key': 'team', 'Value': 'blue'}]}");
    send(assume(ROOT, role, ""));
    refusedSend(assume(ROOT, role, ", 'Tags': [{'Key': 'team', 'Value': 'red'}]"));
  }

  @Test
  void aRoleWithoutTrustIsRefusedLikeOneThatDoesNotExist() {
    start(IamMode.ENFORCE);
    CallPrincipal ann = user("ann", allow("sts:AssumeRole", "*", ""));
    String mine = role("mine", ANYONE_HERE, "");
    String other = role("other", trust("{'Service': 'lambda.amazonaws.com'}", ""), "");

    assume(ann, mine, "");
    for (String role : java.util.List.of(other, other + "-missing")) {
      assertThat(
              refusal(
                  ann, "sts", "AssumeRole", "{'RoleArn': '" + role + "', 'RoleSessionName': 'se'}"))
          .isEqualTo(
              "User: arn:aws:iam::"
                  + ACCOUNT
                  + ":user/ann is not authorized to perform: sts:AssumeRole on resource: "
                  + role);
    }
  }

  @Test
  void trustInTheAccountNeedsAPolicyOfTheCallerToo() {
    start(IamMode.ENFORCE);
    CallPrincipal ann = user("ann", "");
    String named = role("named", trust("{'AWS': 'arn:aws:iam::" + ACCOUNT + ":user/ann'}", ""), "");
    String account = role("account", ANYONE_HERE, "");

    assume(ann, named, "");
    refusal(ann, "sts", "AssumeRole", "{'RoleArn': '" + account + "', 'RoleSessionName': 'se'}");
  }

  @Test
  void anExternalIdIsWanted() {
    start(IamMode.ENFORCE);
    String role =
        role(
            "r",
            trust(
                "{'AWS': '" + ACCOUNT + "'}",
                ", 'Condition': {'StringEquals': {'sts:ExternalId': 'secret'}}"),
            "");

    assume(ROOT, role, ", 'ExternalId': 'secret'");
    refusal(
        ROOT,
        "sts",
        "AssumeRole",
        "{'RoleArn': '" + role + "', 'RoleSessionName': 'se', 'ExternalId': 'other'}");
  }

  @Test
  void aServiceNeedsTheQueuesPolicyAndItsSource() {
    start(IamMode.ENFORCE);
    String rule = "arn:aws:events:us-east-1:" + ACCOUNT + ":rule/mine";
    var policy =
        "{'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Principal': {'Service':"
            + " 'events.amazonaws.com'}, 'Action': 'sqs:SendMessage', 'Resource': '"
            + QUEUE
            + "', 'Condition': {'ArnEquals': {'aws:SourceArn': '"
            + rule
            + "'}}}]}";
    var input = Json.object().put("QueueUrl", "http://localhost/" + ACCOUNT + "/jobs");
    input.putObject("Attributes").put("Policy", json(policy));

    var events = new CallPrincipal.Service("events.amazonaws.com", rule, ACCOUNT);
    refusedSend(events);
    call(ROOT, "sqs", "SetQueueAttributes", input);
    send(events);
    refusedSend(new CallPrincipal.Service("events.amazonaws.com", rule + "2", ACCOUNT));
    refusedSend(new CallPrincipal.Service("sns.amazonaws.com", rule, ACCOUNT));
  }

  @Test
  void forwardedAccessTellsTheServiceThatForwards() {
    start(IamMode.ENFORCE);
    CallPrincipal ann =
        user(
            "ann",
            allow(
                "sqs:SendMessage",
                "*",
                ", 'Condition': {'ForAnyValue:StringEquals': {'aws:CalledVia':"
                    + " 'cloudformation.amazonaws.com'}}"));

    refusedSend(ann);
    send(new CallPrincipal.Forwarded(ann, "cloudformation.amazonaws.com"));
  }

  @Test
  void credentialsOfAUserHaveTheUsersPermissions() {
    start(IamMode.ENFORCE);
    CallPrincipal ann = user("ann", allow("sqs:SendMessage", "*", ""));
    JsonNode token = call(ann, "sts", "GetSessionToken", "{}");
    var session = new CallPrincipal.Signed(token.at("/Credentials/AccessKeyId").asText());
    refusal(ann, "sts", "GetFederationToken", "{'Name': 'guest'}");

    send(session);
    refusal(session, "sqs", "ListQueues", "{}");
    assertThat(call(session, "sts", "GetCallerIdentity", "{}").path("Arn").asText())
        .endsWith(":user/ann");
  }

  @Test
  void aFederatedUserMayDoOnlyWhatItsPolicyAllows() {
    start(IamMode.ENFORCE);
    var input = Json.object().put("Name", "guest");
    JsonNode none = call(ROOT, "sts", "GetFederationToken", input.deepCopy());
    JsonNode some =
        call(
            ROOT,
            "sts",
            "GetFederationToken",
            input.put("Policy", json(allow("sqs:SendMessage", "*", ""))));

    refusedSend(new CallPrincipal.Signed(none.at("/Credentials/AccessKeyId").asText()));
    send(new CallPrincipal.Signed(some.at("/Credentials/AccessKeyId").asText()));
  }

  @Test
  void aSessionOfARoleThatIsGoneMayDoNothing() {
    start(IamMode.ENFORCE);
    CallPrincipal session = assume(ROOT, role("r", ANYONE_HERE, allow("sqs:*", "*", "")), "");
    call(ROOT, "iam", "DeleteRolePolicy", "{'RoleName': 'r', 'PolicyName': 'own'}");
    call(ROOT, "iam", "DeleteRole", "{'RoleName': 'r'}");

    refusedSend(session);
  }

  @Test
  void strictKeysLeaveNothingToAKeyThatNobodyIssued() {
    start(new IamSettings(IamMode.ENFORCE, false));

    send(ROOT);
    refusedSend(new CallPrincipal.Signed("AKIAUNKNOWN"));
    refusedSend(CallPrincipal.ANONYMOUS);
  }

  @Test
  void nothingIsRefusedWhereNothingIsEnforced() {
    start(IamMode.OFF);
    send(user("ann", ""));
    send(CallPrincipal.ANONYMOUS);
    assertThat(whole.simulator.journal().select(e -> e.event().type().startsWith("iam.")))
        .isEmpty();
  }

  @Test
  void eachDecisionIsInTheJournalWithItsReason() {
    start(IamMode.ENFORCE);
    CallPrincipal ann = user("ann", statement("Deny", "sqs:SendMessage", "*", ""));
    assertThat(refusedSend(ann)).endsWith(" with an explicit deny in an identity-based policy");

    var entries =
        whole.simulator.journal().select(e -> e.event().details().containsValue("explicitDeny"));
    assertThat(entries).hasSize(1);
    assertThat(entries.get(0).event().type()).isEqualTo("iam.PermissionDecided");
    assertThat(entries.get(0).event().details())
        .containsEntry("principal", "arn:aws:iam::" + ACCOUNT + ":user/ann")
        .containsEntry("action", "sqs:SendMessage")
        .containsEntry("resource", QUEUE);
    assertThat(entries.get(0).event().details().get("reason")).contains("ann/own").contains("It");
  }

  @Test
  void aRolesConditionsOfTrustCountForServices() {
    start(IamMode.ENFORCE);
    String machine = "arn:aws:states:us-east-1:" + ACCOUNT + ":stateMachine:m";
    String role =
        role(
            "r",
            trust(
                "{'Service': 'states.amazonaws.com'}",
                ", 'Condition': {'ArnLike': {'aws:SourceArn': '" + machine + "'}}"),
            "");
    RolePermissions roles = whole.simulator.contracts().get(RolePermissions.class);

    assertThat(roles.trusts(role, "states.amazonaws.com", machine, ACCOUNT)).isTrue();
    assertThat(roles.trusts(role, "states.amazonaws.com", machine + "2", ACCOUNT)).isFalse();
    assertThat(roles.trusts(role, "lambda.amazonaws.com", machine, ACCOUNT)).isFalse();
    assertThat(roles.trusts(role + "2", "states.amazonaws.com", machine, ACCOUNT)).isFalse();
  }
}
