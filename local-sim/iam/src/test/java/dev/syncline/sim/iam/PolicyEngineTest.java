// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

import static dev.syncline.sim.iam.Asked.OTHER_ACCOUNT;
import static dev.syncline.sim.iam.Asked.SESSION;
import static dev.syncline.sim.iam.Asked.USER;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * The order of evaluation. Sources: AWS's documentation of it, and measurements on SQS and Lambda.
 */
class PolicyEngineTest {
  private static final String ALLOW = "{'Effect':'Allow','Action':'s3:*','Resource':'*'}";
  private static final String DENY = "{'Effect':'Deny','Action':'s3:Get*','Resource':'*'}";
  private static final String OTHER = "{'Effect':'Allow','Action':'sqs:*','Resource':'*'}";
  private static final String NO_IDENTITY =
      "because no identity-based policy allows the s3:GetObject action";
  private static final String NO_RESOURCE =
      "because no resource-based policy allows the s3:GetObject action";
  private static final String NO_BOUNDARY =
      "because no permissions boundary allows the s3:GetObject action";
  private static final String NO_SESSION =
      "because no session policy allows the s3:GetObject action";
  private static final String USER_ARN = "{'AWS':'arn:aws:iam::111122223333:user/team/ann'}";
  private static final String ROLE_ARN = "{'AWS':'arn:aws:iam::111122223333:role/apps/worker'}";
  private static final String SESSION_ARN =
      "{'AWS':'arn:aws:sts::111122223333:assumed-role/worker/job-1'}";
  private static final String ROOT_ARN = "{'AWS':'arn:aws:iam::111122223333:root'}";

  private static String grant(String principal) {
    return "{'Effect':'Allow','Principal':" + principal + ",'Action':'s3:*','Resource':'*'}";
  }

  private static String refusal(String principal) {
    return "{'Effect':'Deny','Principal':" + principal + ",'Action':'s3:*','Resource':'*'}";
  }

  @Test
  void anIdentityPolicyAllows() {
    assertThat(Asked.by(USER).identity(OTHER, ALLOW).outcome()).isEqualTo("allowed");
    assertThat(Asked.by(SESSION).identity(ALLOW).outcome()).isEqualTo("allowed");
  }

  @Test
  void withoutAnAllowTheIdentityPolicyIsMissing() {
    assertThat(Asked.by(USER).outcome()).isEqualTo(NO_IDENTITY);
    assertThat(Asked.by(USER).identity(OTHER).outcome()).isEqualTo(NO_IDENTITY);
    assertThat(Asked.by(USER).resourcePolicy(grant(ROLE_ARN)).outcome()).isEqualTo(NO_IDENTITY);
  }

  @Test
  void aDenyOfAnyPolicyDecides() {
    Asked allowed = Asked.by(SESSION).identity(ALLOW).boundary(ALLOW).session(ALLOW);

    assertThat(allowed.outcome()).isEqualTo("allowed");
    assertThat(allowed.identity(ALLOW, DENY).outcome())
        .isEqualTo("with an explicit deny in an identity-based policy");
    assertThat(allowed.boundary(ALLOW + "," + DENY).outcome())
        .isEqualTo("with an explicit deny in a permissions boundary");
    assertThat(allowed.session(ALLOW + "," + DENY).outcome())
        .isEqualTo("with an explicit deny in a session policy");
    assertThat(allowed.resourcePolicy(refusal("'*'")).outcome())
        .isEqualTo("with an explicit deny in a resource-based policy");
  }

  @Test
  void aDenyDecidesAgainstADirectGrant() {
    assertThat(Asked.by(USER).identity(DENY).resourcePolicy(grant(USER_ARN)).outcome())
        .isEqualTo("with an explicit deny in an identity-based policy");
    assertThat(Asked.by(SESSION).boundary(DENY).resourcePolicy(grant(SESSION_ARN)).outcome())
        .isEqualTo("with an explicit deny in a permissions boundary");
  }

  @Test
  void aResourcePolicyThatNamesTheSessionOrTheUserAllowsAlone() {
    assertThat(Asked.by(USER).boundary(OTHER).resourcePolicy(grant(USER_ARN)).outcome())
        .isEqualTo("allowed");
    assertThat(
            Asked.by(SESSION)
                .boundary(OTHER)
                .session(OTHER)
                .resourcePolicy(grant(SESSION_ARN))
                .outcome())
        .isEqualTo("allowed");
  }

  @Test
  void aGrantToTheRoleIsLimitedByBoundaryAndSession() {
    Asked granted = Asked.by(SESSION).resourcePolicy(grant(ROLE_ARN));

    assertThat(granted.outcome()).isEqualTo("allowed");
    assertThat(granted.boundary(OTHER).outcome()).isEqualTo(NO_BOUNDARY);
    assertThat(granted.session(OTHER).outcome()).isEqualTo(NO_SESSION);
  }

  @Test
  void aGrantToTheAccountOnlyDelegates() {
    for (String account : new String[] {ROOT_ARN, "{'AWS':'111122223333'}"}) {
      Asked granted = Asked.by(SESSION).resourcePolicy(grant(account));
      assertThat(granted.outcome()).isEqualTo(NO_IDENTITY);
      assertThat(granted.identity(ALLOW).outcome()).isEqualTo("allowed");
    }
  }

  @Test
  void boundaryAndSessionLimitAnIdentityPolicy() {
    Asked allowed = Asked.by(SESSION).identity(ALLOW);

    assertThat(allowed.boundary(OTHER).outcome()).isEqualTo(NO_BOUNDARY);
    assertThat(allowed.session(OTHER).outcome()).isEqualTo(NO_SESSION);
    assertThat(allowed.boundary(OTHER).session(OTHER).outcome()).isEqualTo(NO_BOUNDARY);
    assertThat(Asked.by(SESSION).boundary(ALLOW).session(ALLOW).outcome()).isEqualTo(NO_IDENTITY);
  }

  @Test
  void whenIdentityAndBoundaryAreSilentTheIdentityPolicyIsMissing() {
    assertThat(Asked.by(USER).boundary(OTHER).outcome()).isEqualTo(NO_IDENTITY);
  }

  @Test
  void acrossAccountsBothSidesMustAllow() {
    Asked foreign = Asked.by(SESSION).ownedBy(OTHER_ACCOUNT);

    assertThat(foreign.outcome()).isEqualTo(NO_IDENTITY);
    assertThat(foreign.identity(ALLOW).outcome()).isEqualTo(NO_RESOURCE);
    assertThat(foreign.resourcePolicy(grant(SESSION_ARN)).outcome()).isEqualTo(NO_IDENTITY);
    for (String principal : new String[] {SESSION_ARN, ROLE_ARN, ROOT_ARN, "'*'"}) {
      assertThat(foreign.identity(ALLOW).resourcePolicy(grant(principal)).outcome())
          .isEqualTo("allowed");
    }
    assertThat(foreign.identity(ALLOW).boundary(OTHER).resourcePolicy(grant(SESSION_ARN)).outcome())
        .isEqualTo(NO_BOUNDARY);
  }

  @Test
  void aTrustPolicyMustMentionTheCallerOrItsAccount() {
    String trusted = "{'Effect':'Allow','Principal':%s,'Action':'sts:AssumeRole'}";
    String may = "{'Effect':'Allow','Action':'sts:AssumeRole','Resource':'*'}";
    Asked asked = Asked.by(USER).of("sts:AssumeRole", "arn:aws:iam::111122223333:role/apps/worker");

    assertThat(asked.identity(may).trust(trusted.formatted(USER_ARN)).outcome())
        .isEqualTo("allowed");
    assertThat(asked.trust(trusted.formatted(USER_ARN)).outcome()).isEqualTo("allowed");
    assertThat(asked.identity(may).trust(trusted.formatted(ROOT_ARN)).outcome())
        .isEqualTo("allowed");
    assertThat(asked.trust(trusted.formatted(ROOT_ARN)).decision().allowed()).isFalse();
    assertThat(asked.identity(may).trust(trusted.formatted(ROLE_ARN)).outcome())
        .isEqualTo("because no resource-based policy allows the sts:AssumeRole action");
  }

  @Test
  void theRootUserIsRefusedOnlyByAResourcePolicy() {
    Asked root = Asked.by(new IamPrincipal.Root(Asked.ACCOUNT));

    assertThat(root.outcome()).isEqualTo("allowed");
    assertThat(root.identity(DENY).outcome()).isEqualTo("allowed");
    assertThat(root.resourcePolicy(refusal("'*'")).outcome())
        .isEqualTo("with an explicit deny in a resource-based policy");
    assertThat(root.ownedBy(OTHER_ACCOUNT).outcome()).isEqualTo(NO_RESOURCE);
    assertThat(root.ownedBy(OTHER_ACCOUNT).resourcePolicy(grant(ROOT_ARN)).outcome())
        .isEqualTo("allowed");
  }

  @Test
  void anAnonymousCallerNeedsEveryoneInTheResourcePolicy() {
    Asked anonymous = Asked.by(IamPrincipal.ANONYMOUS);

    assertThat(anonymous.outcome()).isEqualTo(NO_RESOURCE);
    assertThat(anonymous.resourcePolicy(grant(ROOT_ARN)).outcome()).isEqualTo(NO_RESOURCE);
    assertThat(anonymous.resourcePolicy(grant("'*'")).outcome()).isEqualTo("allowed");
    assertThat(anonymous.resourcePolicy(grant("{'AWS':'*'}")).outcome()).isEqualTo("allowed");
  }

  @Test
  void aServiceNeedsAGrantToItsPrincipal() {
    Asked service = Asked.by(new IamPrincipal.Service("events.amazonaws.com"));

    assertThat(service.outcome()).isEqualTo(NO_RESOURCE);
    assertThat(service.resourcePolicy(grant("{'Service':'s3.amazonaws.com'}")).outcome())
        .isEqualTo(NO_RESOURCE);
    assertThat(
            service
                .resourcePolicy(grant("{'Service':['s3.amazonaws.com','events.amazonaws.com']}"))
                .outcome())
        .isEqualTo("allowed");
    assertThat(
            service.resourcePolicy(grant("{'Service':'events.eu-west-1.amazonaws.com'}")).outcome())
        .isEqualTo("allowed");
    assertThat(Asked.by(USER).resourcePolicy(grant("{'Service':'events.amazonaws.com'}")).outcome())
        .isEqualTo(NO_IDENTITY);
  }

  @Test
  void aWebIdentityNeedsAGrantToItsProvider() {
    Asked identity = Asked.by(new IamPrincipal.WebIdentity("cognito-identity.amazonaws.com"));

    assertThat(identity.trust(grant("{'Federated':'cognito-identity.amazonaws.com'}")).outcome())
        .isEqualTo("allowed");
    assertThat(identity.trust(grant("{'Federated':'accounts.google.com'}")).outcome())
        .isEqualTo(NO_RESOURCE);
  }

  @Test
  void everyoneWithAConditionLetsASessionIn() {
    String tagged =
        "{'Effect':'Allow','Principal':'*','Action':'s3:*','Resource':'*',"
            + "'Condition':{'StringEquals':{'aws:PrincipalTag/team':'blue'}}}";
    Asked session = Asked.by(SESSION).resourcePolicy(tagged);

    assertThat(session.outcome()).isEqualTo(NO_IDENTITY);
    assertThat(session.with("aws:PrincipalTag/team", "blue").outcome()).isEqualTo("allowed");
  }

  @Test
  void aRecreatedPrincipalIsNotItsPredecessor() {
    assertThat(Asked.by(SESSION).resourcePolicy(grant("{'AWS':'AROAWORKER'}")).outcome())
        .isEqualTo("allowed");
    assertThat(Asked.by(SESSION).resourcePolicy(grant("{'AWS':'AROAOLDWORKER'}")).outcome())
        .isEqualTo(NO_IDENTITY);
    assertThat(Asked.by(USER).resourcePolicy(grant("{'AWS':'AIDAANN'}")).outcome())
        .isEqualTo("allowed");
  }

  @Test
  void namingTheCallerIsAlwaysAllowed() {
    String deny = "{'Effect':'Deny','Action':'*','Resource':'*'}";

    assertThat(Asked.by(USER).of("sts:GetCallerIdentity", "*").identity(deny).outcome())
        .isEqualTo("allowed");
  }

  @Test
  void notPrincipalSparesOnlyAWhollyListedPrincipal() {
    String deny = "{'Effect':'Deny','NotPrincipal':{'AWS':[%s]},'Action':'s3:*','Resource':'*'}";
    String root = "'arn:aws:iam::111122223333:root'";
    String user = "'arn:aws:iam::111122223333:user/team/ann'";
    String role = "'arn:aws:iam::111122223333:role/apps/worker'";
    String session = "'arn:aws:sts::111122223333:assumed-role/worker/job-1'";
    Asked ann = Asked.by(USER).identity(ALLOW);
    Asked job = Asked.by(SESSION).identity(ALLOW);
    String denied = "with an explicit deny in a resource-based policy";

    assertThat(ann.resourcePolicy(deny.formatted(user)).outcome()).isEqualTo(denied);
    assertThat(ann.resourcePolicy(deny.formatted(root)).outcome()).isEqualTo(denied);
    assertThat(ann.resourcePolicy(deny.formatted(root + "," + user)).outcome())
        .isEqualTo("allowed");
    assertThat(job.resourcePolicy(deny.formatted(root + "," + role)).outcome()).isEqualTo(denied);
    assertThat(job.resourcePolicy(deny.formatted(root + "," + role + "," + session)).outcome())
        .isEqualTo("allowed");
  }

  @Test
  void notPrincipalDeniesEveryPrincipalWithABoundary() {
    String deny =
        "{'Effect':'Deny','NotPrincipal':{'AWS':['arn:aws:iam::111122223333:root',"
            + "'arn:aws:iam::111122223333:user/team/ann']},'Action':'s3:*','Resource':'*'}";

    assertThat(Asked.by(USER).identity(ALLOW).resourcePolicy(deny).outcome()).isEqualTo("allowed");
    assertThat(Asked.by(USER).identity(ALLOW).boundary(ALLOW).resourcePolicy(deny).outcome())
        .isEqualTo("with an explicit deny in a resource-based policy");
  }

  @Test
  void notPrincipalOfAPermissionExceptsWhoIsNamed() {
    String allow = "{'Effect':'Allow','NotPrincipal':%s,'Action':'s3:*','Resource':'*'}";

    assertThat(Asked.by(USER).resourcePolicy(allow.formatted(USER_ARN)).outcome())
        .isEqualTo(NO_IDENTITY);
    assertThat(Asked.by(SESSION).resourcePolicy(allow.formatted(ROOT_ARN)).outcome())
        .isEqualTo(NO_IDENTITY);
    assertThat(Asked.by(SESSION).resourcePolicy(allow.formatted(USER_ARN)).outcome())
        .isEqualTo("allowed");
  }

  @Test
  void aDenyForTheAccountOrTheRoleReachesItsSessions() {
    Asked job = Asked.by(SESSION).identity(ALLOW);

    assertThat(job.resourcePolicy(refusal(ROLE_ARN)).decision().allowed()).isFalse();
    assertThat(job.resourcePolicy(refusal(ROOT_ARN)).decision().allowed()).isFalse();
    assertThat(job.resourcePolicy(refusal(USER_ARN)).outcome()).isEqualTo("allowed");
  }

  @Test
  void theDecisionNamesTheStatement() {
    Decision decision =
        Asked.by(USER)
            .identity(OTHER + ",{'Sid':'Reads','Effect':'Allow','Action':'s3:*','Resource':'*'}")
            .decision();

    assertThat(decision)
        .isEqualTo(
            new Decision.Allowed(
                java.util.Optional.of(
                    new Decision.Matched(PolicyKind.IDENTITY, "identity", 1, "Reads"))));
  }
}
