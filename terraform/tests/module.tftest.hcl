# No account, no endpoint: the provider is mocked, so what is checked is what the module makes of
# its variables.

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { id = "us-east-1" }
  }
  mock_resource "aws_cloudformation_stack" {
    defaults = {
      outputs = {
        AppSyncHost          = "abc.appsync-api.us-east-1.amazonaws.com"
        AppSyncRealtimeHost  = "abc.appsync-realtime-api.us-east-1.amazonaws.com"
        SecretsManagerArn    = "arn:aws:secretsmanager:us-east-1:111122223333:secret:key-abcdef"
        IdempotencySecretArn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:keys-abcdef"
        ConnectionArn        = "arn:aws:events:us-east-1:111122223333:connection/c/1"
        ConnectionSecretArn  = "arn:aws:secretsmanager:us-east-1:111122223333:secret:events!connection/c"
      }
    }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111122223333:role/mock" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:111122223333:log-group:mock" }
  }
  mock_resource "aws_sqs_queue" {
    defaults = {
      arn = "arn:aws:sqs:us-east-1:111122223333:mock"
      url = "https://sqs.us-east-1.amazonaws.com/111122223333/mock"
    }
  }
  mock_resource "aws_sfn_state_machine" {
    defaults = { arn = "arn:aws:states:us-east-1:111122223333:stateMachine:mock" }
  }
  mock_resource "aws_lambda_function" {
    defaults = {
      arn        = "arn:aws:lambda:us-east-1:111122223333:function:mock"
      invoke_arn = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/mock/invocations"
    }
  }
  mock_resource "aws_api_gateway_rest_api" {
    defaults = { execution_arn = "arn:aws:execute-api:us-east-1:111122223333:mock" }
  }
  mock_resource "aws_api_gateway_stage" {
    defaults = { invoke_url = "https://mock.execute-api.us-east-1.amazonaws.com/dev" }
  }
}

variables {
  lambda_file = "tests/empty.jar"
}

run "the_workflow_publishes_through_the_connection" {
  assert {
    condition = (
      jsondecode(aws_sfn_state_machine.workflow[0].definition).States["Call HTTPS API"].Parameters.ApiEndpoint
      == "https://abc.appsync-api.us-east-1.amazonaws.com/event"
    )
    error_message = "the HTTPS call must go to the Events API"
  }
  assert {
    condition = (
      jsondecode(aws_sfn_state_machine.workflow[0].definition).States["Call HTTPS API"].Parameters.Authentication.ConnectionArn
      == output.connection_arn
    )
    error_message = "the HTTPS call must use the connection"
  }
  assert {
    condition     = aws_lambda_function.bridge.environment[0].variables["BACKEND"] == "stepfunctions"
    error_message = "the bridge must start the workflow"
  }
  assert {
    condition     = aws_lambda_function.bridge.environment[0].variables["STATE_MACHINE_ARN"] == output.state_machine_arn
    error_message = "the bridge must know the workflow"
  }
  assert {
    condition     = output.api_endpoint == "https://mock.execute-api.us-east-1.amazonaws.com/dev/event"
    error_message = "api_endpoint must be the URL of /event"
  }
  assert {
    condition     = output.worker_function_arn == null
    error_message = "there must be no worker"
  }
}

run "nothing_waits_longer_than_the_gateway" {
  assert {
    condition = alltrue([
      for integration in aws_api_gateway_integration.this :
      integration.timeout_milliseconds > aws_lambda_function.bridge.timeout * 1000
    ])
    error_message = "the bridge must end before the gateway gives up"
  }
}

run "policies_name_their_resources" {
  assert {
    condition = alltrue([
      for policy in concat([aws_iam_role_policy.bridge], aws_iam_role_policy.workflow) : alltrue([
        for statement in jsondecode(policy.policy).Statement :
        statement.Resource != "*" || statement.Sid == "DeliverLogs"
      ])
    ])
    error_message = "only log delivery may name every resource"
  }
  assert {
    condition = alltrue([
      for policy in concat([aws_iam_role_policy.bridge], aws_iam_role_policy.workflow) : alltrue([
        for action in flatten([for statement in jsondecode(policy.policy).Statement : statement.Action]) :
        !strcontains(action, "*")
      ])
    ])
    error_message = "no action may hold a wildcard"
  }
  assert {
    condition = (
      jsondecode(aws_iam_role.workflow[0].assume_role_policy).Statement[0].Condition.ArnEquals["aws:SourceArn"]
      == "arn:aws:states:us-east-1:111122223333:stateMachine:syncline-workflow"
    )
    error_message = "only the state machine itself may take the workflow's role"
  }
  assert {
    condition = alltrue([
      for permission in aws_lambda_permission.api :
      startswith(permission.source_arn, "arn:aws:execute-api:us-east-1:111122223333:mock/dev/")
    ])
    error_message = "only this API may invoke the bridge"
  }
}

run "the_worker_takes_the_workflows_place" {
  variables {
    backend         = "worker"
    worker_file     = "tests/empty.jar"
    worker_delay_ms = 250
  }

  assert {
    condition     = length(aws_sfn_state_machine.workflow) == 0 && output.state_machine_arn == null
    error_message = "there must be no workflow"
  }
  assert {
    condition     = aws_lambda_function.bridge.environment[0].variables["BACKEND"] == "sqs"
    error_message = "the bridge must start the worker"
  }
  assert {
    condition     = aws_lambda_function.worker[0].environment[0].variables["WORKER_DELAY_MS"] == "250"
    error_message = "the worker must know its delay"
  }
  assert {
    condition     = jsondecode(aws_sqs_queue.worker[0].redrive_policy).maxReceiveCount == 3
    error_message = "the number of tries of a job must be limited"
  }
  assert {
    condition     = aws_sqs_queue.worker[0].visibility_timeout_seconds >= 6 * aws_lambda_function.worker[0].timeout
    error_message = "a message must stay invisible for six times the function's limit"
  }
  assert {
    condition     = contains(keys(aws_cloudwatch_metric_alarm.this), "dead-letters")
    error_message = "dead letters must raise an alarm"
  }
}

run "an_express_workflow_is_waited_for_and_calls_nobody" {
  variables {
    backend = "express"
  }

  assert {
    condition     = aws_sfn_state_machine.workflow[0].type == "EXPRESS"
    error_message = "the workflow must be an Express one"
  }
  assert {
    condition     = aws_lambda_function.bridge.environment[0].variables["BACKEND"] == "stepfunctions-express"
    error_message = "the bridge must wait for the workflow"
  }
  assert {
    condition = anytrue([
      for statement in jsondecode(aws_iam_role_policy.bridge.policy).Statement :
      statement.Action == "states:StartSyncExecution"
    ])
    error_message = "the bridge must be allowed to"
  }
  assert {
    condition = alltrue([
      for statement in jsondecode(aws_iam_role_policy.workflow[0].policy).Statement :
      statement.Sid == "DeliverLogs"
    ])
    error_message = "the workflow needs nothing but its logs"
  }
}

run "the_worker_needs_its_file" {
  command = plan

  variables {
    backend = "worker"
  }

  expect_failures = [aws_lambda_function.worker]
}

run "bad_values_are_refused" {
  command = plan

  variables {
    backend               = "pigeon"
    stage_name            = "no-dashes"
    log_retention_in_days = 2
    function_name         = "1st"
  }

  expect_failures = [
    var.backend,
    var.stage_name,
    var.log_retention_in_days,
    var.function_name,
  ]
}
