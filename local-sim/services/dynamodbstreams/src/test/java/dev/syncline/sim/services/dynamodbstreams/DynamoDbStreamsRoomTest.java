// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodbstreams;

import dev.syncline.sim.service.Contracts;
import dev.syncline.sim.service.contract.TableStreams;
import dev.syncline.sim.servicetests.ServiceContractTest;
import java.util.List;

class DynamoDbStreamsRoomTest extends ServiceContractTest {
  @Override
  protected void provide(Contracts contracts) {
    var streams = new FakeStreams();
    streams.write(3, 10);
    contracts.provide(TableStreams.class, streams);
  }

  /** Tables make streams; the room itself creates nothing but iterators. */
  @Override
  protected List<Call> creations() {
    return List.of(
        new Call(
            "GetShardIterator",
            "{'StreamArn':'"
                + FakeStreams.ARN
                + "','ShardId':'"
                + FakeStreams.SHARD
                + "','ShardIteratorType':'TRIM_HORIZON'}"));
  }

  @Override
  protected List<Call> readings() {
    return List.of(
        new Call("ListStreams", "{}"),
        new Call("DescribeStream", "{'StreamArn':'" + FakeStreams.ARN + "'}"));
  }
}
