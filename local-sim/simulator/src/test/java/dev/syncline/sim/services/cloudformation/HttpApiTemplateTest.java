// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import static dev.syncline.sim.services.cloudformation.WholeStacks.output;
import static dev.syncline.sim.services.cloudformation.WholeStacks.stack;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.testing.WholeSimulator;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Stacks with HTTP APIs. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HttpApiTemplateTest {
  private static final String PARTS =
      """
      Resources:
        Api:
          Type: AWS::ApiGatewayV2::Api
          Properties: {Name: pets, ProtocolType: HTTP, Tags: {a: b}, Description: %s}
        Integration:
          Type: AWS::ApiGatewayV2::Integration
          Properties:
            ApiId: !Ref Api
            IntegrationType: AWS_PROXY
            IntegrationUri: !Sub arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:pets
            PayloadFormatVersion: '2.0'
        Authorizer:
          Type: AWS::ApiGatewayV2::Authorizer
          Properties:
            ApiId: !Ref Api
            Name: users
            AuthorizerType: JWT
            IdentitySource: [$request.header.Authorization]
            JwtConfiguration: {Audience: [app], Issuer: 'https://issuer.example'}
        Route:
          Type: AWS::ApiGatewayV2::Route
          Properties:
            ApiId: !Ref Api
            RouteKey: %s
            AuthorizationType: JWT
            AuthorizerId: !Ref Authorizer
            Target: !Sub integrations/${Integration}
        Deployment:
          Type: AWS::ApiGatewayV2::Deployment
          DependsOn: Route
          Properties: {ApiId: !Ref Api}
        Stage:
          Type: AWS::ApiGatewayV2::Stage
          Properties:
            ApiId: !Ref Api
            StageName: dev
            DeploymentId: !Ref Deployment
            StageVariables: {a: b}
            DefaultRouteSettings: {ThrottlingBurstLimit: 5, ThrottlingRateLimit: 1.5}
      Outputs:
        Id: {Value: !GetAtt Api.ApiId}
        Endpoint: {Value: !GetAtt Api.ApiEndpoint}
        Stage: {Value: !Ref Stage}
      """;
  private static final String DOCUMENT =
      """
      Resources:
        Api:
          Type: AWS::ApiGatewayV2::Api
          Properties:
            Description: from a document
            Body:
              openapi: 3.0.1
              info: {title: imported, version: '1.0'}
              paths:
                %s:
                  get:
                    x-amazon-apigateway-integration:
                      type: aws_proxy
                      httpMethod: POST
                      payloadFormatVersion: '2.0'
                      uri: !Sub arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:pets
        Stage:
          Type: AWS::ApiGatewayV2::Stage
          Properties: {ApiId: !Ref Api, StageName: $default, AutoDeploy: true}
      Outputs:
        Id: {Value: !Ref Api}
      """;

  @TempDir Path work;

  @Test
  void anApiIsMadeOfItsPartsChangedAndDeleted() {
    try (var aws = new WholeSimulator(work)) {
      JsonNode made =
          stack(aws, "CreateStack", PARTS.formatted("first", "GET /pets"), "CREATE_COMPLETE");
      String api = output(made, "Id");
      assertThat(output(made, "Endpoint")).contains(api + ".execute-api.");
      assertThat(output(made, "Stage")).isEqualTo("dev");
      JsonNode stage = get(aws, "GetStage", api, "'stageName': 'dev'");
      assertThat(stage.at("/defaultRouteSettings/throttlingRateLimit").asDouble()).isEqualTo(1.5);
      JsonNode changed =
          stack(aws, "UpdateStack", PARTS.formatted("second", "GET /dogs"), "UPDATE_COMPLETE");
      assertThat(output(changed, "Id")).isEqualTo(api);
      JsonNode routes = get(aws, "GetRoutes", api, "'maxResults': '10'").path("items");
      assertThat(routes).hasSize(1);
      assertThat(routes.at("/0/routeKey").asText()).isEqualTo("GET /dogs");
      assertThat(get(aws, "GetApi", api, "").path("description").asText()).isEqualTo("second");
      WholeStacks.delete(aws);
      assertThat(aws.call("apigatewayv2", "GetApis", "{}").path("items")).isEmpty();
    }
  }

  @Test
  void anApiIsMadeOfADocumentAndReimported() {
    try (var aws = new WholeSimulator(work)) {
      JsonNode made = stack(aws, "CreateStack", DOCUMENT.formatted("/a"), "CREATE_COMPLETE");
      String api = output(made, "Id");
      JsonNode read = get(aws, "GetApi", api, "");
      assertThat(read.path("name").asText()).isEqualTo("imported");
      assertThat(read.path("description").asText()).isEqualTo("from a document");
      stack(aws, "UpdateStack", DOCUMENT.formatted("/b"), "UPDATE_COMPLETE");
      JsonNode routes = get(aws, "GetRoutes", api, "").path("items");
      assertThat(routes).hasSize(1);
      assertThat(routes.at("/0/routeKey").asText()).isEqualTo("GET /b");
    }
  }

  private static JsonNode get(WholeSimulator aws, String operation, String api, String more) {
    return aws.call(
        "apigatewayv2",
        operation,
        "{'apiId': '" + api + "'" + (more.isEmpty() ? "" : ", " + more) + "}");
  }
}
