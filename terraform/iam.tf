# SPDX-License-Identifier: Apache-2.0

locals {
  from_this_account = { "aws:SourceAccount" = local.account_id }

  # Trust policies by role. API Gateway sends no source to test.
  trust = {
    for role, trusted in {
      lambda   = { service = "lambda", conditions = [{ StringEquals = local.from_this_account }] }
      api_logs = { service = "apigateway", conditions = [] }
      workflow = { service = "states", conditions = [{
        StringEquals = local.from_this_account
        ArnEquals    = { "aws:SourceArn" = local.state_machine_arn }
      }] }
    } :
    role => jsonencode({
      Version = "2012-10-17"
      Statement = [merge(
        {
          Effect    = "Allow"
          Principal = { Service = "${trusted.service}.amazonaws.com" }
          Action    = "sts:AssumeRole"
        },
        [for condition in trusted.conditions : { Condition = condition }]...
      )]
    })
  }

  # Statements that let a function write to its log group.
  write_logs = {
    for name, group in merge(
      { bridge = aws_cloudwatch_log_group.bridge },
      { for worker in aws_cloudwatch_log_group.worker : "worker" => worker }
    ) :
    name => {
      Sid      = "WriteLogs"
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${group.arn}:*"
    }
  }

  read_api_key = {
    Sid      = "ReadTheApiKey"
    Effect   = "Allow"
    Action   = "secretsmanager:GetSecretValue"
    Resource = local.secret_arn
  }

  read_idempotency_secret = local.has_idempotency_secret ? [{
    Sid      = "ReadTheIdempotencySecret"
    Effect   = "Allow"
    Action   = "secretsmanager:GetSecretValue"
    Resource = local.idempotency_secret_arn
  }] : []

  start_workflow = [
    {
      Sid      = "StartTheWorkflow"
      Effect   = "Allow"
      Action   = "states:StartExecution"
      Resource = local.state_machine_arn
    },
    {
      Sid      = "ReadItsExecutions"
      Effect   = "Allow"
      Action   = "states:DescribeExecution"
      Resource = local.execution_arns
    },
  ]

  publish_from_workflow = [for statement in [
    {
      Sid      = "CallTheEventsApi"
      Effect   = "Allow"
      Action   = "states:InvokeHTTPEndpoint"
      Resource = local.state_machine_arn
      Condition = {
        StringEquals = {
          "states:HTTPMethod"   = "POST"
          "states:HTTPEndpoint" = "https://${local.appsync_host}/event"
        }
      }
    },
    {
      Sid      = "UseTheConnection"
      Effect   = "Allow"
      Action   = "events:RetrieveConnectionCredentials"
      Resource = local.connection_arn
    },
    {
      Sid      = "ReadTheConnectionsSecret"
      Effect   = "Allow"
      Action   = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"]
      Resource = local.connection_secret_arn
    },
  ] : statement if local.uses_workflow]

  run_express_workflow = [{
    Sid      = "RunTheExpressWorkflow"
    Effect   = "Allow"
    Action   = "states:StartSyncExecution"
    Resource = local.state_machine_arn
  }]

  # Lambda decrypts the environment in the function's name.
  decrypt_environment = [for key in compact([var.kms_key_arn]) : {
    Sid      = "DecryptTheEnvironment"
    Effect   = "Allow"
    Action   = "kms:Decrypt"
    Resource = key
  }]

  start_worker = [for queue in aws_sqs_queue.worker : {
    Sid      = "SendJobs"
    Effect   = "Allow"
    Action   = "sqs:SendMessage"
    Resource = queue.arn
  }]
}

################################################################################
# The bridge
################################################################################

resource "aws_iam_role" "bridge" {
  name               = "${var.function_name}-bridge"
  assume_role_policy = local.trust.lambda
}

resource "aws_iam_role_policy" "bridge" {
  name = "bridge"
  role = aws_iam_role.bridge.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      # An Express workflow returns its output: the bridge subscribes to nothing.
      local.uses_express ? [] : [local.read_api_key],
      [local.write_logs.bridge],
      local.uses_workflow ? local.start_workflow : [],
      local.uses_express ? local.run_express_workflow : [],
      local.start_worker,
      local.read_idempotency_secret,
      local.decrypt_environment
    )
  })
}

################################################################################
# The worker
################################################################################

resource "aws_iam_role" "worker" {
  count = local.uses_worker ? 1 : 0

  name               = local.worker_name
  assume_role_policy = local.trust.lambda
}

resource "aws_iam_role_policy" "worker" {
  count = local.uses_worker ? 1 : 0

  name = "worker"
  role = aws_iam_role.worker[0].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        local.read_api_key,
        local.write_logs.worker,
        {
          Sid    = "TakeJobs"
          Effect = "Allow"
          Action = [
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
            "sqs:GetQueueUrl",
            "sqs:ReceiveMessage",
            "sqs:SendMessage",
          ]
          Resource = aws_sqs_queue.worker[0].arn
        },
      ],
      local.decrypt_environment
    )
  })
}

################################################################################
# The workflow
################################################################################

resource "aws_iam_role" "workflow" {
  count = local.has_state_machine ? 1 : 0

  name = "${var.function_name}-workflow"

  assume_role_policy = local.trust.workflow
}

resource "aws_iam_role_policy" "workflow" {
  count = local.has_state_machine ? 1 : 0

  name = local.uses_express ? "logs" : "publish"
  role = aws_iam_role.workflow[0].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(local.publish_from_workflow, [
      {
        # Log delivery has no resource to name: these actions support "*" only.
        Sid    = "DeliverLogs"
        Effect = "Allow"
        Action = [
          "logs:CreateLogDelivery",
          "logs:DeleteLogDelivery",
          "logs:DescribeLogGroups",
          "logs:DescribeResourcePolicies",
          "logs:GetLogDelivery",
          "logs:ListLogDeliveries",
          "logs:PutResourcePolicy",
          "logs:UpdateLogDelivery",
        ]
        Resource = "*"
      },
    ])
  })
}

################################################################################
# API Gateway's logs
################################################################################

resource "aws_iam_role" "api_gateway_logs" {
  count = var.create_api_gateway_log_role ? 1 : 0

  name = "${var.function_name}-api-logs"

  assume_role_policy = local.trust.api_logs
}

resource "aws_iam_role_policy_attachment" "api_gateway_logs" {
  count = var.create_api_gateway_log_role ? 1 : 0

  role       = aws_iam_role.api_gateway_logs[0].name
  policy_arn = "arn:${local.partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"
}
