// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import static dev.syncline.sim.testing.PortClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.testing.WholeSimulatorFixture;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/**
 * A stack with an integration of a queue, and preflights as CDK ({@code addCorsPreflight}) and the
 * Serverless Framework ({@code cors: true}) write them.
 */
class IntegrationStackTest extends WholeSimulatorFixture {
  private static final String TEMPLATE =
      """
      Resources:
        Jobs:
          Type: AWS::SQS::Queue
          Properties: {QueueName: jobs}
        Role:
          Type: AWS::IAM::Role
          Properties:
            AssumeRolePolicyDocument:
              Version: '2012-10-17'
              Statement:
                - Effect: Allow
                  Principal: {Service: apigateway.amazonaws.com}
                  Action: sts:AssumeRole
            Policies:
              - PolicyName: send
                PolicyDocument:
                  Version: '2012-10-17'
                  Statement: [{Effect: Allow, Action: sqs:SendMessage, Resource: !GetAtt Jobs.Arn}]
        Api:
          Type: AWS::ApiGateway::RestApi
          Properties: {Name: api}
        Submit:
          Type: AWS::ApiGateway::Resource
          Properties: {RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: submit}
        Post:
          Type: AWS::ApiGateway::Method
          Properties:
            RestApiId: !Ref Api
            ResourceId: !Ref Submit
            HttpMethod: POST
            AuthorizationType: NONE
            Integration:
              Type: AWS
              IntegrationHttpMethod: POST
              Uri: !Sub arn:aws:apigateway:${AWS::Region}:sqs:path/${AWS::AccountId}/${Jobs.QueueName}
              Credentials: !GetAtt Role.Arn
              PassthroughBehavior: NEVER
              RequestParameters:
                integration.request.header.Content-Type: "'application/x-www-form-urlencoded'"
              RequestTemplates:
                application/json: |
                  #set($body = "{""jobId"":""$context.requestId"",""data"":$input.json('$')}")
                  Action=SendMessage&MessageBody=$util.urlEncode($body)&MessageAttribute.1.Name=requestId&MessageAttribute.1.Value.StringValue=$context.requestId&MessageAttribute.1.Value.DataType=String
              IntegrationResponses:
                - StatusCode: '202'
                  ResponseTemplates:
                    application/json: '{"jobId":"$context.requestId","at":"$context.requestTime"}'
                  ResponseParameters:
                    method.response.header.Access-Control-Allow-Origin: "'*'"
                - StatusCode: '500'
                  SelectionPattern: '[45]\\d\\d'
                  ContentHandling: CONVERT_TO_TEXT
            MethodResponses:
              - StatusCode: '202'
                ResponseParameters: {method.response.header.Access-Control-Allow-Origin: true}
              - StatusCode: '500'
        Cdk:
          Type: AWS::ApiGateway::Method
          Properties:
            RestApiId: !Ref Api
            ResourceId: !Ref Submit
            HttpMethod: OPTIONS
            AuthorizationType: NONE
            ApiKeyRequired: false
            Integration:
              Type: MOCK
              RequestTemplates: {application/json: '{ statusCode: 200 }'}
              IntegrationResponses:
                - StatusCode: '204'
                  ResponseParameters:
                    method.response.header.Access-Control-Allow-Headers: "'Content-Type,X-Amz-Date'"
                    method.response.header.Access-Control-Allow-Origin: "'*'"
                    method.response.header.Access-Control-Allow-Methods: "'OPTIONS,POST'"
            MethodResponses:
              - StatusCode: '204'
                ResponseParameters:
                  method.response.header.Access-Control-Allow-Headers: true
                  method.response.header.Access-Control-Allow-Origin: true
                  method.response.header.Access-Control-Allow-Methods: true
        Serverless:
          Type: AWS::ApiGateway::Method
          Properties:
            RestApiId: !Ref Api
            ResourceId: !GetAtt Api.RootResourceId
            HttpMethod: OPTIONS
            AuthorizationType: NONE
            MethodResponses:
              - StatusCode: '200'
                ResponseParameters:
                  method.response.header.Access-Control-Allow-Origin: true
                ResponseModels: {}
            RequestParameters: {}
            Integration:
              Type: MOCK
              RequestTemplates: {application/json: '{statusCode:200}'}
              ContentHandling: CONVERT_TO_TEXT
              IntegrationResponses:
                - StatusCode: '200'
                  ResponseParameters:
                    method.response.header.Access-Control-Allow-Origin: "'*'"
                  ResponseTemplates:
                    application/json: "#set($origin = $input.params(\\"Origin\\"))\\n#if($origin == \\"\\") #set($origin = $input.params(\\"origin\\")) #end\\n#if($origin.matches(\\".*\\")) #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin) #end"
        Deployment:
          Type: AWS::ApiGateway::Deployment
          DependsOn: [Post, Cdk, Serverless]
          Properties: {RestApiId: !Ref Api, StageName: dev}
      Outputs:
        Api: {Value: !Ref Api}
        Queue: {Value: !Ref Jobs}
      """;

  @Test
  void theStackWorks() throws Exception {
    GatewayStack stack = GatewayStack.created(whole, TEMPLATE);
    String api = stack.output("Api");

    HttpResponse<byte[]> posted = send(api, "POST", "/submit", "{\"a\":\"b\"}");

    assertThat(posted.statusCode()).as(text(posted)).isEqualTo(202);
    String jobId = Json.MAPPER.readTree(posted.body()).get("jobId").asText();
    JsonNode message =
        whole
            .call(
                "sqs",
                "ReceiveMessage",
                "{'QueueUrl': '" + stack.output("Queue") + "', 'MessageAttributeNames': ['All']}")
            .at("/Messages/0");
    assertThat(message.path("Body").asText())
        .isEqualTo("{\"jobId\":\"" + jobId + "\",\"data\":{\"a\":\"b\"}}");
    assertThat(message.at("/MessageAttributes/requestId/StringValue").asText()).isEqualTo(jobId);
    assertThat(send(api, "POST", "/submit", "x", "Content-Type", "text/plain").statusCode())
        .isEqualTo(415);

    HttpResponse<byte[]> cdk = send(api, "OPTIONS", "/submit", "");
    assertThat(cdk.statusCode()).isEqualTo(204);
    assertThat(cdk.headers().firstValue("Access-Control-Allow-Methods")).contains("OPTIONS,POST");
    HttpResponse<byte[]> serverless = send(api, "OPTIONS", "/", "", "Origin", "https://me.example");
    assertThat(serverless.statusCode()).isEqualTo(200);
    assertThat(serverless.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://me.example");
  }

  private HttpResponse<byte[]> send(
      String api, String method, String path, String body, String... headers) {
    return port.send(method, "/restapis/" + api + "/dev/_user_request_" + path, body, headers);
  }
}
