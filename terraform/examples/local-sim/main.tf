# SPDX-License-Identifier: Apache-2.0

provider "aws" {
  region     = "us-east-1"
  access_key = "local"
  secret_key = "local"

  # What local-sim does not support it refuses at once; the default of 25 attempts would hide that.
  max_retries                 = 2
  skip_credentials_validation = true
  skip_metadata_api_check     = true

  endpoints {
    apigateway     = var.endpoint
    cloudformation = var.endpoint
    cloudwatch     = var.endpoint
    iam            = var.endpoint
    lambda         = var.endpoint
    logs           = var.endpoint
    sfn            = var.endpoint
    sqs            = var.endpoint
    sts            = var.endpoint
  }

  default_tags {
    tags = { Project = "syncline" }
  }
}

module "syncline" {
  source = "../../"

  lambda_file    = "${path.module}/../../../bridge-lambda/target/bridge-lambda.jar"
  worker_file    = "${path.module}/../../../backend-worker/target/backend-worker.jar"
  local_endpoint = var.endpoint
}
