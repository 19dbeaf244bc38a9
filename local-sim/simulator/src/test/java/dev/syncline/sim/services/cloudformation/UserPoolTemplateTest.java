// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.testing.WholeSimulator;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** User pools with every part by template: made, changed, refused and deleted. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UserPoolTemplateTest {
  private static final String TEMPLATE =
      """
      Resources:
        Pool:
          Type: AWS::Cognito::UserPool
          Properties:
            AdminCreateUserConfig: {AllowAdminCreateUserOnly: true}
            AutoVerifiedAttributes: [email]
            MfaConfiguration: ON_OR_OFF
            EnabledMfas: [SOFTWARE_TOKEN_MFA]
            Schema:
              - {Name: team, AttributeDataType: String, Mutable: true}
              MORE
            UserPoolTags: {step: STEP}
            UsernameAttributes: [NAMED]
        Client:
          Type: AWS::Cognito::UserPoolClient
          Properties:
            UserPoolId: !Ref Pool
            GenerateSecret: true
            ExplicitAuthFlows: [ALLOW_REFRESH_TOKEN_AUTH, ALLOW_USER_SRP_AUTH]
            CallbackURLs: ["https://app.example.com/STEP"]
        Domain:
          Type: AWS::Cognito::UserPoolDomain
          Properties: {UserPoolId: !Ref Pool, Domain: walk-login}
        Looks:
          Type: AWS::Cognito::UserPoolUICustomizationAttachment
          DependsOn: Domain
          Properties: {UserPoolId: !Ref Pool, ClientId: !Ref Client, CSS: ".a {color: STEP}"}
        Group:
          Type: AWS::Cognito::UserPoolGroup
          Properties: {UserPoolId: !Ref Pool, GroupName: editors, Description: STEP}
        User:
          Type: AWS::Cognito::UserPoolUser
          Properties:
            UserPoolId: !Ref Pool
            Username: ann@example.com
            MessageAction: SUPPRESS
        Member:
          Type: AWS::Cognito::UserPoolUserToGroupAttachment
          Properties: {UserPoolId: !Ref Pool, Username: !Ref User, GroupName: !Ref Group}
        Server:
          Type: AWS::Cognito::UserPoolResourceServer
          Properties:
            UserPoolId: !Ref Pool
            Identifier: orders
            Name: STEP
            Scopes: [{ScopeName: read, ScopeDescription: Reads}]
        Provider:
          Type: AWS::Cognito::UserPoolIdentityProvider
          Properties:
            UserPoolId: !Ref Pool
            ProviderName: Corp
            ProviderType: OIDC
            ProviderDetails:
              client_id: STEP
              client_secret: not-a-secret
              attributes_request_method: GET
              oidc_issuer: https://issuer.example.com
              authorize_scopes: openid
      Outputs:
        Pool: {Value: !Ref Pool}
        Arn: {Value: !GetAtt Pool.Arn}
        Provider: {Value: !GetAtt Pool.ProviderName}
        Url: {Value: !GetAtt Pool.ProviderURL}
        Client: {Value: !Ref Client}
        Secret: {Value: !GetAtt Client.ClientSecret}
        Distribution: {Value: !GetAtt Domain.CloudFrontDistribution}
        User: {Value: !Ref User}
        Server: {Value: !Ref Server}
        Idp: {Value: !Ref Provider}
      """;

  @TempDir Path work;

  private static String template(String step, String mfa, String more, String named) {
    return TEMPLATE
        .replace("STEP", step)
        .replace("ON_OR_OFF", "\"" + mfa + "\"")
        .replace("MORE", more)
        .replace("NAMED", named);
  }

  /** The status after the operation has ended. */
  private static String run(WholeSimulator aws, String operation, String template) {
    aws.call(
        "cloudformation",
        operation,
        Json.object().put("StackName", "s").put("TemplateBody", template).toString());
    String status;
    do {
      status = described(aws).path("StackStatus").asText();
    } while (status.endsWith("_IN_PROGRESS"));
    return status;
  }

  private static JsonNode described(WholeSimulator aws) {
    return aws.call("cloudformation", "DescribeStacks", "{'StackName':'s'}").at("/Stacks/0");
  }

  private static Map<String, String> outputs(WholeSimulator aws) {
    var all = new HashMap<String, String>();
    for (JsonNode output : described(aws).path("Outputs")) {
      all.put(output.path("OutputKey").asText(), output.path("OutputValue").asText());
    }
    return all;
  }

  @Test
  void aPoolWithItsPartsIsMadeChangedAndDeleted() {
    try (var aws = new WholeSimulator(work)) {
      assertThat(run(aws, "CreateStack", template("red", "OPTIONAL", "", "email")))
          .as(aws.call("cloudformation", "DescribeStackEvents", "{'StackName':'s'}").toString())
          .isEqualTo("CREATE_COMPLETE");
      Map<String, String> made = outputs(aws);
      String id = made.get("Pool");
      String provider = "cognito-idp.us-east-1.amazonaws.com/" + id;
      assertThat(made)
          .containsEntry("Arn", "arn:aws:cognito-idp:us-east-1:111111111111:userpool/" + id)
          .containsEntry("Provider", provider)
          .containsEntry("Url", "https://" + provider)
          .containsEntry("Server", "orders")
          .containsEntry("Idp", "Corp");
      assertThat(made.get("Distribution")).endsWith(".cloudfront.net");
      String client = "{'UserPoolId': '%s', 'ClientId': '%s'}".formatted(id, made.get("Client"));
      assertThat(
              aws.call("cognito", "DescribeUserPoolClient", client)
                  .at("/UserPoolClient/ClientSecret")
                  .asText())
          .isEqualTo(made.get("Secret"));
      String user = "{'UserPoolId': '%s', 'Username': '%s'}".formatted(id, made.get("User"));
      assertThat(
              aws.call("cognito", "AdminListGroupsForUser", user)
                  .at("/Groups/0/Description")
                  .asText())
          .isEqualTo("red");
      String pool = "{'UserPoolId': '" + id + "'}";
      assertThat(
              aws.call("cognito", "GetUserPoolMfaConfig", pool)
                  .at("/SoftwareTokenMfaConfiguration/Enabled")
                  .asBoolean())
          .isTrue();

      String more = "- {Name: level, AttributeDataType: Number}";
      assertThat(run(aws, "UpdateStack", template("blue", "OFF", more, "email")))
          .isEqualTo("UPDATE_COMPLETE");
      assertThat(outputs(aws)).isEqualTo(made);
      JsonNode changed = aws.call("cognito", "DescribeUserPool", pool).path("UserPool");
      assertThat(changed.path("MfaConfiguration").asText()).isEqualTo("OFF");
      assertThat(changed.at("/UserPoolTags/step").asText()).isEqualTo("blue");
      assertThat(changed.path("SchemaAttributes").findValuesAsText("Name"))
          .contains("custom:team", "custom:level");

      assertThat(run(aws, "UpdateStack", template("blue", "OFF", more, "phone_number")))
          .isEqualTo("UPDATE_ROLLBACK_COMPLETE");
      assertThat(aws.call("cloudformation", "DescribeStackEvents", "{'StackName':'s'}").toString())
          .contains("Updates are not allowed for property - UsernameAttributes.");

      aws.call("cloudformation", "DeleteStack", "{'StackName':'s'}");
      while (!aws.call("cloudformation", "DescribeStacks", "{}").path("Stacks").isEmpty()) {
        Thread.onSpinWait();
      }
      assertThat(aws.call("cognito", "ListUserPools", "{'MaxResults': 9}").path("UserPools"))
          .isEmpty();
    }
  }
}
