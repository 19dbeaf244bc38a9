# SPDX-License-Identifier: Apache-2.0

locals {
  # The metrics: the sum over a minute, or the maximum where stated.
  alarms = { for name, alarm in local.every_alarm : name => alarm if lookup(alarm, "wanted", true) }

  every_alarm = {
    bridge-errors = {
      description = "Requests that the bridge failed at"
      namespace   = "AWS/Lambda"
      metric      = "Errors"
      dimensions  = { FunctionName = var.function_name }
    }
    bridge-throttles = {
      description = "Requests for which Lambda had no room"
      namespace   = "AWS/Lambda"
      metric      = "Throttles"
      dimensions  = { FunctionName = var.function_name }
    }
    api-5xx = {
      description = "Requests that ended with a 5xx status"
      namespace   = "AWS/ApiGateway"
      metric      = "5XXError"
      dimensions  = { ApiName = aws_api_gateway_rest_api.this.name, Stage = var.stage_name }
    }
    workflow-failed = {
      wanted      = local.has_state_machine
      description = "Executions of the workflow that failed"
      namespace   = "AWS/States"
      metric      = "ExecutionsFailed"
      dimensions  = { StateMachineArn = local.state_machine_arn }
    }
    workflow-timed-out = {
      wanted      = local.has_state_machine
      description = "Executions of the workflow that took too long"
      namespace   = "AWS/States"
      metric      = "ExecutionsTimedOut"
      dimensions  = { StateMachineArn = local.state_machine_arn }
    }
    dead-letters = {
      wanted      = local.uses_worker
      description = "Jobs that the worker has given up"
      namespace   = "AWS/SQS"
      metric      = "ApproximateNumberOfMessagesVisible"
      dimensions  = { QueueName = "${local.worker_name}-dead-letters" }
      statistic   = "Maximum"
    }
    oldest-job = {
      wanted      = local.uses_worker
      description = "Jobs that have waited longer than any client"
      namespace   = "AWS/SQS"
      metric      = "ApproximateAgeOfOldestMessage"
      dimensions  = { QueueName = local.worker_name }
      statistic   = "Maximum"
      threshold   = ceil(var.integration_timeout_ms / 1000)
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name          = "${var.function_name}-${each.key}"
  alarm_description   = each.value.description
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = lookup(each.value, "statistic", "Sum")
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = lookup(each.value, "threshold", 1)
  period              = 60
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_actions
  ok_actions          = var.alarm_actions
}
