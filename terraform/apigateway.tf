# SPDX-License-Identifier: Apache-2.0

locals {
  # Method, path resource and the path parameters that it needs.
  methods = {
    post_event = {
      http_method        = "POST"
      resource_id        = aws_api_gateway_resource.event.id
      request_parameters = {}
      source             = "POST/event"
    }
    get_event = {
      http_method        = "GET"
      resource_id        = aws_api_gateway_resource.event_id.id
      request_parameters = { "method.request.path.id" = true }
      source             = "GET/event/*"
    }
  }
}

resource "aws_api_gateway_rest_api" "this" {
  name        = var.function_name
  description = "Synchronous API over an asynchronous backend"

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_resource" "event" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  parent_id   = aws_api_gateway_rest_api.this.root_resource_id
  path_part   = "event"
}

resource "aws_api_gateway_resource" "event_id" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  parent_id   = aws_api_gateway_resource.event.id
  path_part   = "{id}"
}

resource "aws_api_gateway_method" "this" {
  for_each = local.methods

  rest_api_id        = aws_api_gateway_rest_api.this.id
  resource_id        = each.value.resource_id
  http_method        = each.value.http_method
  authorization      = "NONE"
  operation_name     = each.key
  request_parameters = each.value.request_parameters
}

resource "aws_api_gateway_integration" "this" {
  for_each = local.methods

  rest_api_id             = aws_api_gateway_rest_api.this.id
  resource_id             = each.value.resource_id
  http_method             = aws_api_gateway_method.this[each.key].http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.bridge.invoke_arn
  timeout_milliseconds    = 29000
}

resource "aws_lambda_permission" "api" {
  for_each = local.methods

  statement_id  = each.key
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.bridge.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.this.execution_arn}/${var.stage_name}/${each.value.source}"
}

resource "aws_api_gateway_gateway_response" "integration_timeout" {
  rest_api_id   = aws_api_gateway_rest_api.this.id
  response_type = "INTEGRATION_TIMEOUT"
  status_code   = "504"

  response_parameters = {
    "gatewayresponse.header.Content-Type" = "'application/problem+json'"
  }

  response_templates = {
    "application/json" = jsonencode({
      type      = "about:blank"
      title     = "Gateway Timeout"
      status    = 504
      detail    = "The answer did not come in time. The work may still complete."
      requestId = "$context.requestId"
    })
  }
}

resource "aws_api_gateway_deployment" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  description = "POST /event and GET /event/{id}"

  triggers = {
    # What a deployment takes a snapshot of. Ids and settings one by one: whole resources hold
    # values that the service computes, and the second plan would not be empty.
    snapshot = sha1(jsonencode([
      aws_api_gateway_resource.event.id,
      aws_api_gateway_resource.event_id.id,
      [for key in sort(keys(local.methods)) : [
        aws_api_gateway_method.this[key].http_method,
        aws_api_gateway_method.this[key].authorization,
        aws_api_gateway_integration.this[key].uri,
        aws_api_gateway_integration.this[key].timeout_milliseconds,
      ]],
      aws_api_gateway_gateway_response.integration_timeout.response_templates,
    ]))
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_account" "this" {
  count = var.create_api_gateway_log_role ? 1 : 0

  cloudwatch_role_arn = aws_iam_role.api_gateway_logs[0].arn

  depends_on = [aws_iam_role_policy_attachment.api_gateway_logs]
}

resource "aws_cloudwatch_log_group" "access" {
  name              = "/aws/apigateway/${var.function_name}/access"
  retention_in_days = var.log_retention_in_days
}

resource "aws_api_gateway_stage" "this" {
  rest_api_id   = aws_api_gateway_rest_api.this.id
  deployment_id = aws_api_gateway_deployment.this.id
  stage_name    = var.stage_name

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.access.arn
    format = jsonencode({
      requestId            = "$context.requestId"
      time                 = "$context.requestTime"
      ip                   = "$context.identity.sourceIp"
      method               = "$context.httpMethod"
      path                 = "$context.path"
      status               = "$context.status"
      latencyMs            = "$context.responseLatency"
      integrationLatencyMs = "$context.integrationLatency"
      error                = "$context.error.message"
    })
  }

  depends_on = [aws_api_gateway_account.this]
}

resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  stage_name  = aws_api_gateway_stage.this.stage_name
  method_path = "*/*"

  settings {
    metrics_enabled        = true
    throttling_rate_limit  = var.throttling_rate_limit
    throttling_burst_limit = var.throttling_burst_limit
  }
}
