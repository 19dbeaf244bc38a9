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
  description = "The backend: \"stepfunctions\", \"express\" (an Express workflow, run synchronously) or \"worker\""
  type        = string
  default     = "stepfunctions"

  validation {
    condition     = contains(["stepfunctions", "express", "worker"], var.backend)
    error_message = "backend must be stepfunctions, express or worker."
  }
}

variable "work_class" {
  description = "Your class that implements dev.syncline.worker.Work, in worker_file; null for the sample's work"
  type        = string
  default     = null

  validation {
    condition     = var.work_class == null || can(regex("^[A-Za-z0-9_.$]{1,200}$", var.work_class))
    error_message = "work_class must be the name of a class."
  }
}

variable "worker_handler" {
  description = "Handler of your own worker, which implements the contract itself; null for backend-worker's"
  type        = string
  default     = null
}

variable "worker_delay_ms" {
  description = "Delay of a job before its work, in milliseconds; null for 10000 with the sample's work, whose duration it simulates, and for 0 with work_class"
  type        = number
  default     = null

  validation {
    condition     = var.worker_delay_ms == null || (coalesce(var.worker_delay_ms, 0) >= 0 && coalesce(var.worker_delay_ms, 0) <= 99999)
    error_message = "worker_delay_ms must be from 0 to 99999."
  }
}

variable "worker_attempts" {
  description = "Number of tries of a job before it moves to the dead-letter queue"
  type        = number
  default     = 3

  validation {
    condition     = var.worker_attempts >= 1 && var.worker_attempts <= 1000
    error_message = "worker_attempts must be from 1 to 1000."
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

variable "events_api" {
  description = "An existing AppSync Events API; null creates one through CloudFormation"
  type = object({
    http_host             = string
    realtime_host         = string
    secret_arn            = string
    connection_arn        = optional(string)
    connection_secret_arn = optional(string)
    # Without it any client that knows an Idempotency-Key can compute the id.
    idempotency_secret_arn = optional(string)
  })
  default = null
}

variable "event_schema" {
  description = "JSON schema (draft 4) of the body of POST /event, as text; the default accepts any JSON"
  type        = string
  default     = "{\"$schema\":\"http://json-schema.org/draft-04/schema#\",\"title\":\"Event\"}"

  validation {
    condition     = can(jsondecode(var.event_schema))
    error_message = "event_schema must be JSON."
  }
}

variable "integration_timeout_ms" {
  description = "How long the gateway waits for the bridge, in milliseconds; above 29000 the account's quota must be raised first"
  type        = number
  default     = 29000

  validation {
    condition     = var.integration_timeout_ms >= 2000 && var.integration_timeout_ms <= 300000
    error_message = "integration_timeout_ms must be from 2000 to 300000."
  }
}

variable "snap_start" {
  description = "Whether the bridge starts from a snapshot (SnapStart)"
  type        = bool
  default     = true
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
  description = "Retention of log events, in days"
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

variable "execution_log_level" {
  description = "Level of the REST API's execution log, which never contains bodies: \"OFF\", \"ERROR\" or \"INFO\""
  type        = string
  default     = "ERROR"

  validation {
    condition     = contains(["OFF", "ERROR", "INFO"], var.execution_log_level)
    error_message = "execution_log_level must be OFF, ERROR or INFO."
  }
}

variable "alarm_actions" {
  description = "ARNs that alarms notify, such as an SNS topic's, when they enter ALARM and when they return to OK"
  type        = list(string)
  default     = []
}

variable "kms_key_arn" {
  description = "Customer managed KMS key for logs and the functions' environment; null leaves them to keys that AWS owns. Its policy must let CloudWatch Logs use it"
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a key (arn:aws:kms:…:key/…)."
  }
}

variable "throttling_rate_limit" {
  description = "Requests per second that the REST API accepts"
  type        = number
  default     = 100

  validation {
    condition     = var.throttling_rate_limit > 0
    error_message = "throttling_rate_limit must be positive."
  }
}

variable "throttling_burst_limit" {
  description = "Burst of requests that the REST API accepts"
  type        = number
  default     = 200

  validation {
    condition     = var.throttling_burst_limit >= 1
    error_message = "throttling_burst_limit must be at least 1."
  }
}

variable "api_key_required" {
  description = "Whether requests need the header x-api-key, with one of api_key_ids"
  type        = bool
  default     = false
}

variable "api_key_ids" {
  description = "Ids of API Gateway's API keys in the usage plan; create them outside Terraform, whose state would show their values"
  type        = set(string)
  default     = []
}

variable "usage_plan" {
  description = "Limits of an API key: requests per second, burst, and a quota per DAY, WEEK or MONTH (null: none)"
  type = object({
    rate_limit   = optional(number, 10)
    burst_limit  = optional(number, 20)
    quota_limit  = optional(number)
    quota_period = optional(string, "DAY")
  })
  default = {}

  validation {
    condition     = contains(["DAY", "WEEK", "MONTH"], var.usage_plan.quota_period)
    error_message = "usage_plan.quota_period must be DAY, WEEK or MONTH."
  }
}

variable "create_api_gateway_log_role" {
  description = "Whether to set API Gateway's log role, which belongs to the whole account and region; false uses the role that is already set"
  type        = bool
  default     = true
}

variable "local_endpoint" {
  description = "Address of local-sim, such as http://127.0.0.1:4566; it changes only the output api_endpoint"
  type        = string
  default     = null

  validation {
    condition     = var.local_endpoint == null || can(regex("^https?://[^/]+$", var.local_endpoint))
    error_message = "local_endpoint must be a URL without a path, such as http://127.0.0.1:4566."
  }
}
