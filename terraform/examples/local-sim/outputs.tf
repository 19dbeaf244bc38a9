# SPDX-License-Identifier: Apache-2.0

output "api_endpoint" {
  description = "URL to POST events to, on local-sim"
  value       = "${var.endpoint}/restapis/${module.syncline.rest_api_id}/${module.syncline.stage_name}/_user_request_/event"
}

output "state_machine_arn" {
  description = "ARN of the state machine"
  value       = module.syncline.state_machine_arn
}

output "lambda_function_arn" {
  description = "ARN of the bridge function"
  value       = module.syncline.lambda_function_arn
}
