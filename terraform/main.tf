# SPDX-License-Identifier: Apache-2.0

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  uses_workflow = var.backend == "stepfunctions"
  uses_express  = var.backend == "express"
  uses_worker   = var.backend == "worker"
  worker_name   = "${var.function_name}-worker"

  has_state_machine = local.uses_workflow || local.uses_express
  # In seconds.
  worker_timeout = 120

  partition  = data.aws_partition.current.partition
  account_id = data.aws_caller_identity.current.account_id
  region     = data.aws_region.current.id

  # Names instead of references where a reference would be circular.
  state_machine_arn = "arn:${local.partition}:states:${local.region}:${local.account_id}:stateMachine:${var.workflow_name}"
  execution_arns    = "arn:${local.partition}:states:${local.region}:${local.account_id}:execution:${var.workflow_name}:*"

  # The Events API is given, or created here.
  events_outputs        = one(aws_cloudformation_stack.events_api[*].outputs)
  appsync_host          = var.events_api == null ? local.events_outputs["AppSyncHost"] : var.events_api.http_host
  appsync_host_realtime = var.events_api == null ? local.events_outputs["AppSyncRealtimeHost"] : var.events_api.realtime_host
  secret_arn            = var.events_api == null ? local.events_outputs["SecretsManagerArn"] : var.events_api.secret_arn
  connection_arn        = var.events_api == null ? lookup(local.events_outputs, "ConnectionArn", null) : var.events_api.connection_arn
  connection_secret_arn = var.events_api == null ? lookup(local.events_outputs, "ConnectionSecretArn", null) : var.events_api.connection_secret_arn

  # If the Events API is given, the secret is given with it or left out.
  has_idempotency_secret = var.events_api == null || try(var.events_api.idempotency_secret_arn, null) != null
  idempotency_secret_arn = var.events_api == null ? local.events_outputs["IdempotencySecretArn"] : var.events_api.idempotency_secret_arn

  appsync_environment = {
    APPSYNC_HTTP_HOST          = local.appsync_host
    APPSYNC_REALTIME_HOST      = local.appsync_host_realtime
    APPSYNC_NAMESPACE          = var.channel_namespace
    APPSYNC_API_KEY_SECRET_ARN = local.secret_arn
  }
}

################################################################################
# The channel
################################################################################

resource "aws_cloudformation_stack" "events_api" {
  count = var.events_api == null ? 1 : 0

  name               = "${var.function_name}-events"
  template_body      = file("${path.module}/../cloudformation/events-api.yaml")
  timeout_in_minutes = 10

  parameters = {
    ChannelNamespace = var.channel_namespace
    ApiKeyExpires    = tostring(var.api_key_expires)
    Connection       = local.uses_workflow ? "create" : "none"
  }
}

################################################################################
# The asynchronous side: a workflow
################################################################################

resource "aws_cloudwatch_log_group" "workflow" {
  count = local.has_state_machine ? 1 : 0

  name              = "/aws/vendedlogs/states/${var.workflow_name}"
  retention_in_days = var.log_retention_in_days
  kms_key_id        = var.kms_key_arn
}

resource "aws_sfn_state_machine" "workflow" {
  count = local.has_state_machine ? 1 : 0

  name     = var.workflow_name
  role_arn = aws_iam_role.workflow[0].arn
  type     = local.uses_express ? "EXPRESS" : "STANDARD"

  # An Express workflow returns its output; it makes no calls.
  definition = local.uses_express ? file("${path.module}/../cloudformation/express.asl.json") : templatefile("${path.module}/../cloudformation/workflow.asl.json", {
    AppSyncHttpHost = local.appsync_host
    ConnectionArn   = local.connection_arn
  })

  logging_configuration {
    level = "ERROR"
    # The data are people's names.
    include_execution_data = false
    log_destination        = "${aws_cloudwatch_log_group.workflow[0].arn}:*"
  }

  depends_on = [aws_iam_role_policy.workflow]
}

################################################################################
# The asynchronous side: a function on a queue
################################################################################

# Jobs that failed every try.
resource "aws_sqs_queue" "dead_letters" {
  count = local.uses_worker ? 1 : 0

  name                      = "${local.worker_name}-dead-letters"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

resource "aws_sqs_queue" "worker" {
  count = local.uses_worker ? 1 : 0

  name = local.worker_name
  # Six times the function's limit, as Lambda recommends.
  visibility_timeout_seconds = 6 * local.worker_timeout
  sqs_managed_sse_enabled    = true

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_letters[0].arn
    maxReceiveCount     = var.worker_attempts
  })
}

# Only the work queue may use this dead-letter queue.
resource "aws_sqs_queue_redrive_allow_policy" "dead_letters" {
  count = local.uses_worker ? 1 : 0

  queue_url = aws_sqs_queue.dead_letters[0].id

  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [aws_sqs_queue.worker[0].arn]
  })
}

resource "aws_lambda_event_source_mapping" "worker" {
  count = local.uses_worker ? 1 : 0

  event_source_arn        = aws_sqs_queue.worker[0].arn
  function_name           = aws_lambda_function.worker[0].arn
  batch_size              = 10
  function_response_types = ["ReportBatchItemFailures"]
}

resource "aws_cloudwatch_log_group" "worker" {
  count = local.uses_worker ? 1 : 0

  name              = "/aws/lambda/${local.worker_name}"
  retention_in_days = var.log_retention_in_days
  kms_key_id        = var.kms_key_arn
}

resource "aws_lambda_function" "worker" {
  count = local.uses_worker ? 1 : 0

  function_name    = local.worker_name
  description      = "Does the work of an event and publishes the result"
  role             = aws_iam_role.worker[0].arn
  runtime          = "java21"
  architectures    = [var.architecture]
  handler          = coalesce(var.worker_handler, "dev.syncline.worker.lambda.SqsWorkerHandler")
  filename         = var.worker_file
  source_code_hash = var.worker_file == null ? null : filebase64sha256(var.worker_file)
  memory_size      = 512
  timeout          = local.worker_timeout
  kms_key_arn      = var.kms_key_arn

  environment {
    variables = merge(
      local.appsync_environment,
      var.worker_delay_ms == null ? {} : { WORKER_DELAY_MS = tostring(var.worker_delay_ms) },
      var.work_class == null ? {} : { WORK_CLASS = var.work_class }
    )
  }

  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.worker[0].name
  }

  depends_on = [aws_iam_role_policy.worker]

  lifecycle {
    precondition {
      condition     = var.worker_file != null
      error_message = "backend = \"worker\" needs worker_file, the path of the worker's jar."
    }
  }
}

################################################################################
# The synchronous side: the bridge
################################################################################

resource "aws_cloudwatch_log_group" "bridge" {
  name              = "/aws/lambda/${var.function_name}"
  retention_in_days = var.log_retention_in_days
  kms_key_id        = var.kms_key_arn
}

resource "aws_lambda_function" "bridge" {
  function_name    = var.function_name
  description      = "Holds the client until the asynchronous result has arrived"
  role             = aws_iam_role.bridge.arn
  runtime          = "java21"
  architectures    = [var.architecture]
  handler          = "dev.syncline.bridge.BridgeHandler::handleRequest"
  filename         = var.lambda_file
  source_code_hash = filebase64sha256(var.lambda_file)
  memory_size      = var.bridge_memory_size
  kms_key_arn      = var.kms_key_arn
  # Below the gateway's limit, after which no client waits.
  timeout = floor(var.integration_timeout_ms / 1000) - 1
  # SnapStart works on published versions only, so the gateway calls a version.
  publish = true

  # Left out when off: a block with "None" would be a difference in every plan.
  dynamic "snap_start" {
    for_each = var.snap_start ? ["PublishedVersions"] : []

    content {
      apply_on = snap_start.value
    }
  }

  environment {
    variables = merge(
      local.appsync_environment,
      { WAIT_BUDGET_MS = tostring(var.integration_timeout_ms) },
      local.has_idempotency_secret ? { IDEMPOTENCY_SECRET_ARN = local.idempotency_secret_arn } : {},
      local.has_state_machine ? {
        BACKEND           = local.uses_express ? "stepfunctions-express" : "stepfunctions"
        STATE_MACHINE_ARN = aws_sfn_state_machine.workflow[0].arn
        } : {
        BACKEND          = "sqs"
        WORKER_QUEUE_URL = aws_sqs_queue.worker[0].url
      }
    )
  }

  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.bridge.name
  }

  depends_on = [aws_iam_role_policy.bridge]
}

resource "aws_lambda_alias" "bridge" {
  name             = "live"
  description      = "The version that the REST API calls"
  function_name    = aws_lambda_function.bridge.function_name
  function_version = aws_lambda_function.bridge.version
}
