// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import static dev.syncline.sim.testing.PortClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.testing.WholeSimulatorFixture;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** A stack whose API comes from an OpenAPI document, with an authorizer of its own. */
class DocumentStackTest extends WholeSimulatorFixture {
  private static final String TEMPLATE =
      """
      Resources:
        Api:
          Type: AWS::ApiGateway::RestApi
          Properties:
            Body:
              openapi: 3.0.1
              info: {title: from the document, version: '1'}
              paths:
                /ping:
                  get:
                    responses: {'200': {description: pong}}
                    x-amazon-apigateway-integration:
                      type: mock
                      requestTemplates: {application/json: '{statusCode: 200}'}
                      responses:
                        default:
                          statusCode: '200'
                          responseTemplates: {application/json: !Sub '{"in":"${AWS::Region}"}'}
        Authorizer:
          Type: AWS::ApiGateway::Authorizer
          Properties:
            RestApiId: !Ref Api
            Name: auth
            Type: TOKEN
            IdentitySource: method.request.header.Authorization
            AuthorizerResultTtlInSeconds: 0
            AuthorizerUri: !Sub arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:auth/invocations
        Closed:
          Type: AWS::ApiGateway::Method
          Properties:
            RestApiId: !Ref Api
            ResourceId: !GetAtt Api.RootResourceId
            HttpMethod: GET
            AuthorizationType: CUSTOM
            AuthorizerId: !Ref Authorizer
            Integration: {Type: MOCK}
        Deployment:
          Type: AWS::ApiGateway::Deployment
          DependsOn: Closed
          Properties: {RestApiId: !Ref Api, StageName: dev}
      Outputs:
        Api: {Value: !Ref Api}
      """;

  @Test
  void theDocumentIsImportedAndTheAuthorizerAsked() throws Exception {
    String api = GatewayStack.created(whole, TEMPLATE).output("Api");

    HttpResponse<byte[]> ping = get(api, "/ping");
    assertThat(text(ping)).isEqualTo("{\"in\":\"us-east-1\"}");
    assertThat(get(api, "/").statusCode()).isEqualTo(401);
    assertThat(
            whole
                .call("apigateway", "GetRestApi", "{'restApiId': '" + api + "'}")
                .get("name")
                .asText())
        .isEqualTo("from the document");
  }

  private HttpResponse<byte[]> get(String api, String path) {
    return port.send("GET", "/restapis/" + api + "/dev/_user_request_" + path, "");
  }
}
