# SPDX-License-Identifier: Apache-2.0

variable "endpoint" {
  description = "Where local-sim listens"
  type        = string
  default     = "http://127.0.0.1:4566"

  validation {
    condition     = can(regex("^https?://[^/]+$", var.endpoint))
    error_message = "endpoint must be a URL without a path, such as http://127.0.0.1:4566."
  }
}
