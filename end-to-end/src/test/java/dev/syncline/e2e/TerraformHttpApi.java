// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.simulator.Simulator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** HTTP APIs, called after each step. */
final class TerraformHttpApi implements TerraformPart {
  private static final String CONFIGURATION =
      """
      resource "aws_sqs_queue" "jobs" {
        name = "http-jobs"
      }

      resource "aws_iam_role" "gateway" {
        name = "http-gateway"
        assume_role_policy = jsonencode({
          Version = "2012-10-17"
          Statement = [{
            Effect    = "Allow"
            Action    = "sts:AssumeRole"
            Principal = { Service = "apigateway.amazonaws.com" }
          }]
        })
      }

      resource "aws_cloudwatch_log_group" "access" {
        name = "access"
      }

      resource "aws_apigatewayv2_api" "jobs" {
        name          = "jobs"
        protocol_type = "HTTP"
        %s
        tags = {
          step = "%s"
        }
      }

      resource "aws_apigatewayv2_integration" "send" {
        api_id                 = aws_apigatewayv2_api.jobs.id
        integration_type       = "AWS_PROXY"
        integration_subtype    = "SQS-SendMessage"
        credentials_arn        = aws_iam_role.gateway.arn
        payload_format_version = "1.0"
        timeout_milliseconds   = %d
        request_parameters = {
          QueueUrl    = aws_sqs_queue.jobs.url
          MessageBody = "$request.body.job"
        }
      }

      resource "aws_apigatewayv2_route" "submit" {
        api_id    = aws_apigatewayv2_api.jobs.id
        route_key = "POST /%s"
        target    = "integrations/${aws_apigatewayv2_integration.send.id}"
        %s
      }

      resource "aws_apigatewayv2_authorizer" "users" {
        api_id           = aws_apigatewayv2_api.jobs.id
        name             = "users"
        authorizer_type  = "JWT"
        identity_sources = ["$request.header.Authorization"]
        jwt_configuration {
          audience = ["app"]
          issuer   = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_pool"
        }
      }

      resource "aws_apigatewayv2_stage" "main" {
        api_id      = aws_apigatewayv2_api.jobs.id
        name        = "$default"
        auto_deploy = true
        access_log_settings {
          destination_arn = aws_cloudwatch_log_group.access.arn
          format          = "$context.requestId $context.status"
        }
        default_route_settings {
          throttling_burst_limit = 100
          throttling_rate_limit  = 50
        }
      }

      output "id" {
        value = aws_apigatewayv2_api.jobs.id
      }
      """;

  private static final String CORS =
      """
      cors_configuration {
          allow_origins = ["https://example.com"]
          allow_methods = ["POST"]
        }
      """;

  private static final String AUTHORIZED =
      """
      authorization_type = "JWT"
        authorizer_id      = aws_apigatewayv2_authorizer.users.id
      """;

  private String api = "";

  @Override
  public String name() {
    return "http_api";
  }

  @Override
  public List<String> steps() {
    return List.of(
        CONFIGURATION.formatted("", "one", 5000, "submit", ""),
        CONFIGURATION.formatted(CORS, "two", 6000, "jobs", AUTHORIZED));
  }

  @Override
  public void check(int step, Applied applied) throws Exception {
    Simulator simulator = applied.simulator();
    if (step == 0) {
      api = applied.output("id");
      HttpResponse<String> sent = post(simulator, api, "/submit");
      assertThat(sent.statusCode()).as(sent.body()).isEqualTo(200);
      JsonNode received =
          applied.call(
              "sqs",
              "ReceiveMessage",
              Applied.object().put("QueueUrl", "http://127.0.0.1/111111111111/http-jobs"));
      assertThat(received.at("/Messages/0/Body").asText()).isEqualTo("first");
      return;
    }
    assertThat(applied.output("id")).isEqualTo(api);
    assertThat(post(simulator, api, "/submit").statusCode()).isEqualTo(404);
    HttpResponse<String> refused = post(simulator, api, "/jobs");
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("access-control-allow-origin"))
        .contains("https://example.com");
  }

  private static HttpResponse<String> post(Simulator simulator, String api, String path)
      throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(
                  URI.create(simulator.endpoint() + "/_aws/execute-api/" + api + path))
              .header("Content-Type", "application/json")
              .header("Origin", "https://example.com")
              .POST(HttpRequest.BodyPublishers.ofString("{\"job\": \"first\"}"))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
