// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.logs;

import dev.syncline.sim.service.AccessRequest;
import dev.syncline.sim.service.AccessTable;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.RoomAccess;
import java.util.Map;

/**
 * The permissions of log groups and streams. Calls on a group name an empty stream, as AWS's
 * refusals do, so that a policy for a group ends with {@code :*}; calls on tags name the group
 * alone. Source: the service authorization reference.
 */
final class LogsAccess {
  private static final String ROWS =
      """
      AssociateKmsKey CreateLogGroup DeleteLogGroup DeleteRetentionPolicy  | {group}
      CreateLogStream DeleteLogStream GetLogEvents PutLogEvents    | {group}{logStreamName}
      DescribeLogGroups                                            | log-group::log-stream:
      DescribeLogStreams DisassociateKmsKey FilterLogEvents PutRetentionPolicy | {group}
      ListTagsForResource TagResource UntagResource                | {resourceArn}
      """;

  private LogsAccess() {}

  static RoomAccess access(LogStore store) {
    return RoomAccess.of(
        AccessTable.of("logs", ROWS)
            .naming("group", LogsAccess::group)
            .tagging("CreateLogGroup", "TagResource")
            .tagsOf(arn -> tags(store, arn.replaceFirst(":log-stream:.*$", ""))));
  }

  private static Map<String, String> tags(LogStore store, String arn) {
    try {
      return store.group(arn).tags();
    } catch (AwsException noGroup) {
      return Map.of();
    }
  }

  private static String group(AccessRequest request) {
    String group =
        request.text("logGroupName").orElseGet(() -> request.textOrAny("logGroupIdentifier"));
    String arn = request.arn("logs", "log-group:", group.replaceFirst(":\\*$", ""));
    return arn + ":log-stream:";
  }
}
