# SPDX-License-Identifier: Apache-2.0

locals {
  # The request of each method.
  methods = {
    post_event = {
      http_method        = "POST"
      resource_id        = aws_api_gateway_resource.event.id
      request_parameters = {}
      request_models     = { "application/json" = aws_api_gateway_model.event.name }
      source             = "POST/event"
    }
    get_event = {
      http_method        = "GET"
      resource_id        = aws_api_gateway_resource.event_id.id
      request_parameters = { "method.request.path.id" = true }
      request_models     = {}
      source             = "GET/event/*"
    }
  }

  # The gateway's own errors, in the form of the bridge's problem documents (RFC 9457).
  problems = {
    BAD_REQUEST_BODY    = { status = 400, title = "Bad Request", detail = "The body is not the JSON that this API takes." }
    INVALID_API_KEY     = { status = 403, title = "Forbidden", detail = "The header x-api-key must hold a key of this API." }
    THROTTLED           = { status = 429, title = "Too Many Requests", detail = "Try again later." }
    QUOTA_EXCEEDED      = { status = 429, title = "Too Many Requests", detail = "The quota of this API key is used up." }
    INTEGRATION_TIMEOUT = { status = 504, title = "Gateway Timeout", detail = "The answer did not come in time. The work may still complete." }
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

resource "aws_api_gateway_model" "event" {
  rest_api_id  = aws_api_gateway_rest_api.this.id
  name         = "Event"
  description  = "What POST /event takes"
  content_type = "application/json"
  schema       = var.event_schema
}

resource "aws_api_gateway_request_validator" "this" {
  rest_api_id                 = aws_api_gateway_rest_api.this.id
  name                        = "body and parameters"
  validate_request_body       = true
  validate_request_parameters = true
}

resource "aws_api_gateway_method" "this" {
  for_each = local.methods

  rest_api_id          = aws_api_gateway_rest_api.this.id
  resource_id          = each.value.resource_id
  http_method          = each.value.http_method
  authorization        = "NONE"
  api_key_required     = var.api_key_required
  operation_name       = each.key
  request_parameters   = each.value.request_parameters
  request_models       = each.value.request_models
  request_validator_id = aws_api_gateway_request_validator.this.id
}

resource "aws_api_gateway_integration" "this" {
  for_each = local.methods

  rest_api_id             = aws_api_gateway_rest_api.this.id
  resource_id             = each.value.resource_id
  http_method             = aws_api_gateway_method.this[each.key].http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_alias.bridge.invoke_arn
  timeout_milliseconds    = var.integration_timeout_ms
}

resource "aws_lambda_permission" "api" {
  for_each = local.methods

  statement_id  = each.key
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.bridge.function_name
  qualifier     = aws_lambda_alias.bridge.name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.this.execution_arn}/${var.stage_name}/${each.value.source}"
}

resource "aws_api_gateway_gateway_response" "problem" {
  for_each = local.problems

  rest_api_id   = aws_api_gateway_rest_api.this.id
  response_type = each.key
  status_code   = tostring(each.value.status)

  response_parameters = {
    "gatewayresponse.header.Content-Type" = "'application/problem+json'"
  }

  response_templates = {
    "application/json" = jsonencode(merge(each.value, { type = "about:blank", requestId = "$context.requestId" }))
  }
}

resource "aws_api_gateway_deployment" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  description = "POST /event and GET /event/{id}"

  # A deployment is a snapshot of the resources listed here. The hash covers settings as given, and
  # ids: values that the provider reads back may be formatted differently, and a second plan would not
  # be empty.
  triggers = {
    snapshot = sha1(jsonencode([
      aws_api_gateway_resource.event.id,
      aws_api_gateway_resource.event_id.id,
      aws_api_gateway_request_validator.this.id,
      aws_lambda_alias.bridge.invoke_arn,
      var.api_key_required,
      var.event_schema,
      var.integration_timeout_ms,
      local.problems,
      { for key, method in local.methods : key => [method.http_method, method.request_parameters, keys(method.request_models)] },
    ]))
  }

  depends_on = [
    aws_api_gateway_integration.this,
    aws_api_gateway_gateway_response.problem,
    aws_api_gateway_model.event,
  ]

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
  kms_key_id        = var.kms_key_arn
}

# The gateway would create this group itself, without a retention.
resource "aws_cloudwatch_log_group" "execution" {
  name              = "API-Gateway-Execution-Logs_${aws_api_gateway_rest_api.this.id}/${var.stage_name}"
  retention_in_days = var.log_retention_in_days
  kms_key_id        = var.kms_key_arn
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

  depends_on = [
    aws_api_gateway_account.this,
    aws_cloudwatch_log_group.execution,
  ]
}

resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  stage_name  = aws_api_gateway_stage.this.stage_name
  method_path = "*/*"

  settings {
    metrics_enabled = true
    logging_level   = var.execution_log_level
    # Bodies hold people's names.
    data_trace_enabled     = false
    throttling_rate_limit  = var.throttling_rate_limit
    throttling_burst_limit = var.throttling_burst_limit
  }
}

################################################################################
# Rate limits of callers
################################################################################

resource "aws_api_gateway_usage_plan" "this" {
  name        = var.function_name
  description = "For the holders of API keys"

  api_stages {
    api_id = aws_api_gateway_rest_api.this.id
    stage  = aws_api_gateway_stage.this.stage_name
  }

  throttle_settings {
    rate_limit  = var.usage_plan.rate_limit
    burst_limit = var.usage_plan.burst_limit
  }

  dynamic "quota_settings" {
    for_each = var.usage_plan.quota_limit == null ? [] : [var.usage_plan.quota_limit]

    content {
      limit  = quota_settings.value
      period = var.usage_plan.quota_period
    }
  }
}

# Keys are created elsewhere: their values would be in the state.
resource "aws_api_gateway_usage_plan_key" "this" {
  for_each = var.api_key_ids

  usage_plan_id = aws_api_gateway_usage_plan.this.id
  key_id        = each.value
  key_type      = "API_KEY"
}
