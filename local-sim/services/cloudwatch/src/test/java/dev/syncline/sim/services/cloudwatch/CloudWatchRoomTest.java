// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudwatch;

import dev.syncline.sim.servicetests.ServiceContractTest;
import java.util.List;

class CloudWatchRoomTest extends ServiceContractTest {
  @Override
  protected List<Call> creations() {
    return List.of(
        new Call(
            "PutMetricAlarm",
            "{'AlarmName':'a','Namespace':'N','MetricName':'M','Statistic':'Sum','Period':60,'EvaluationPeriods':1,'Threshold':1,'ComparisonOperator':'GreaterThanThreshold'}"));
  }

  @Override
  protected List<Call> readings() {
    return List.of(new Call("DescribeAlarms", "{}"), new Call("ListMetrics", "{}"));
  }
}
