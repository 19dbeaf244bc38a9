# SPDX-License-Identifier: Apache-2.0

output "lambda_function_arn" {
  description = "ARN of the bridge function"
  value       = aws_lambda_function.bridge.arn
}

output "state_machine_arn" {
  description = "ARN of the state machine; null with backend = \"worker\""
  value       = one(aws_sfn_state_machine.workflow[*].arn)
}

output "worker_function_arn" {
  description = "ARN of the worker function; null with any backend but \"worker\""
  value       = one(aws_lambda_function.worker[*].arn)
}

output "api_endpoint" {
  description = "URL to POST events to"
  value = var.local_endpoint == null ? "${aws_api_gateway_stage.this.invoke_url}/event" : (
    "${var.local_endpoint}/restapis/${aws_api_gateway_rest_api.this.id}/${aws_api_gateway_stage.this.stage_name}/_user_request_/event"
  )
}

output "rest_api_id" {
  description = "Id of the REST API"
  value       = aws_api_gateway_rest_api.this.id
}

output "stage_name" {
  description = "Stage of the REST API"
  value       = aws_api_gateway_stage.this.stage_name
}

output "connection_arn" {
  description = "ARN of the EventBridge connection through which the workflow publishes; null with any backend but \"stepfunctions\""
  value       = local.connection_arn
}

output "appsync_host" {
  description = "AppSync Events host to publish to"
  value       = local.appsync_host
}

output "appsync_host_realtime" {
  description = "AppSync Events host to subscribe to"
  value       = local.appsync_host_realtime
}

output "secretsmanager_arn" {
  description = "ARN of the secret that holds the AppSync Events API key"
  value       = local.secret_arn
}

output "usage_plan_id" {
  description = "Id of the usage plan, for API keys that are created outside Terraform"
  value       = aws_api_gateway_usage_plan.this.id
}

output "worker_queue_url" {
  description = "URL of the queue from which the worker receives jobs; null with any backend but \"worker\""
  value       = one(aws_sqs_queue.worker[*].url)
}

output "dead_letter_queue_url" {
  description = "URL of the queue of jobs that failed every try; null with any backend but \"worker\""
  value       = one(aws_sqs_queue.dead_letters[*].url)
}
