# SPDX-License-Identifier: Apache-2.0

output "api_endpoint" {
  description = "URL to POST events to, on local-sim"
  value       = module.syncline.api_endpoint
}

output "state_machine_arn" {
  description = "ARN of the state machine; null with backend = \"worker\""
  value       = module.syncline.state_machine_arn
}

output "lambda_function_arn" {
  description = "ARN of the bridge function"
  value       = module.syncline.lambda_function_arn
}
