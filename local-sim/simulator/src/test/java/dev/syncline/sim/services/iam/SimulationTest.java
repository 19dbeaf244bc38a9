// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import static dev.syncline.sim.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.testing.CoreServices;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * The simulator of policies. The forms of answers are those of AWS's published examples and of
 * recorded answers; the missing keys are those of reports on AWS's behaviour.
 */
class SimulationTest {
  private static final String USER = "arn:aws:iam::111122223333:user/team/ann";
  private static final String GET = statement("Allow", "s3:GetObject", "arn:aws:s3:::b/*");
  private static final String DENY = statement("Deny", "s3:*", "arn:aws:s3:::b/secret");

  @AutoClose private final CoreServices core = new CoreServices(new ClockMode.Skipping());

  private static String statement(String effect, String action, String resource) {
    return "{'Effect':'%s','Action':'%s','Resource':'%s'}".formatted(effect, action, resource);
  }

  private static String policy(String... statements) {
    return ("{'Version':'2012-10-17','Statement':[" + String.join(",", statements) + "]}")
        .replace('\'', '"');
  }

  /** A call with lists of texts; {@code MEMBER=value} pairs may repeat. */
  private static ObjectNode input(String... members) {
    ObjectNode input = Json.object();
    for (String member : members) {
      String name = member.substring(0, member.indexOf('='));
      String value = member.substring(name.length() + 1);
      boolean single =
          name.endsWith("Arn") || (name.startsWith("Resource") && !name.endsWith("Arns"));
      if (single) {
        input.put(name, value);
      } else {
        input.withArray("/" + name).add(value);
      }
    }
    return input;
  }

  private static ObjectNode context(ObjectNode input, String key, String... values) {
    ObjectNode entry = input.withArray("/ContextEntries").addObject().put("ContextKeyName", key);
    for (String value : values) {
      entry.withArray("/ContextKeyValues").add(value);
    }
    return input;
  }

  private JsonNode custom(ObjectNode input) {
    return core.call("iam", "SimulateCustomPolicy", input.toString()).path("EvaluationResults");
  }

  private JsonNode principal(ObjectNode input) {
    return core.call("iam", "SimulatePrincipalPolicy", input.toString()).path("EvaluationResults");
  }

  private static String json(JsonNode node) {
    return node.toString().replace('"', '\'');
  }

  @Test
  void theAnswerForEveryResourceIsAsPublished() {
    String published =
        "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"dynamodb:*\","
            + "\"Resource\":\"*\",\"Condition\":{\"DateGreaterThan\":"
            + "{\"aws:CurrentTime\":\"2018-08-16T12:00:00Z\"}}}}";
    ObjectNode input = input("PolicyInputList=" + published, "ActionNames=dynamodb:CreateBackup");

    assertThat(json(custom(context(input.deepCopy(), "aws:CurrentTime", "2019-04-25T11:00:00Z"))))
        .isEqualTo(
            "[{'EvalActionName':'dynamodb:CreateBackup','EvalResourceName':'*',"
                + "'EvalDecision':'allowed','MatchedStatements':[{"
                + "'SourcePolicyId':'PolicyInputList.1','SourcePolicyType':'IAM Policy',"
                + "'StartPosition':{'Line':1,'Column':38},'EndPosition':{'Line':1,'Column':167}}],"
                + "'MissingContextValues':[]}]");
    assertThat(json(custom(context(input.deepCopy(), "aws:CurrentTime", "2014-04-25T11:00:00Z"))))
        .isEqualTo(
            "[{'EvalActionName':'dynamodb:CreateBackup','EvalResourceName':'*',"
                + "'EvalDecision':'implicitDeny','MatchedStatements':[],"
                + "'MissingContextValues':[]}]");
  }

  @Test
  void theAnswerForOneResourceIsAsRecorded() {
    String matched =
        "[{'SourcePolicyId':'PolicyInputList.1','SourcePolicyType':'IAM Policy',"
            + "'StartPosition':{'Line':1,'Column':38},'EndPosition':{'Line':1,'Column':%d}}]"
                .formatted(38 + GET.length());

    assertThat(
            json(
                custom(
                    input(
                        "PolicyInputList=" + policy(GET),
                        "ActionNames=s3:GetObject",
                        "ResourceArns=arn:aws:s3:::b/k"))))
        .isEqualTo(
            "[{'EvalActionName':'s3:GetObject','EvalResourceName':'arn:aws:s3:::b/k',"
                + "'EvalDecision':'allowed','MatchedStatements':"
                + matched
                + ",'MissingContextValues':[],'EvalDecisionDetails':{},"
                + "'ResourceSpecificResults':[{'EvalResourceName':'arn:aws:s3:::b/k',"
                + "'EvalResourceDecision':'allowed','MatchedStatements':"
                + matched
                + "}]}]");
  }

  @Test
  void aDenialHidesThePermissionsOfItsSide() {
    JsonNode results =
        custom(
            input(
                "PolicyInputList=" + policy(GET),
                "PolicyInputList=" + policy(GET, DENY),
                "ActionNames=s3:GetObject",
                "ResourceArns=arn:aws:s3:::b/k",
                "ResourceArns=arn:aws:s3:::b/secret"));
    JsonNode open = results.path(0).path("ResourceSpecificResults").path(0);
    JsonNode secret = results.path(0).path("ResourceSpecificResults").path(1);

    assertThat(results.path(0).path("EvalDecision").asText()).isEqualTo("explicitDeny");
    assertThat(results.path(0).path("EvalResourceName").asText())
        .isEqualTo("arn:aws:s3:::${BucketName}/${KeyName}");
    assertThat(open.path("EvalResourceDecision").asText()).isEqualTo("allowed");
    assertThat(open.findValuesAsText("SourcePolicyId"))
        .containsExactly("PolicyInputList.1", "PolicyInputList.2");
    assertThat(secret.path("EvalResourceDecision").asText()).isEqualTo("explicitDeny");
    assertThat(secret.findValuesAsText("SourcePolicyId")).containsExactly("PolicyInputList.2");
    assertThat(secret.findValues("StartPosition").getFirst().path("Column").asInt())
        .isEqualTo(open.findValues("EndPosition").getFirst().path("Column").asInt());
  }

  @Test
  void missingKeysAreThoseOfEveryStatement() {
    String reported =
        policy(
            "{'Effect':'Allow','Action':'s3:ListBucket','Resource':'arn:aws:s3:::b','Condition':"
                + "{'StringLike':{'aws:PrincipalTag/allowed_service':'s3'}}}",
            statement("Allow", "s3:GetObject", "arn:aws:s3:::b/${aws:username}"));
    ObjectNode input = input("PolicyInputList=" + reported, "ActionNames=s3:ListBucket");

    assertThat(json(custom(input.deepCopy()).path(0).path("MissingContextValues")))
        .isEqualTo("['aws:PrincipalTag/allowed_service','aws:username']");
    input.withArray("/ResourceArns").add("arn:aws:s3:::b");
    JsonNode result = custom(context(input, "AWS:UserName", "ann")).path(0);
    assertThat(result.path("MissingContextValues")).isEmpty();
    assertThat(json(result.path("ResourceSpecificResults").path(0).path("MissingContextValues")))
        .isEqualTo("['aws:PrincipalTag/allowed_service']");
  }

  @Test
  void aListOfOneValueIsASet() {
    String read =
        policy(
            "{'Effect':'Allow','Action':'*','Resource':'*','Condition':"
                + "{'%s':{'test:list':'a'}}}");
    for (String operator : new String[] {"StringEquals", "ForAnyValue:StringEquals"}) {
      ObjectNode input =
          input("PolicyInputList=" + read.formatted(operator), "ActionNames=s3:GetObject");
      context(input, "test:list", "a");
      assertThat(custom(input).path(0).path("EvalDecision").asText()).isEqualTo("allowed");
      ((ObjectNode) input.path("ContextEntries").path(0)).put("ContextKeyType", "stringList");
      assertThat(custom(input).path(0).path("EvalDecision").asText())
          .isEqualTo(operator.startsWith("For") ? "allowed" : "implicitDeny");
    }
  }

  @Test
  void aResourcePolicyIsEvaluatedForAUser() {
    String grant =
        policy(
            "{'Effect':'Allow','Principal':{'AWS':'%s'},'Action':'s3:*','Resource':'*'}"
                .formatted(USER),
            "{'Effect':'Deny','Principal':'*','Action':'s3:Delete*','Resource':'*'}");
    ObjectNode input =
        input(
            "PolicyInputList=" + policy(statement("Allow", "s3:DeleteObject", "*")),
            "ActionNames=s3:PutObject",
            "ActionNames=s3:DeleteObject",
            "ResourceArns=arn:aws:s3:::b/k",
            "ResourcePolicy=" + grant);
    assertRefused(
        () -> custom(input),
        "InvalidInput",
        "Invalid caller - Caller must be an IAM user in this context.");

    JsonNode results = custom(input.put("CallerArn", USER));
    assertThat(results.findValuesAsText("EvalDecision")).containsExactly("allowed", "explicitDeny");
    assertThat(results.path(0).path("MatchedStatements").findValuesAsText("SourcePolicyId"))
        .containsExactly("ResourcePolicy");
    assertThat(results.path(1).path("MatchedStatements").findValuesAsText("SourcePolicyType"))
        .containsExactly("Resource Policy", "IAM Policy");

    JsonNode foreign = custom(input.put("ResourceOwner", "arn:aws:iam::444455556666:root"));
    assertThat(json(foreign.path(0).path("EvalDecisionDetails")))
        .isEqualTo("{'IAM Policy':'implicitDeny','Resource Policy':'allowed'}");
    assertThat(foreign.path(0).path("EvalDecision").asText()).isEqualTo("implicitDeny");
  }

  @Test
  void theSimulatorOfAwsIgnoresTrustPolicies() {
    ObjectNode input =
        input(
            "PolicyInputList=" + policy(statement("Allow", "sts:*", "*")),
            "ActionNames=sts:AssumeRole",
            "CallerArn=" + USER,
            "ResourcePolicy="
                + policy("{'Effect':'Deny','Principal':'*','Action':'*','Resource':'*'}"));

    assertThat(custom(input).findValuesAsText("EvalDecision")).containsExactly("allowed");
  }

  @Test
  void aBoundaryIsReported() {
    ObjectNode input =
        input(
            "PolicyInputList=" + policy(statement("Allow", "*", "*")),
            "PermissionsBoundaryPolicyInputList=" + policy(statement("Allow", "sqs:*", "*"), DENY),
            "ActionNames=sqs:SendMessage",
            "ActionNames=s3:GetObject");
    JsonNode results = custom(input);

    assertThat(results.findValuesAsText("EvalDecision")).containsExactly("allowed", "implicitDeny");
    assertThat(results.findValuesAsText("AllowedByPermissionsBoundary"))
        .containsExactly("true", "false");
    input.withArray("/ResourceArns").add("arn:aws:s3:::b/secret");
    assertThat(custom(input).path(1).path("MatchedStatements").findValuesAsText("SourcePolicyType"))
        .containsExactly("IAM Policy", "Permissions Boundary Policy");
  }

  @Test
  void thePoliciesOfARoleAreNamedAsAwsNamesThem() {
    ObjectNode role =
        Json.object()
            .put("RoleName", "r")
            .put(
                "AssumeRolePolicyDocument",
                policy(
                    "{'Effect':'Allow','Principal':{'Service':'lambda.amazonaws.com'},"
                        + "'Action':'sts:AssumeRole'}"));
    String arn = core.call("iam", "CreateRole", role.toString()).path("Role").path("Arn").asText();
    ObjectNode inline =
        Json.object()
            .put("RoleName", "r")
            .put("PolicyName", "own")
            .put("PolicyDocument", policy(GET));
    core.call("iam", "PutRolePolicy", inline.toString());
    core.call(
        "iam",
        "AttachRolePolicy",
        "{'RoleName':'r','PolicyArn':'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'}");

    assertThat(
            principal(
                    input(
                        "PolicySourceArn=" + arn,
                        "ActionNames=s3:GetObject",
                        "ResourceArns=arn:aws:s3:::b/k"))
                .path(0)
                .path("MatchedStatements")
                .findValuesAsText("SourcePolicyId"))
        .containsExactly("role_r_own", "AmazonS3ReadOnlyAccess");
    assertRefused(
        () ->
            principal(
                input("PolicySourceArn=" + arn.replace("/r", "/x"), "ActionNames=s3:GetObject")),
        "NoSuchEntity",
        "The role with name x cannot be found.");
    assertRefused(
        () -> principal(input("PolicySourceArn=arn:aws:s3:::b", "ActionNames=s3:GetObject")),
        "InvalidInput",
        "Invalid Entity Arn: arn:aws:s3:::b does not clearly define entity type and name.");
  }

  @Test
  void aPageHasTheResultsOfSomeActions() {
    ObjectNode input =
        input(
            "PolicyInputList=" + policy(GET),
            "ActionNames=s3:GetObject",
            "ActionNames=s3:PutObject");
    JsonNode first = core.call("iam", "SimulateCustomPolicy", input.put("MaxItems", 1).toString());

    assertThat(first.path("IsTruncated").asBoolean()).isTrue();
    JsonNode second =
        core.call(
            "iam",
            "SimulateCustomPolicy",
            input.put("Marker", first.path("Marker").asText()).toString());
    assertThat(second.findValuesAsText("EvalActionName")).containsExactly("s3:PutObject");
    assertThat(second.path("IsTruncated").asBoolean()).isFalse();
  }

  @Test
  void badInputIsNamed() {
    ObjectNode good = input("PolicyInputList=" + policy(GET), "ActionNames=s3:GetObject");

    assertRefused(
        () -> custom(input("PolicyInputList={", "ActionNames=s3:GetObject")),
        "InvalidInput",
        "Invalid policy PolicyInputList.1: This policy contains invalid Json");
    assertRefused(
        () -> custom(input("PolicyInputList=" + policy(GET), "ActionNames=s3:*")),
        "InvalidInput",
        "Invalid Action Name: s3:*");
    assertRefused(
        () ->
            custom(
                good.deepCopy()
                    .put("MaxItems", 5)
                    .set("ResourceArns", Json.MAPPER.createArrayNode().add("bucket"))),
        "InvalidInput",
        "Invalid Resource ARN: bucket");
  }
}
