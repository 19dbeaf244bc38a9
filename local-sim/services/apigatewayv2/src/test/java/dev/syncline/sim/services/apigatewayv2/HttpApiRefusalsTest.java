// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.service.AwsException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpApiRefusalsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CreateApi | {'name': 'a', 'protocolType': 'WEBSOCKET'} | protocolType WEBSOCKET",
        "CreateApi | {'name': 'a', 'protocolType': 'HTTP', 'corsConfiguration': {'allowOrigins':"
            + " ['*'], 'allowCredentials': true}} | allowCredentials",
        "CreateRoute | {'apiId': 'API', 'routeKey': 'FETCH /a'} | routeKey: FETCH /a",
        "CreateRoute | {'apiId': 'API', 'routeKey': 'GET /{a+}/b'} | routeKey",
        "CreateRoute | {'apiId': 'API', 'routeKey': 'GET /a'} | already exists",
        "CreateRoute | {'apiId': 'API', 'routeKey': 'GET /b', 'authorizationType': 'AWS_IAM'} |"
            + " AWS_IAM",
        "CreateRoute | {'apiId': 'API', 'routeKey': 'GET /b', 'target': 'integrations/none'} |"
            + " Integration identifier specified none",
        "CreateIntegration | {'apiId': 'API', 'integrationType': 'MOCK'} | integrationType",
        "CreateIntegration | {'apiId': 'API', 'integrationType': 'AWS_PROXY', 'integrationUri':"
            + " 'x'} | integrationUri",
        "CreateIntegration | {'apiId': 'API', 'integrationType': 'HTTP_PROXY', 'integrationUri':"
            + " 'https://a', 'integrationMethod': 'GET', 'timeoutInMillis': 30001} |"
            + " timeoutInMillis",
        "CreateIntegration | {'apiId': 'API', 'integrationType': 'AWS_PROXY', 'integrationSubtype':"
            + " 'Kinesis-PutRecord'} | Kinesis-PutRecord",
        "CreateAuthorizer | {'apiId': 'API', 'name': 'n', 'authorizerType': 'JWT',"
            + " 'identitySource': ['$request.header.a']} | jwtConfiguration",
        "CreateAuthorizer | {'apiId': 'API', 'name': 'n', 'authorizerType': 'TOKEN',"
            + " 'identitySource': []} | authorizerType",
        "CreateStage | {'apiId': 'API', 'stageName': 'a b'} | stageName",
        "CreateStage | {'apiId': 'API', 'stageName': 'a', 'defaultRouteSettings':"
            + " {'dataTraceEnabled': true}} | dataTraceEnabled",
        "CreateIntegration | {'apiId': 'API', 'integrationType': 'HTTP_PROXY', 'integrationUri':"
            + " 'https://a', 'integrationMethod': 'GET', 'timeoutInMillis': 'soon'} |"
            + " timeoutInMillis",
        "CreateStage | {'apiId': 'API', 'stageName': 'a', 'autoDeploy': 'yes'} | autoDeploy",
        "CreateStage | {'apiId': 'API', 'stageName': 'a', 'accessLogSettings': {'destinationArn':"
            + " 'arn:aws:firehose:us-east-1:111111111111:deliverystream/d', 'format': 'x'}} |"
            + " deliverystream/d",
        "CreateDeployment | {'apiId': 'none'} | API identifier specified none",
        "ImportApi | {'body': 'openapi: 3.0.1'} | does not read YAML",
      })
  void badInputIsRefusedByTheNameOfItsMember(String operation, String input, String expected) {
    try (var gateway = new HttpApiFixture()) {
      String api = gateway.api("GET /a", "2.0");
      assertThatThrownBy(() -> gateway.call(operation, input.replace("'API'", "'" + api + "'")))
          .isInstanceOf(AwsException.class)
          .hasMessageContaining(expected);
    }
  }
}
