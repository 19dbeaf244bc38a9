// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import dev.syncline.sim.servicetests.ServiceContractTest;
import java.util.List;

class SqsRoomTest extends ServiceContractTest {
  @Override
  protected List<Call> creations() {
    return List.of(
        new Call("CreateQueue", "{'QueueName':'q','Attributes':{'VisibilityTimeout':'7'}}"),
        new Call(
            "SendMessage",
            "{'QueueUrl':'http://127.0.0.1:4566/111111111111/q','MessageBody':'m'}"));
  }

  @Override
  protected List<Call> readings() {
    return List.of(
        new Call("ListQueues", "{}"),
        new Call(
            "GetQueueAttributes",
            "{'QueueUrl':'http://127.0.0.1:4566/111111111111/q','AttributeNames':['All']}"));
  }
}
