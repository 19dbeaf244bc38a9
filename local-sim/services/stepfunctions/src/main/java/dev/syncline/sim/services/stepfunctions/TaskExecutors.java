// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.settings.MockConfig;
import dev.syncline.sim.services.stepfunctions.integration.HttpTrace;
import dev.syncline.sim.services.stepfunctions.integration.TaskIntegrations;
import dev.syncline.sim.services.stepfunctions.integration.TaskPerformer;
import dev.syncline.sim.services.stepfunctions.mock.MockedTasks;
import java.util.Objects;

/** Selects what executes the tasks of an execution: the services, or the mocks of a test case. */
record TaskExecutors(TaskIntegrations integrations, MockConfig mocks, SimClock clock, Ids ids) {

  /**
   * The task executor of a new execution.
   *
   * @param origin with its test case, or null for none
   * @throws dev.syncline.sim.service.AwsException when the test case does not exist or names a
   *     state that the definition does not have
   */
  TaskPerformer of(ExecutionOrigin origin) {
    StateMachine machine = origin.machine();
    String testCase = origin.testCase();
    TaskPerformer services = integrations.as(MachineRole.session(origin), machine.arn());
    if (testCase == null) {
      return services;
    }
    var definition = Objects.requireNonNull(machine.parsed(), "a stored machine can run");
    try {
      return MockedTasks.of(mocks, machine.name(), definition, testCase, services, clock, ids);
    } catch (IllegalArgumentException unknown) {
      throw StepFunctionsErrors.validation(String.valueOf(unknown.getMessage()));
    }
  }

  /** A copy whose HTTP Tasks record requests and responses in the trace. */
  TaskExecutors traced(HttpTrace trace) {
    return new TaskExecutors(integrations.traced(trace), mocks, clock, ids);
  }
}
