// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.stepfunctions;

import dev.syncline.sim.aws.stepfunctions.integration.TaskIntegrations;
import dev.syncline.sim.aws.stepfunctions.integration.TaskPerformer;
import dev.syncline.sim.aws.stepfunctions.mock.MockConfig;
import dev.syncline.sim.aws.stepfunctions.mock.MockedTasks;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import org.jspecify.annotations.Nullable;

/** Who does the tasks of an execution: the services, or a test case's mocks before them. */
record TaskDoers(TaskIntegrations integrations, MockConfig mocks, SimClock clock, Ids ids) {

  /**
   * What an execution is started on.
   *
   * @param arn of the state machine, without the test case
   * @param testCase what follows the ARN after {@code #}; null for none
   */
  record Target(String arn, @Nullable String testCase) {}

  /** Reads {@code <state machine ARN>[#<test case>]}. */
  static Target target(String text) {
    int hash = text.indexOf('#');
    return hash < 0
        ? new Target(text, null)
        : new Target(text.substring(0, hash), text.substring(hash + 1));
  }

  /**
   * Who does the tasks of a new execution.
   *
   * @throws dev.syncline.sim.aws.service.AwsException when there is no such test case
   */
  TaskPerformer of(String stateMachine, Target target) {
    return target.testCase() == null
        ? integrations
        : MockedTasks.of(mocks, stateMachine, target.testCase(), integrations, clock, ids);
  }
}
