// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import static dev.syncline.sim.graphql.execution.ExecutionFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.graphql.FieldOutcome;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FieldAuthorizationTest {
  private static final String COGNITO = "AMAZON_COGNITO_USER_POOLS";
  private static final String KEY = "API_KEY";
  private static final String IAM = "AWS_IAM";
  private static final String LAMBDA = "AWS_LAMBDA";

  private final ExecutionFixture api =
      new ExecutionFixture(
          """
          interface Thing { id: ID }
          type Open implements Thing { id: ID }
          type Both implements Thing @aws_api_key @aws_iam {
            id: ID
            iamOnly: ID @aws_iam
            secret: ID! @aws_iam
          }
          type Query {
            open: Open
            both: Both @aws_api_key @aws_iam
            things: [Thing] @aws_api_key @aws_iam
            users: Open @aws_cognito_user_pools
            admins: Open @aws_cognito_user_pools(cognito_groups: ["Admins", "Owners"])
            auth: Open @aws_auth(cognito_groups: ["Admins"])
            oidc: Open @aws_oidc
            lambda: Open @aws_lambda
            plain: String
          }
          extend type Query { more: String @aws_iam }
          """);

  private FieldAccess access(String mode, Set<String> others, boolean denies, GraphCaller caller) {
    return new GraphAccess(api.schema, mode, others, denies).of(caller);
  }

  private static GraphCaller user(String... groups) {
    return new GraphCaller(COGNITO, Set.of(groups), Set.of());
  }

  @Test
  void unmarkedFieldsAreOpenToTheDefaultModeOnly() {
    assertThat(access(KEY, Set.of(IAM), false, GraphCaller.of(KEY)).allows("Query", "open"))
        .isTrue();
    assertThat(access(KEY, Set.of(IAM), false, GraphCaller.of(IAM)).allows("Query", "open"))
        .isFalse();
  }

  @Test
  void severalDirectivesAreAlternativesAndTheTypesCoverTheFields() {
    FieldAccess key = access(KEY, Set.of(IAM), false, GraphCaller.of(KEY));
    FieldAccess iam = access(KEY, Set.of(IAM), false, GraphCaller.of(IAM));
    assertThat(key.allows("Query", "both")).isTrue();
    assertThat(iam.allows("Query", "both")).isTrue();
    assertThat(key.allows("Both", "id")).isTrue();
    assertThat(iam.allows("Both", "id")).isTrue();
  }

  @Test
  void directivesOfAFieldReplaceThoseOfItsType() {
    assertThat(access(KEY, Set.of(IAM), false, GraphCaller.of(KEY)).allows("Both", "iamOnly"))
        .isFalse();
    assertThat(access(KEY, Set.of(IAM), false, GraphCaller.of(IAM)).allows("Both", "iamOnly"))
        .isTrue();
  }

  @Test
  void aMarkedFieldIsClosedToTheDefaultMode() {
    assertThat(access(KEY, Set.of(LAMBDA), false, GraphCaller.of(KEY)).allows("Query", "lambda"))
        .isFalse();
    assertThat(access(KEY, Set.of(LAMBDA), false, GraphCaller.of(LAMBDA)).allows("Query", "lambda"))
        .isTrue();
    assertThat(
            access(KEY, Set.of("OPENID_CONNECT"), false, GraphCaller.of("OPENID_CONNECT"))
                .allows("Query", "oidc"))
        .isTrue();
    assertThat(access(KEY, Set.of(IAM), false, GraphCaller.of(IAM)).allows("Query", "more"))
        .isTrue();
  }

  @Test
  void groupsOfAUserPoolMustMatch() {
    assertThat(access(COGNITO, Set.of(), false, user("Owners")).allows("Query", "admins")).isTrue();
    assertThat(access(COGNITO, Set.of(), false, user("Guests")).allows("Query", "admins"))
        .isFalse();
    assertThat(access(COGNITO, Set.of(), false, user()).allows("Query", "users")).isTrue();
  }

  @Test
  void awsAuthCountsWhileCognitoIsTheSoleMode() {
    assertThat(access(COGNITO, Set.of(), false, user("Guests")).allows("Query", "auth")).isFalse();
    assertThat(access(COGNITO, Set.of(), false, user("Admins")).allows("Query", "auth")).isTrue();
    assertThat(access(COGNITO, Set.of(KEY), false, user("Guests")).allows("Query", "auth"))
        .isTrue();
    assertThat(access(KEY, Set.of(), false, GraphCaller.of(KEY)).allows("Query", "auth")).isTrue();
  }

  @Test
  void theDefaultActionDenyClosesUnmarkedFields() {
    assertThat(access(COGNITO, Set.of(), true, user("Admins")).allows("Query", "plain")).isFalse();
    assertThat(access(COGNITO, Set.of(), true, user("Admins")).allows("Query", "admins")).isTrue();
    assertThat(access(COGNITO, Set.of(), false, user()).allows("Query", "plain")).isTrue();
  }

  @Test
  void deniedFieldsOfAnAuthorizerAreClosed() {
    GraphCaller caller =
        new GraphCaller(
            LAMBDA,
            Set.of(),
            Set.of(
                "Query.plain",
                "arn:aws:appsync:us-east-1:111122223333:apis/abc/types/Open/fields/id"));
    FieldAccess access = access(LAMBDA, Set.of(), false, caller);
    assertThat(access.allows("Query", "plain")).isFalse();
    assertThat(access.allows("Open", "id")).isFalse();
    assertThat(access.allows("Query", "open")).isTrue();
  }

  @Test
  void aDeniedFieldIsNullBeforeItsResolverRuns() {
    AtomicInteger runs = new AtomicInteger();
    api.resolve(
            "Query.lambda",
            call -> {
              runs.incrementAndGet();
              return FieldOutcome.of(json("{id:1}"));
            })
        .value("Query.plain", "'p'");
    api.access = access(KEY, Set.of(LAMBDA), false, GraphCaller.of(KEY));
    ObjectNode body = api.execute("{\n  z: lambda { id }\n  plain }");
    assertThat(body)
        .isEqualTo(
            json(
                "{data:{z:null,plain:'p'},errors:[{path:['z'],data:null,errorType:'Unauthorized',"
                    + "errorInfo:null,locations:[{line:2,column:3,sourceName:null}],"
                    + "message:'Not Authorized to access lambda on type Query'}]}"));
    assertThat(runs).hasValue(0);
  }

  @Test
  void nestedAndAbstractTypesAreChecked() {
    api.value("Query.things", "[{__typename:'Open',id:1},{__typename:'Both',id:2}]");
    api.access = access(KEY, Set.of(IAM), false, GraphCaller.of(IAM));
    ObjectNode body = api.execute("{ things { __typename id } }");
    assertThat(body.get("data"))
        .isEqualTo(json("{things:[{__typename:'Open',id:null},{__typename:'Both',id:'2'}]}"));
    assertThat(ExecutionFixture.messages(body))
        .containsExactly("Not Authorized to access id on type Open");
  }

  @Test
  void aDeniedRequiredFieldMakesItsParentNull() {
    api.value("Query.both", "{id:1,secret:2}");
    api.access = access(KEY, Set.of(IAM), false, GraphCaller.of(KEY));
    ObjectNode body = api.execute("{ both { id secret } }");
    assertThat(body.get("data")).isEqualTo(json("{both:null}"));
    assertThat(ExecutionFixture.messages(body))
        .containsExactly("Not Authorized to access secret on type Both");
  }

  @Test
  void equalCallersHaveEqualAccess() {
    GraphAccess rules = new GraphAccess(api.schema, COGNITO, Set.of(), false);
    assertThat(rules.of(user("A"))).isEqualTo(rules.of(user("A"))).isNotEqualTo(rules.of(user()));
  }
}
