// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodbstreams;

import dev.syncline.sim.service.AccessRequest;
import dev.syncline.sim.service.AccessTable;
import dev.syncline.sim.service.RoomAccess;
import java.util.List;

/** The permissions of streams; the room of tables has their policies. */
record StreamsAccess(AccessTable table) implements RoomAccess {
  private static final String ROWS =
      """
      DescribeStream GetShardIterator | {StreamArn}
      GetRecords                      | {iterated}
      ListStreams                     | {listed}
      """;

  StreamsAccess() {
    this(
        AccessTable.of("dynamodb", ROWS)
            .naming("iterated", StreamsAccess::iterated)
            .naming(
                "listed",
                request ->
                    request.arn("dynamodb", "table/", request.textOrAny("TableName"))
                        + "/stream/*"));
  }

  private static String iterated(AccessRequest request) {
    return ShardIterator.streamOf(request.textOrAny("ShardIterator")).orElse("*");
  }

  @Override
  public List<String> actionPrefixes() {
    return List.of();
  }
}
