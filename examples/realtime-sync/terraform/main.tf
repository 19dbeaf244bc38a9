# SPDX-License-Identifier: Apache-2.0
terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.80"
    }
  }
}

variable "name" {
  type        = string
  default     = "realtime-sync"
  description = "Name of the API, the function and the roles."
}

variable "language" {
  type        = string
  default     = "python"
  description = "Language of the function: python or java."
  validation {
    condition     = contains(["python", "java"], var.language)
    error_message = "language must be python or java."
  }
}

variable "function_file" {
  type        = string
  description = "Package of the function: a zip file for python, a jar file for java."
}

data "aws_partition" "current" {}

locals {
  in_python = var.language == "python"
  resolvers = {
    createItem    = { type = "Mutation", source = aws_appsync_datasource.items.name }
    updateItem    = { type = "Mutation", source = aws_appsync_datasource.items.name }
    deleteItem    = { type = "Mutation", source = aws_appsync_datasource.items.name }
    publishChange = { type = "Mutation", source = aws_appsync_datasource.none.name }
    getItem       = { type = "Query", source = aws_appsync_datasource.items.name }
    listItems     = { type = "Query", source = aws_appsync_datasource.items.name }
  }
}

resource "aws_dynamodb_table" "items" {
  name             = var.name
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"
  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_appsync_graphql_api" "this" {
  name                = var.name
  authentication_type = "API_KEY"
  schema              = file("${path.module}/../schema.graphql")
  additional_authentication_provider {
    authentication_type = "AWS_IAM"
  }
  log_config {
    cloudwatch_logs_role_arn = aws_iam_role.logs.arn
    field_log_level          = "ERROR"
  }
}

resource "aws_appsync_api_key" "this" {
  api_id = aws_appsync_graphql_api.this.id
}

data "aws_iam_policy_document" "appsync" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["appsync.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "logs" {
  name               = "${var.name}-logs"
  assume_role_policy = data.aws_iam_policy_document.appsync.json
}

resource "aws_iam_role_policy_attachment" "logs" {
  role       = aws_iam_role.logs.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AWSAppSyncPushToCloudWatchLogs"
}

resource "aws_iam_role" "items" {
  name               = "${var.name}-items"
  assume_role_policy = data.aws_iam_policy_document.appsync.json
}

resource "aws_iam_role_policy" "items" {
  name = "items"
  role = aws_iam_role.items.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = [
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "dynamodb:DeleteItem",
        "dynamodb:Scan",
      ]
      Resource = aws_dynamodb_table.items.arn
    }]
  })
}

resource "aws_appsync_datasource" "items" {
  api_id           = aws_appsync_graphql_api.this.id
  name             = "items"
  type             = "AMAZON_DYNAMODB"
  service_role_arn = aws_iam_role.items.arn
  dynamodb_config {
    table_name = aws_dynamodb_table.items.name
  }
}

resource "aws_appsync_datasource" "none" {
  api_id = aws_appsync_graphql_api.this.id
  name   = "none"
  type   = "NONE"
}

resource "aws_appsync_resolver" "this" {
  for_each    = local.resolvers
  api_id      = aws_appsync_graphql_api.this.id
  type        = each.value.type
  field       = each.key
  data_source = each.value.source
  code        = file("${path.module}/../resolvers/${each.key}.js")
  runtime {
    name            = "APPSYNC_JS"
    runtime_version = "1.0.0"
  }
}

resource "aws_sqs_queue" "unpublished" {
  name                      = "${var.name}-unpublished"
  message_retention_seconds = 1209600
}

resource "aws_iam_role" "publisher" {
  name = "${var.name}-publisher"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "publisher" {
  role       = aws_iam_role.publisher.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AWSLambdaDynamoDBExecutionRole"
}

resource "aws_iam_role_policy" "publisher" {
  name = "publish"
  role = aws_iam_role.publisher.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "appsync:GraphQL"
        Resource = "${aws_appsync_graphql_api.this.arn}/types/Mutation/fields/publishChange"
      },
      {
        Effect   = "Allow"
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.unpublished.arn
      },
    ]
  })
}

resource "aws_lambda_function" "publisher" {
  function_name    = "${var.name}-publisher"
  role             = aws_iam_role.publisher.arn
  runtime          = local.in_python ? "python3.13" : "java21"
  handler          = local.in_python ? "publish_changes.handler" : "example.PublishChanges::handleRequest"
  timeout          = 30
  memory_size      = 512
  filename         = var.function_file
  source_code_hash = filebase64sha256(var.function_file)
  environment {
    variables = {
      GRAPHQL_URL = aws_appsync_graphql_api.this.uris["GRAPHQL"]
    }
  }
  depends_on = [
    aws_iam_role_policy.publisher,
    aws_iam_role_policy_attachment.publisher,
  ]
}

resource "aws_lambda_event_source_mapping" "changes" {
  event_source_arn        = aws_dynamodb_table.items.stream_arn
  function_name           = aws_lambda_function.publisher.arn
  starting_position       = "TRIM_HORIZON"
  batch_size              = 10
  maximum_retry_attempts  = 5
  function_response_types = ["ReportBatchItemFailures"]
  destination_config {
    on_failure {
      destination_arn = aws_sqs_queue.unpublished.arn
    }
  }
}

output "graphql_url" {
  description = "The API."
  value       = aws_appsync_graphql_api.this.uris["GRAPHQL"]
}

output "realtime_url" {
  description = "The API for subscriptions."
  value       = aws_appsync_graphql_api.this.uris["REALTIME"]
}

output "api_key" {
  description = "The key of clients."
  value       = aws_appsync_api_key.this.key
  sensitive   = true
}

output "table_name" {
  value = aws_dynamodb_table.items.name
}

output "unpublished_url" {
  description = "The queue with the positions of changes that could not be published."
  value       = aws_sqs_queue.unpublished.url
}
