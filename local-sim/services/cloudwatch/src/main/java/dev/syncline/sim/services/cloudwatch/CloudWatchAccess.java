// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudwatch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.AccessCheck;
import dev.syncline.sim.service.AccessDenial;
import dev.syncline.sim.service.AccessRequest;
import dev.syncline.sim.service.AccessTable;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.RoomAccess;
import java.util.List;

/** The permissions of alarms and metrics. Source: the service authorization reference. */
record CloudWatchAccess(AccessTable table) implements RoomAccess {
  private static final String ROWS =
      """
      DeleteAlarms DisableAlarmActions EnableAlarmActions              | computed
      DescribeAlarms                                                   | alarm:*
      GetMetricData GetMetricStatistics ListMetrics PutMetricData      | *
      ListTagsForResource TagResource UntagResource                    | {ResourceARN}
      PutMetricAlarm SetAlarmState                                     | alarm:{AlarmName}
      """;

  CloudWatchAccess() {
    this(
        AccessTable.of("cloudwatch", ROWS)
            .computing(
                "DeleteAlarms DisableAlarmActions EnableAlarmActions", CloudWatchAccess::alarms)
            .tagging("PutMetricAlarm", "TagResource")
            .keyOf("PutMetricData", "cloudwatch:namespace", "Namespace")
            .key(
                "PutMetricAlarm",
                "cloudwatch:AlarmActions",
                request -> request.items("AlarmActions").stream().map(JsonNode::asText).toList()));
  }

  private static List<AccessCheck> alarms(AccessRequest request) {
    return request.items("AlarmNames").stream()
        .map(
            name ->
                AccessCheck.of(
                    "cloudwatch:" + request.operation().name(),
                    request.arn("cloudwatch", "alarm:", name.asText())))
        .toList();
  }

  @Override
  public AwsException denied(Protocol protocol, AccessDenial denial) {
    return CloudWatchErrors.accessDenied(denial.messageOfNamedResource());
  }
}
