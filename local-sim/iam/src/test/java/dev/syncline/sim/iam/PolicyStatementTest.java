// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Actions, resources and policy variables of statements. */
class PolicyStatementTest {
  private static boolean allows(String element, String value, String action, String resource) {
    String other = element.endsWith("Action") ? "'Resource':'*'" : "'Action':'*'";
    return Asked.by(Asked.USER)
        .of(action, resource)
        .identity("{'Effect':'Allow','%s':['%s'],%s}".formatted(element, value, other))
        .decision()
        .allowed();
  }

  @ParameterizedTest
  @CsvSource({
    "Action, sqs:SendMessage, sqs:SendMessage, true",
    "Action, SQS:sendmessage, sqs:SendMessage, true",
    "Action, sqs:Send*, sqs:SendMessage, true",
    "Action, sqs:Send???????, sqs:SendMessage, true",
    "Action, sqs:Send?, sqs:SendMessage, false",
    "Action, *, sqs:SendMessage, true",
    "Action, *:*, sqs:SendMessage, true",
    "Action, s*:SendMessage, sqs:SendMessage, true",
    "Action, sqs:ReceiveMessage, sqs:SendMessage, false",
    "NotAction, sqs:ReceiveMessage, sqs:SendMessage, true",
    "NotAction, sqs:*, sqs:SendMessage, false"
  })
  void matchesActions(String element, String pattern, String action, boolean allowed) {
    assertThat(allows(element, pattern, action, "arn:aws:sqs:eu-west-1:111122223333:queue"))
        .isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "Resource, *, arn:aws:s3:::bucket/key, true",
    "Resource, arn:aws:s3:::bucket/folder/*/object, arn:aws:s3:::bucket/folder/a:b/object, true",
    "Resource, arn:aws:s3:::bucket/folder/*/object, arn:aws:s3:::bucket/folder/a/b/object, true",
    "Resource, arn:aws:s3:::bucket/folder/*/object, arn:aws:s3:::bucket/folder/a/object/child,"
        + " false",
    "Resource, arn:aws:s3:::bucket*, arn:aws:s3:::bucket-2/key, true",
    "Resource, arn:aws:s3:::Bucket/key, arn:aws:s3:::bucket/key, false",
    "Resource, arn:aws:*, arn:aws:s3:::bucket/key, true",
    "Resource, arn:aws:s3:::bucket/k?y, arn:aws:s3:::bucket/key, true",
    "Resource, arn:aws:s3:::bucket/*, arn:aws:s3:::bucket, false",
    "NotResource, arn:aws:s3:::bucket/key, arn:aws:s3:::bucket/other, true",
    "NotResource, arn:aws:s3:::bucket/*, arn:aws:s3:::bucket/other, false"
  })
  void matchesResources(String element, String pattern, String resource, boolean allowed) {
    assertThat(allows(element, pattern, "s3:GetObject", resource)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "sqs:ListQueues, true",
    "s3:ListAllMyBuckets, true",
    "states:SendTaskSuccess, true",
    "cognito-idp:ListUserPools, true",
    "sqs:SendMessage, false"
  })
  void anActionWithoutResourceLevelMatchesOnlyTheStar(String action, boolean without) {
    String arn = "arn:aws:sqs:eu-west-1:111122223333:queue";

    assertThat(allows("Resource", "*", action, arn)).isTrue();
    assertThat(allows("Resource", arn, action, arn)).isEqualTo(!without);
    assertThat(allows("NotResource", arn, action, arn)).isEqualTo(without);
    assertThat(allows("Resource", "*", action, "*")).isTrue();
    assertThat(allows("Resource", arn, action, "*")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "${aws:username}, ann, true",
    "${AWS:UserName}, ann, true",
    "${aws:username}, bob, false",
    "${aws:PrincipalTag/team}, blue, false",
    "'${aws:PrincipalTag/team, ''blue''}', blue, true",
    "'${aws:username, ''bob''}', bob, false",
    "${*}, *, true",
    "${*}, x, false",
    "${?}, ?, true",
    "${$}{x}, ${x}, true",
    "home-${aws:username}-*, home-ann-1/2, true",
    "home-${aws:username, home-ann, false"
  })
  void resourcesContainVariables(String pattern, String key, boolean allowed) {
    assertThat(
            Asked.by(Asked.USER)
                .of("s3:GetObject", "arn:aws:s3:::bucket/" + key)
                .with("aws:username", "ann")
                .identity(
                    "{'Effect':'Allow','Action':'*','Resource':'arn:aws:s3:::bucket/%s'}"
                        .formatted(pattern.replace("'", "\\u0027")))
                .decision()
                .allowed())
        .isEqualTo(allowed);
  }

  @Test
  void aStarInAVariableIsNoWildcard() {
    Asked asked =
        Asked.by(Asked.USER)
            .with("aws:PrincipalTag/home", "*")
            .identity(
                "{'Effect':'Allow','Action':'*',"
                    + "'Resource':'arn:aws:s3:::bucket/${aws:PrincipalTag/home}'}");

    assertThat(asked.of("s3:GetObject", "arn:aws:s3:::bucket/key").decision().allowed()).isFalse();
    assertThat(asked.of("s3:GetObject", "arn:aws:s3:::bucket/*").decision().allowed()).isTrue();
  }

  @Test
  void anUnresolvedVariableMatchesNothing() {
    String statement =
        "{'Effect':'Allow','Action':'*','Resource':'*',"
            + "'Condition':{'%s':{'test:key':'${aws:username}'}}}";
    Asked asked = Asked.by(Asked.SESSION).with("test:key", "x");

    assertThat(asked.identity(statement.formatted("StringEquals")).decision().allowed()).isFalse();
    assertThat(asked.identity(statement.formatted("StringLike")).decision().allowed()).isFalse();
    assertThat(asked.identity(statement.formatted("StringNotEquals")).decision().allowed())
        .isTrue();
  }

  @Test
  void conditionsContainVariables() {
    Asked asked = Asked.by(Asked.USER).with("aws:username", "ann").with("aws:userid", "AIDAANN");

    for (String[] row :
        new String[][] {
          {"StringEquals", "s3:prefix", "home/${aws:username}", "home/ann"},
          {"StringLike", "s3:prefix", "home/${aws:username}/*", "home/ann/x"},
          {"ArnLike", "aws:SourceArn", "arn:aws:sns:*:1:${aws:username}", "arn:aws:sns:e:1:ann"},
          {"ForAllValues:StringEquals", "dynamodb:LeadingKeys", "${aws:userid}", "AIDAANN"}
        }) {
      String statement =
          "{'Effect':'Allow','Action':'*','Resource':'*','Condition':{'%s':{'%s':'%s'}}}"
              .formatted(row[0], row[1], row[2]);
      assertThat(asked.with(row[1], row[3]).identity(statement).decision().allowed()).isTrue();
      assertThat(asked.with(row[1], row[3] + "x").identity(statement).decision().allowed())
          .isEqualTo(row[0].equals("StringLike"));
    }
  }

  @Test
  void theOldVersionHasNoVariables() {
    Policy old =
        Policy.parse(
            "old",
            Asked.document(
                "2008-10-17",
                "{'Effect':'Allow','Action':'*','Resource':'arn:aws:s3:::b/${aws:username}'}"));
    PolicySources sources =
        new PolicySources(
            java.util.List.of(old),
            java.util.Optional.empty(),
            java.util.Optional.empty(),
            java.util.Optional.empty(),
            false);

    for (String key : new String[] {"ann", "${aws:username}"}) {
      AccessQuery query =
          new AccessQuery(
              Asked.USER,
              "s3:GetObject",
              "arn:aws:s3:::b/" + key,
              Asked.ACCOUNT,
              java.util.Map.of("aws:username", java.util.List.of("ann")));
      assertThat(PolicyEngine.decide(query, sources).allowed()).isEqualTo(key.startsWith("$"));
    }
  }
}
