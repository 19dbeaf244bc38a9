// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table that is generated from the service authorization reference. */
class AuthorizationDataTest {
  @Test
  void anActionHasTheArnsOfItsResources() {
    assertThat(AuthorizationData.action("SQS:sendmessage"))
        .contains(
            new AuthorizationData.Action(
                "sqs:SendMessage",
                java.util.List.of("arn:aws:sqs:${Region}:${Account}:${QueueName}")));
    assertThat(AuthorizationData.action("sqs:Send")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "apigateway:GET",
        "appsync:GraphQL",
        "cloudformation:CreateStack",
        "cloudwatch:PutMetricData",
        "cognito-identity:GetId",
        "cognito-idp:InitiateAuth",
        "dynamodb:PutItem",
        "ecr:PutImage",
        "events:PutEvents",
        "execute-api:Invoke",
        "iam:PassRole",
        "kinesis:PutRecord",
        "kms:Decrypt",
        "lambda:InvokeFunction",
        "logs:PutLogEvents",
        "pipes:CreatePipe",
        "s3:GetObject",
        "scheduler:CreateSchedule",
        "secretsmanager:GetSecretValue",
        "sns:Publish",
        "sqs:SendMessage",
        "ssm:GetParameter",
        "states:StartExecution",
        "sts:AssumeRole"
      })
  void everySimulatedServiceIsThere(String action) {
    assertThat(AuthorizationData.action(action).map(AuthorizationData.Action::name))
        .contains(action);
  }

  /** AWS's documentation of HTTP Tasks has policies with a state machine's ARN. */
  @Test
  void anHttpTaskMayBeLimitedToItsStateMachine() {
    assertThat(AuthorizationData.withoutResources("states:invokehttpendpoint")).isFalse();
  }

  @Test
  void knowsWhichKeysAreSets() {
    assertThat(AuthorizationData.multivalued("AWS:tagkeys")).isTrue();
    assertThat(AuthorizationData.multivalued("aws:SourceArn")).isFalse();
    // AWS's documentation compares it without a set operator.
    assertThat(AuthorizationData.multivalued("events:source")).isFalse();
  }
}
