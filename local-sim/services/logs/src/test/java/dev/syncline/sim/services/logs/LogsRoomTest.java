// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.logs;

import dev.syncline.sim.servicetests.ServiceContractTest;
import java.util.List;

class LogsRoomTest extends ServiceContractTest {
  @Override
  protected List<Call> creations() {
    return List.of(
        new Call("CreateLogGroup", "{'logGroupName':'g'}"),
        new Call("CreateLogStream", "{'logGroupName':'g','logStreamName':'s'}"),
        new Call("PutRetentionPolicy", "{'logGroupName':'g','retentionInDays':7}"));
  }

  @Override
  protected List<Call> readings() {
    return List.of(
        new Call("DescribeLogGroups", "{}"),
        new Call("DescribeLogStreams", "{'logGroupName':'g'}"));
  }
}
