// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.simulator.Simulator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The HTTP APIs of Terraform's provider: made, called, changed and destroyed. */
@Timeout(600)
@Execution(ExecutionMode.CONCURRENT)
class TerraformHttpApiTest {
  private static final String CONFIGURATION =
      """
      resource "aws_sqs_queue" "jobs" {
        name = "jobs"
      }

      resource "aws_iam_role" "gateway" {
        name = "gateway"
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

  @TempDir Path scratch;

  @Test
  void anApiIsMadeCalledChangedAndDestroyed() throws Exception {
    try (var simulator =
        Simulator.start(Deployed.config().withPort(0, -1).withClock(new ClockMode.Real()))) {
      Terraform terraform =
          Terraform.of(
              CONFIGURATION.formatted("", "one", 5000, "submit", ""),
              scratch,
              Map.of("AWS_ENDPOINT_URL", simulator.endpoint().toString()));
      terraform.apply();
      String api = terraform.output("id");
      HttpResponse<String> sent = post(simulator, api, "/submit");
      assertThat(sent.statusCode()).as(sent.body()).isEqualTo(200);
      JsonNode received =
          simulator
              .dispatcher()
              .call(
                  "sqs",
                  "ReceiveMessage",
                  object().put("QueueUrl", "http://127.0.0.1/111111111111/jobs"),
                  simulator.internalCall())
              .json();
      assertThat(received.at("/Messages/0/Body").asText()).isEqualTo("first");

      terraform.change(CONFIGURATION.formatted(CORS, "two", 6000, "jobs", AUTHORIZED));
      assertThat(terraform.output("id")).isEqualTo(api);
      assertThat(post(simulator, api, "/submit").statusCode()).isEqualTo(404);
      HttpResponse<String> refused = post(simulator, api, "/jobs");
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.headers().firstValue("access-control-allow-origin"))
          .contains("https://example.com");

      terraform.run("destroy", "-auto-approve").succeeded("destroy");
      assertThat(post(simulator, api, "/jobs").statusCode()).isEqualTo(403);
    }
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

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
