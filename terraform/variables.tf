# SPDX-License-Identifier: Apache-2.0

################################################################################
# Names and code
################################################################################

variable "workflow_name" {
  description = "Name of the Step Functions state machine"
  type        = string
  default     = "syncline-workflow"

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,80}$", var.workflow_name))
    error_message = "workflow_name must be 1 to 80 letters, digits, dashes or underscores."
  }
}

variable "function_name" {
  description = "Name of the bridge function; the other resources take their names from it"
  type        = string
  default     = "syncline-bridge"

  validation {
    condition     = can(regex("^[A-Za-z][A-Za-z0-9-]{0,47}$", var.function_name))
    error_message = "function_name must begin with a letter and be at most 48 letters, digits or dashes."
  }
}

variable "lambda_file" {
  description = "Path of the bridge's jar"
  type        = string

  validation {
    condition     = can(regex("\\.(jar|zip)$", var.lambda_file))
    error_message = "lambda_file must be a .jar or .zip file."
  }
}

variable "worker_file" {
  description = "Path of the worker's jar; needed with backend = \"worker\""
  type        = string
  default     = null

  validation {
    condition     = var.worker_file == null || can(regex("\\.(jar|zip)$", var.worker_file))
    error_message = "worker_file must be a .jar or .zip file."
  }
}

################################################################################
# Behaviour
################################################################################

variable "backend" {
  description = "Who does the work: \"stepfunctions\" or \"worker\""
  type        = string
  default     = "stepfunctions"

  validation {
    condition     = contains(["stepfunctions", "worker"], var.backend)
    error_message = "backend must be stepfunctions or worker."
  }
}

variable "worker_delay_ms" {
  description = "How long the worker pretends to work, in milliseconds"
  type        = number
  default     = 10000

  validation {
    condition     = var.worker_delay_ms >= 0 && var.worker_delay_ms <= 99999
    error_message = "worker_delay_ms must be from 0 to 99999."
  }
}

variable "stage_name" {
  description = "Stage of the REST API; the first segment of its path"
  type        = string
  default     = "dev"

  validation {
    condition     = can(regex("^[A-Za-z0-9_]{1,128}$", var.stage_name))
    error_message = "stage_name must be 1 to 128 letters, digits or underscores."
  }
}

variable "channel_namespace" {
  description = "AppSync Events namespace that carries the replies"
  type        = string
  default     = "AsyncEvents"

  validation {
    condition     = can(regex("^[A-Za-z0-9]([A-Za-z0-9-]{0,48}[A-Za-z0-9])?$", var.channel_namespace))
    error_message = "channel_namespace must be 1 to 50 letters, digits or inner dashes."
  }
}

variable "api_key_expires" {
  description = "When the AppSync API key expires, in seconds since 1970; 0 leaves it to the service (7 days)"
  type        = number
  default     = 0

  validation {
    condition     = var.api_key_expires >= 0
    error_message = "api_key_expires must not be negative."
  }
}

variable "bridge_memory_size" {
  description = "Memory of the bridge in MB"
  type        = number
  default     = 512

  validation {
    condition     = var.bridge_memory_size >= 128 && var.bridge_memory_size <= 10240
    error_message = "bridge_memory_size must be from 128 to 10240."
  }
}

variable "architecture" {
  description = "Instruction set of the functions: \"arm64\" or \"x86_64\""
  type        = string
  default     = "arm64"

  validation {
    condition     = contains(["arm64", "x86_64"], var.architecture)
    error_message = "architecture must be arm64 or x86_64."
  }
}

################################################################################
# Operation
################################################################################

variable "log_retention_in_days" {
  description = "How long log events are kept"
  type        = number
  default     = 14

  validation {
    condition = contains(
      [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
      var.log_retention_in_days
    )
    error_message = "log_retention_in_days must be a period that CloudWatch Logs offers, such as 14."
  }
}

variable "throttling_rate_limit" {
  description = "Requests per second that the REST API lets through"
  type        = number
  default     = 100
}

variable "throttling_burst_limit" {
  description = "Requests at once that the REST API lets through"
  type        = number
  default     = 200
}

variable "create_api_gateway_log_role" {
  description = "Whether to set API Gateway's log role, which belongs to the whole account and region; false relies on the one that is set"
  type        = bool
  default     = true
}
