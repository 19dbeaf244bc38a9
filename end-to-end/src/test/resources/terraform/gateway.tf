# SPDX-License-Identifier: Apache-2.0
variable "rev" { default = "1" }
resource "aws_sqs_queue" "jobs" { name = "jobs" }
resource "aws_iam_role" "gw" {
  name               = "gw"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "apigateway.amazonaws.com" } }] })
}
resource "aws_api_gateway_rest_api" "a" { name = "a" }
resource "aws_api_gateway_resource" "s" {
  rest_api_id = aws_api_gateway_rest_api.a.id
  parent_id   = aws_api_gateway_rest_api.a.root_resource_id
  path_part   = "submit"
}
resource "aws_api_gateway_authorizer" "auth" {
  name                             = "auth"
  rest_api_id                      = aws_api_gateway_rest_api.a.id
  authorizer_uri                   = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:111111111111:function:f/invocations"
  identity_validation_expression   = "Bearer .*"
  authorizer_result_ttl_in_seconds = var.rev == "1" ? 60 : 120
}
resource "aws_api_gateway_method" "post" {
  rest_api_id        = aws_api_gateway_rest_api.a.id
  resource_id        = aws_api_gateway_resource.s.id
  http_method        = "POST"
  authorization      = "NONE"
  request_parameters = { "method.request.querystring.q" = false }
}
resource "aws_api_gateway_method" "get" {
  rest_api_id   = aws_api_gateway_rest_api.a.id
  resource_id   = aws_api_gateway_resource.s.id
  http_method   = "GET"
  authorization = "CUSTOM"
  authorizer_id = aws_api_gateway_authorizer.auth.id
}
resource "aws_api_gateway_integration" "get" {
  rest_api_id             = aws_api_gateway_rest_api.a.id
  resource_id             = aws_api_gateway_resource.s.id
  http_method             = aws_api_gateway_method.get.http_method
  type                    = "HTTP_PROXY"
  integration_http_method = "GET"
  uri                     = "https://example.com/${var.rev}"
}
resource "aws_api_gateway_integration" "post" {
  rest_api_id             = aws_api_gateway_rest_api.a.id
  resource_id             = aws_api_gateway_resource.s.id
  http_method             = aws_api_gateway_method.post.http_method
  type                    = "AWS"
  integration_http_method = "POST"
  credentials             = aws_iam_role.gw.arn
  uri                     = "arn:aws:apigateway:us-east-1:sqs:path/${split(":", aws_sqs_queue.jobs.arn)[4]}/jobs"
  passthrough_behavior    = "NEVER"
  content_handling        = "CONVERT_TO_TEXT"
  request_parameters = var.rev == "1" ? {
    "integration.request.header.Content-Type" = "'application/x-www-form-urlencoded'"
    "integration.request.querystring.q"       = "method.request.querystring.q"
  } : { "integration.request.header.Content-Type" = "'application/x-www-form-urlencoded'" }
  request_templates = { "application/json" = "Action=SendMessage&MessageBody=$util.urlEncode($input.body)${var.rev}" }
}
resource "aws_api_gateway_method_response" "ok" {
  rest_api_id         = aws_api_gateway_rest_api.a.id
  resource_id         = aws_api_gateway_resource.s.id
  http_method         = aws_api_gateway_method.post.http_method
  status_code         = "200"
  response_parameters = { "method.response.header.X" = true }
}
resource "aws_api_gateway_integration_response" "ok" {
  rest_api_id         = aws_api_gateway_rest_api.a.id
  resource_id         = aws_api_gateway_resource.s.id
  http_method         = aws_api_gateway_integration.post.http_method
  status_code         = aws_api_gateway_method_response.ok.status_code
  response_parameters = { "method.response.header.X" = "'${var.rev}'" }
  response_templates  = { "application/json" = "{\"id\":\"$context.requestId\"}" }
}
resource "aws_api_gateway_rest_api" "b" {
  name              = "b"
  put_rest_api_mode = "overwrite"
  body              = jsonencode({ openapi = "3.0.1", info = { title = "b", version = "1.0" }, paths = { "/x${var.rev}" = { get = { responses = { "200" = { description = "x" } }, "x-amazon-apigateway-integration" = { type = "mock", requestTemplates = { "application/json" = "{statusCode:200}" }, responses = { default = { statusCode = "200" } } } } } } })
}
