// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodbstreams;

import dev.syncline.sim.service.Contracts;
import dev.syncline.sim.service.contract.TableStreams;
import dev.syncline.sim.servicetests.ServiceContractTest;

/** Tables make streams; the room itself creates nothing but iterators. */
class DynamoDbStreamsRoomTest extends ServiceContractTest {
  @Override
  protected void provide(Contracts contracts) {
    var streams = new FakeStreams();
    streams.write(3, 10);
    contracts.provide(TableStreams.class, streams);
  }
}
