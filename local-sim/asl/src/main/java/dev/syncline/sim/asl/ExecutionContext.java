// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl;

/**
 * The identity of an execution: the context object without the state.
 *
 * @param arn ARN of the execution
 * @param name name of the execution
 * @param roleArn the state machine's role
 * @param stateMachineArn ARN of the state machine
 * @param stateMachineName name of the state machine
 */
public record ExecutionContext(
    String arn, String name, String roleArn, String stateMachineArn, String stateMachineName) {

  /** A context for tests: account 111111111111 in us-east-1. */
  public static ExecutionContext forTests(String stateMachine, String execution) {
    String prefix = "arn:aws:states:us-east-1:111111111111:";
    return new ExecutionContext(
        prefix + "execution:" + stateMachine + ":" + execution,
        execution,
        "arn:aws:iam::111111111111:role/" + stateMachine,
        prefix + "stateMachine:" + stateMachine,
        stateMachine);
  }

  /** The region in the execution's ARN. */
  public String region() {
    String[] parts = arn.split(":", 6);
    return parts.length > 3 ? parts[3] : "";
  }
}
