// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import dev.syncline.sim.servicetests.ServiceContractTest;
import java.util.List;

class StepFunctionsRoomTest extends ServiceContractTest {
  @Override
  protected List<Call> creations() {
    return List.of(
        new Call(
            "CreateStateMachine",
            "{'name':'m','roleArn':'arn:aws:iam::111111111111:role/r','definition':'{\\'StartAt\\':\\'A\\',\\'States\\':{\\'A\\':{\\'Type\\':\\'Succeed\\'}}}'}"),
        new Call("CreateActivity", "{'name':'act'}"));
  }

  @Override
  protected List<Call> readings() {
    return List.of(
        new Call("ListStateMachines", "{}"),
        new Call(
            "DescribeStateMachine",
            "{'stateMachineArn':'arn:aws:states:us-east-1:111111111111:stateMachine:m'}"),
        new Call("ListActivities", "{}"));
  }
}
