// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.testing.WholeSimulator;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack with user pools, and a REST API that takes their tokens. */
class PoolAuthorizerStackTest {
  private static final String TEMPLATE =
      """
      {"Resources": {
        "One": {"Type": "AWS::Cognito::UserPool", "Properties": {"UserPoolName": "one"}},
        "Two": {"Type": "AWS::Cognito::UserPool", "Properties": {"UserPoolName": "two"}},
        "Api": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Name": "api"}},
        "Authorizer": {"Type": "AWS::ApiGateway::Authorizer", "Properties": {
          "RestApiId": {"Ref": "Api"}, "Name": "pools", "Type": "COGNITO_USER_POOLS",
          "IdentitySource": "method.request.header.Authorization",
          "ProviderARNs": [PROVIDERS]}},
        "Method": {"Type": "AWS::ApiGateway::Method", "Properties": {
          "RestApiId": {"Ref": "Api"}, "ResourceId": {"Fn::GetAtt": ["Api", "RootResourceId"]},
          "HttpMethod": "GET", "AuthorizationType": "COGNITO_USER_POOLS",
          "AuthorizerId": {"Ref": "Authorizer"}, "AuthorizationScopes": ["openid"],
          "Integration": {"Type": "MOCK"}}}}}
      """;
  private static final String ONE = "{\"Fn::GetAtt\": [\"One\", \"Arn\"]}";
  private static final String TWO = "{\"Fn::GetAtt\": [\"Two\", \"Arn\"]}";

  @TempDir Path work;
  private WholeSimulator aws;

  @BeforeEach
  void start() {
    aws = new WholeSimulator(work);
  }

  @AfterEach
  void close() {
    aws.close();
  }

  private JsonNode authorizer() {
    return aws.call("apigateway", "GetAuthorizers", "{'restApiId':'" + api() + "'}").at("/item/0");
  }

  private String api() {
    return aws.call("apigateway", "GetRestApis", "{}").at("/item/0/id").asText();
  }

  @Test
  void aStackCreatesAndChangesTheAuthorizer() {
    aws.stack("CreateStack", TEMPLATE.replace("PROVIDERS", ONE), "CREATE_COMPLETE");

    assertThat(authorizer().path("type").asText()).isEqualTo("COGNITO_USER_POOLS");
    assertThat(authorizer().path("providerARNs")).hasSize(1);
    JsonNode method =
        aws.call("apigateway", "GetResources", "{'restApiId':'" + api() + "','embed':['methods']}")
            .at("/item/0/resourceMethods/GET");
    assertThat(method.path("authorizationScopes").toString()).isEqualTo("[\"openid\"]");
    assertThat(method.path("authorizerId").asText()).isEqualTo(authorizer().path("id").asText());
    String before = authorizer().at("/providerARNs/0").asText();

    aws.stack("UpdateStack", TEMPLATE.replace("PROVIDERS", TWO), "UPDATE_COMPLETE");

    assertThat(authorizer().path("providerARNs")).hasSize(1);
    assertThat(authorizer().at("/providerARNs/0").asText()).isNotEqualTo(before);
  }
}
