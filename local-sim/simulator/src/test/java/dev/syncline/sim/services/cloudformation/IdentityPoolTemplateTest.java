// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.testing.WholeSimulator;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Identity pools, their roles and session tags by template. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class IdentityPoolTemplateTest {
  private static final String TEMPLATE =
      """
      Resources:
        People:
          Type: AWS::Cognito::IdentityPool
          Properties:
            AllowUnauthenticatedIdentities: %s
            CognitoIdentityProviders:
              - ProviderName: cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab1Cd2Ef3
                ClientId: client
            IdentityPoolTags: [{Key: team, Value: %s}]
        Roles:
          Type: AWS::Cognito::IdentityPoolRoleAttachment
          Properties:
            IdentityPoolId: !Ref People
            Roles: {authenticated: "arn:aws:iam::111111111111:role/%s"}
            RoleMappings:
              any:
                IdentityProvider: cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab1Cd2Ef3:client
                Type: Token
                AmbiguousRoleResolution: Deny
        Tags:
          Type: AWS::Cognito::IdentityPoolPrincipalTag
          Properties:
            IdentityPoolId: !Ref People
            IdentityProviderName: cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab1Cd2Ef3
            PrincipalTags: {team: "custom:team"}
      Outputs:
        Id: {Value: !Ref People}
        Name: {Value: !GetAtt People.Name}
      """;

  @TempDir Path work;

  private static JsonNode stack(WholeSimulator aws, String operation, Object... values) {
    aws.call(
        "cloudformation",
        operation,
        Json.object()
            .put("StackName", "s")
            .put("TemplateBody", TEMPLATE.formatted(values))
            .toString());
    JsonNode stack = Json.object();
    do {
      stack = aws.call("cloudformation", "DescribeStacks", "{'StackName':'s'}").at("/Stacks/0");
    } while (stack.path("StackStatus").asText().endsWith("_IN_PROGRESS"));
    return stack;
  }

  @Test
  void aStackMakesChangesAndDeletesThem() {
    try (var aws = new WholeSimulator(work)) {
      JsonNode made = stack(aws, "CreateStack", "true", "red", "one");
      assertThat(made.path("StackStatus").asText()).isEqualTo("CREATE_COMPLETE");
      String id = made.at("/Outputs/0/OutputValue").asText();
      String asked = "{'IdentityPoolId': '" + id + "'}";
      JsonNode pool = aws.call("cognitoidentity", "DescribeIdentityPool", asked);
      assertThat(pool.path("IdentityPoolName").asText())
          .startsWith("s-People-")
          .isEqualTo(made.at("/Outputs/1/OutputValue").asText());
      assertThat(pool.at("/IdentityPoolTags/team").asText()).isEqualTo("red");
      JsonNode roles = aws.call("cognitoidentity", "GetIdentityPoolRoles", asked);
      assertThat(roles.at("/Roles/authenticated").asText()).endsWith(":role/one");
      assertThat(roles.path("RoleMappings").fieldNames().next()).endsWith("_Ab1Cd2Ef3:client");

      JsonNode changed = stack(aws, "UpdateStack", "false", "blue", "two");
      assertThat(changed.path("StackStatus").asText()).isEqualTo("UPDATE_COMPLETE");
      JsonNode after = aws.call("cognitoidentity", "DescribeIdentityPool", asked);
      assertThat(after.path("AllowUnauthenticatedIdentities").asBoolean(true)).isFalse();
      assertThat(after.path("IdentityPoolName")).isEqualTo(pool.path("IdentityPoolName"));
      assertThat(after.at("/IdentityPoolTags/team").asText()).isEqualTo("blue");
      assertThat(
              aws.call("cognitoidentity", "GetIdentityPoolRoles", asked)
                  .at("/Roles/authenticated")
                  .asText())
          .endsWith(":role/two");

      aws.call("cloudformation", "DeleteStack", "{'StackName':'s'}");
      while (!aws.call("cloudformation", "DescribeStacks", "{}").path("Stacks").isEmpty()) {
        Thread.onSpinWait();
      }
      assertThat(
              aws.call("cognitoidentity", "ListIdentityPools", "{'MaxResults': 10}")
                  .path("IdentityPools"))
          .isEmpty();
    }
  }
}
